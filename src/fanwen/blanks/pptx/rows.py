"""Rows of tables on slides copied behind themselves, as splices of the bytes they stand in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from fanwen.blanks.docx.edit import place_of
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.pptx.presentation import Presentation
from fanwen.blanks.reshaped import Reshaped

_ROW_ID = re.compile(rb"""(<(?:\w+:)?rowId\b[^>]*?\sval=)(["'])(\d+)\2""")


def add_rows(document: Presentation, copies: Mapping[str, int]) -> Reshaped:
    """Copy the row of each passage in `copies` so many times behind itself. Raises `FillError` (``no_copy``)."""
    changed: dict[str, bytes] = {}
    made = Reshaped(b"")
    for part in dict.fromkeys(document.paragraphs[id_].part for id_ in copies):
        source, splices = document.sources[part], Splices(part)
        copied: dict[int, int] = {}
        used = {int(found[3]) for found in _ROW_ID.finditer(source.data)}
        for id_, times in copies.items():
            if document.paragraphs[id_].part != part:
                continue
            row = _row(document, id_)
            for number in range(1, times + 1):
                splices.replace(source.end(row), source.end(row), _copy(source, row, number, used))
            copied[row.start] = times
        changed[part] = source.stored(apply(source.data, splices.ordered()))
        made.origins[part] = _origins(source, copied)
    made.data = document.package.written(changed)
    for part, found in made.origins.items():
        for new, (old, copy) in enumerate(found):
            if copy:
                made.copies.setdefault(f"{part}#{old}", []).append(f"{part}#{new}")
            else:
                made.kept[f"{part}#{old}"] = f"{part}#{new}"
    for id_, paragraph in document.paragraphs.items():
        if paragraph.part not in made.origins:
            made.kept[id_] = id_
    return made


def _row(document: Presentation, id_: str) -> Node:
    row = document.paragraphs[id_].node
    while row.tag != "a:tr" and row.parent is not None:
        row = row.parent
    merged = any(cell.attribute("rowSpan") or cell.attribute("vMerge") for cell in row.all("a:tc"))
    if row.tag != "a:tr" or merged:
        raise FillError("no_copy", place=place_of(document.paragraphs[id_]))
    return row


def _copy(source: Source, row: Node, number: int, used: set[int]) -> bytes:
    """The bytes of copy `number`, with an id of its own where rows have ids."""

    def fresh(found: re.Match[bytes]) -> bytes:
        value = int.from_bytes(hashlib.sha256(b"%s %d" % (found[3], number)).digest()[:4], "big") & 0x7FFFFFFF
        while value in used:
            value += 1
        used.add(value)
        return found[1] + found[2] + str(value).encode() + found[2]

    return _ROW_ID.sub(fresh, source.raw(row))


def _origins(source: Source, copied: Mapping[int, int]) -> list[tuple[int, int]]:
    """Paragraphs are numbered through their slide: for each that there is now, its old number and which copy it is."""
    paragraphs = [node for node in source.nodes if node.tag == "a:p"]
    rows = {node.start: node for node in source.nodes if node.start in copied}
    found: list[tuple[int, int]] = []
    waiting: list[int] = []
    for number, node in enumerate(paragraphs):
        found.append((number, 0))
        row = next((one for one in rows.values() if one.start < node.start < one.stop), None)
        if row is None:
            continue
        waiting.append(number)
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if following is None or following.start > row.stop:
            found += [(old, copy) for copy in range(1, copied[row.start] + 1) for old in waiting]
            waiting = []
    return found
