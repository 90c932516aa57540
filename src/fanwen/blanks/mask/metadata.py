"""What a document says about who wrote it and how: found, and cleared on request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fanwen.blanks.markup.splices import Splices
from fanwen.blanks.package import Package

_CORE = {"creator": "", "lastModifiedBy": "", "revision": "1"}
_APP = {"Company": "", "Manager": ""}
_PLAIN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^\"'<>]*(?:\"[^\"]*\"[^\"'<>]*|'[^']*'[^\"'<>]*)*>", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"\s+([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAME = re.compile(rb"<(/?)(?:[\w.-]+:)?([\w.-]+)")
_PEOPLE = ("/people.xml", "/commentAuthors.xml", "/authors.xml", "/persons/person.xml")
"""Parts that list who wrote comments."""
_AUTHORS = (b"author", b"initials", b"userId", b"providerId")


def clear_metadata(package: Package, texts: Mapping[str, bytes]) -> dict[str, list[tuple[int, int, bytes]]]:
    """By part, the splices that clear authors, company, revision count and revision ids. `texts` are the parts that
    hold the document's text, as UTF-8."""
    cleared: dict[str, list[tuple[int, int, bytes]]] = {}
    for part in package.names:
        splices = Splices(part)
        for start, end, new in _splices(part, texts.get(part) or package.read(part), part in texts):
            splices.replace(start, end, new)
        if splices:
            cleared[part] = splices.ordered()
    return cleared


def _splices(part: str, data: bytes, text: bool) -> Iterator[tuple[int, int, bytes]]:
    if part == "docProps/core.xml":
        yield from _elements(data, _CORE)
    elif part == "docProps/app.xml":
        yield from _elements(data, _APP)
    elif part.endswith("/settings.xml") or part.endswith(_PEOPLE) or text or _holds_comments(part):
        yield from _attributes(data, people=part.endswith(_PEOPLE))
        if part.startswith("xl/") and _holds_comments(part):
            yield from _elements(data, {"author": ""})


def _holds_comments(part: str) -> bool:
    name = part.rpartition("/")[2]
    return name.startswith("comment") and name.endswith(".xml")


def metadata_parts(package: Package) -> list[str]:
    """The parts that tell of authors and history."""
    return [
        part for part in package.names if part.startswith(("docProps/", "customXml/item")) or part.endswith(_PEOPLE)
    ]


def _elements(data: bytes, wanted: dict[str, str]) -> Iterator[tuple[int, int, bytes]]:
    """The text of simple elements by local name."""
    opened: tuple[str, int] | None = None
    for tag in _PLAIN.finditer(data):
        name = _NAME.match(tag.group())
        if name is None:
            continue
        local = name.group(2).decode()
        if name.group(1) and opened is not None and opened[0] == local:
            if data[opened[1] : tag.start()] != wanted[local].encode():
                yield opened[1], tag.start(), wanted[local].encode()
            opened = None
        elif local in wanted and not tag.group().endswith(b"/>"):
            opened = (local, tag.end())


def _attributes(data: bytes, *, people: bool) -> Iterator[tuple[int, int, bytes]]:
    """Revision ids taken out and authors' names emptied, in tags only."""
    number = 0
    for tag in _PLAIN.finditer(data):
        name = _NAME.match(tag.group())
        if name is None or name.group(1):
            continue
        local = name.group(2)
        if local.startswith(b"rsid") and tag.group().endswith(b"/>"):
            yield tag.start(), tag.end(), b""
            continue
        for attribute in _ATTRIBUTE.finditer(tag.group(), name.end()):
            key = attribute.group(1).rpartition(b":")[2]
            start = tag.start() + attribute.start()
            if key.startswith(b"rsid"):
                yield start, tag.start() + attribute.end(), b""
            elif key in _AUTHORS or (people and key in (b"name", b"displayName")):
                group = 2 if attribute.group(2) is not None else 3
                number += 1
                # entries of people.xml must differ from one another
                new = f"Author {number}".encode() if people else b"Author"
                if attribute.group(group) and attribute.group(group) != new:
                    yield tag.start() + attribute.start(group), tag.start() + attribute.end(group), new
