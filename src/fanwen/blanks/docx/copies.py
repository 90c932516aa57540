"""Copies of a row or paragraph: the same bytes, with what must be unique in a document made anew or left out."""

from __future__ import annotations

import hashlib
import re

from fanwen.blanks.docx.structure import PAIRS, inside, open_fields
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import apply

_TIED = frozenset(
    {
        "tbl",
        "txbxContent",
        "sectPr",
        "footnoteReference",
        "endnoteReference",
        "dataBinding",
        "drawing",
        "pict",
        "object",
    }
)
"""What a copy would share with the original, or hold twice though there is one of it."""

_MARKERS = frozenset({*PAIRS, *PAIRS.values()})
_PARAGRAPH_ID = re.compile(rb"""(\s(?:\w+:)?(?:paraId|textId)=)(["'])([0-9A-Fa-f]{8})\2""")
_VALUE = re.compile(rb"""(\s(?:\w+:)?val=)(["'])(-?\d+)\2""")


class Copier:
    """Makes copies of one block of `source`. Raises `FillError` (``no_copy``) naming `place`."""

    def __init__(self, source: Source, place: str) -> None:
        self._source = source
        self._place = place
        self._used = {match[3].upper() for match in _PARAGRAPH_ID.finditer(source.data)}

    def copy(self, block: Node, number: int) -> bytes:
        """The bytes of copy `number` of `block`."""
        self._check(block)
        splices: list[tuple[int, int, bytes]] = []
        gone: list[Node] = []
        for node in inside(block):
            if any(one.start <= node.start < one.stop for one in gone):
                continue
            end = self._source.open_end(node)
            tag = self._source.data[node.start : end]
            if node.tag in _MARKERS:
                splices.append((node.start, self._source.end(node), b""))
            elif node.tag == "r" and any(one.tag == "commentReference" for one in node.children):
                splices.append((node.start, self._source.end(node), b""))
                gone.append(node)
            elif node.tag in ("p", "tr"):
                splices.append((node.start, end, _PARAGRAPH_ID.sub(lambda found: self._fresh(found, number), tag)))
            elif node.tag == "id" and node.parent is not None and node.parent.tag == "sdtPr":
                splices.append((node.start, end, _VALUE.sub(lambda found: _control_id(found, number), tag)))
        raw = self._source.raw(block)
        return apply(raw, [(start - block.start, end - block.start, new) for start, end, new in splices])

    def _check(self, block: Node) -> None:
        for node in inside(block):
            if node.tag in _TIED:
                raise FillError("no_copy", place=self._place)
            if node.tag in ("ins", "del") and node.parent is not None and node.parent.tag == "trPr":
                raise FillError("no_copy", place=self._place)
            if node.tag == "vMerge" and node.attribute("val") == "restart":
                raise FillError("no_copy", place=self._place)
        if open_fields(inside(block)):
            raise FillError("no_copy", place=self._place)

    def _fresh(self, found: re.Match[bytes], number: int) -> bytes:
        """An id that no paragraph of the part has; valid ones are below 80000000 ([MS-DOCX] 2.6.2.3)."""
        for salt in range(1_000_000):
            seed = b"%s %d %d" % (found[3], number, salt)
            value = int.from_bytes(hashlib.sha256(seed).digest()[:4], "big") & 0x7FFFFFFF
            made = b"%08X" % value
            if value and made not in self._used:
                break
        self._used.add(made)
        return found[1] + found[2] + made + found[2]


def _control_id(found: re.Match[bytes], number: int) -> bytes:
    value = int.from_bytes(hashlib.sha256(b"%s %d" % (found[3], number)).digest()[:4], "big") & 0x7FFFFFFF
    return found[1] + found[2] + str(value).encode() + found[2]
