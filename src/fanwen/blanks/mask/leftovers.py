"""What masking does not look into or can't decide, listed so that nobody takes the file for clean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.markup.plain import attribute, local, parse
from fanwen.blanks.mask.metadata import metadata_parts
from fanwen.blanks.mask.types import Unjudged
from fanwen.blanks.package import Package
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
    for part, source in document.sources.items():
        yield from _attributes(part, source.data)
        yield from _links(package, part)
    yield from metadata_left(package, cleared=cleared)
    yield from parts_left(package, set(document.sources))


def metadata_left(package: Package, *, cleared: bool) -> Iterator[Unjudged]:
    """The parts that tell of authors and history, where they are not cleared."""
    for part in metadata_parts(package):
        if not cleared or part.startswith(("docProps/custom", "customXml/", "docProps/thumb")):
            yield Unjudged(part, "metadata", "")


def parts_left(package: Package, read: Collection[str], extra: Sequence[str] = ()) -> Iterator[Unjudged]:
    """The parts that are not looked into and may hold words: those in `read` are, those like `extra` hold none."""
    metadata = set(metadata_parts(package))
    for part in package.names:
        if part in read or part in metadata:
            continue
        if part.endswith((".rels", "/")) or any(part.endswith(known) or known in part for known in (*_KNOWN, *extra)):
            continue
        if "/media/" in part:
            yield Unjudged(part, "picture", "")
        elif "/embeddings/" in part or "/activeX/" in part:
            yield Unjudged(part, "embedded", "")
        elif "comments" in part or "threadedComment" in part:
            yield Unjudged(part, "comment", "")
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


def _links(package: Package, part: str) -> Iterator[Unjudged]:
    for relation in relations(package, part):
        if relation.external:
            yield Unjudged(part, "attribute", relation.target[:_EXCERPT])
