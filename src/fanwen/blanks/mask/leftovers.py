"""What masking does not look into or can't decide, listed so that nobody takes the file for clean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.markup.plain import attribute, local, parse
from fanwen.blanks.mask.metadata import metadata_parts
from fanwen.blanks.mask.types import Unjudged
from fanwen.blanks.relations import relations

_KNOWN = (
    "[Content_Types].xml", "/styles.xml", "/stylesWithEffects.xml", "/settings.xml", "/webSettings.xml", "/fontTable.xml",
    "/numbering.xml", "/theme", "/people.xml", "/commentsExtended.xml", "/commentsIds.xml", "/commentsExtensible.xml",
)  # fmt: skip
_ATTRIBUTES = {"docPr": ("descr", "title"), "cNvPr": ("descr", "title"), "alias": ("val",), "tag": ("val",), "listItem": ("displayText",), "bookmarkStart": ("name",)}  # fmt: skip
_INTERNAL_BOOKMARKS = ("_GoBack", "_Toc", "_Ref", "_Hlk", "OLE_LINK")
_EXCERPT = 40


def leftovers(document: WordDocument, *, cleared: bool) -> Iterator[Unjudged]:
    """Hidden text, pictures, embedded files, metadata (unless `cleared`) and texts in attributes."""
    package = document.package
    for part, texts in document.unread.items():
        for text in texts:
            if text.strip():
                yield Unjudged(part, "hidden", text.strip()[:_EXCERPT])
    metadata = set(metadata_parts(package))
    for part in package.names:
        if part in document.sources:
            yield from _attributes(part, document.sources[part].data)
            yield from _links(document, part)
        elif part in metadata:
            if not cleared or part.startswith(("docProps/custom", "customXml/", "docProps/thumb")):
                yield Unjudged(part, "metadata", "")
        elif part.endswith((".rels", "/")) or any(part.endswith(known) or known in part for known in _KNOWN):
            continue
        elif "/media/" in part:
            yield Unjudged(part, "picture", "")
        elif "/embeddings/" in part or "/activeX/" in part:
            yield Unjudged(part, "embedded", "")
        else:
            yield Unjudged(part, "part", "")


def repeated(package_parts: Iterable[tuple[str, bytes]], texts: Iterable[str]) -> Iterator[Unjudged]:
    """Taken names that still occur somewhere in the file."""
    wanted = [text for text in dict.fromkeys(texts) if len(text) > 1 and not text.isdigit()]
    for part, data in package_parts:
        if not part.endswith((".xml", ".rels")):
            continue
        whole = data.decode("utf-8", errors="ignore")
        for text in wanted:
            if text in whole:
                yield Unjudged(part, "repeated", text)


def _attributes(part: str, data: bytes) -> Iterator[Unjudged]:
    for element in parse(data).iter():
        for name in _ATTRIBUTES.get(local(element), ()):
            value = attribute(element, name).strip()
            if value and not value.startswith(_INTERNAL_BOOKMARKS):
                yield Unjudged(part, "attribute", value[:_EXCERPT])


def _links(document: WordDocument, part: str) -> Iterator[Unjudged]:
    for relation in relations(document.package, part):
        if relation.external:
            yield Unjudged(part, "attribute", relation.target[:_EXCERPT])
