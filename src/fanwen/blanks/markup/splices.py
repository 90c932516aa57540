"""Replacements of byte ranges, and the escaping of what they put in."""

from __future__ import annotations

import itertools
import re

from fanwen.blanks.errors import FillError, ValueProblem

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Splices:
    """Byte ranges of one part with what they become. The same splice twice is one; two different ones over the same
    bytes are a `FillError` (``overlap``) naming `place`."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._edits: dict[tuple[int, int], list[bytes]] = {}

    def __bool__(self) -> bool:
        return bool(self._edits)

    def replace(self, start: int, end: int, data: bytes) -> None:
        if start == end:
            self._edits.setdefault((start, end), []).append(data)
            return
        present = self._edits.get((start, end))
        if present is not None and present != [data]:
            raise FillError("overlap", place=self._place)
        self._edits[start, end] = [data]

    def ordered(self) -> list[tuple[int, int, bytes]]:
        """(start, end, data) by place, none overlapping."""
        edits = sorted((start, end, b"".join(data)) for (start, end), data in self._edits.items())
        for (_, end, _), (start, _, _) in itertools.pairwise(edits):
            if start < end:
                raise FillError("overlap", place=self._place)
        return edits


def apply(data: bytes, splices: list[tuple[int, int, bytes]]) -> bytes:
    """`data` with `splices` (in order, none overlapping) made."""
    pieces = []
    at = 0
    for start, end, new in splices:
        pieces.append(data[at:start])
        pieces.append(new)
        at = end
    pieces.append(data[at:])
    return b"".join(pieces)


def escape(text: str) -> str:
    """`text` as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def checked(text: str, name: str) -> str:
    """`text` with line ends as ``\\n``; raises `ValueProblem` for what XML can't hold. `name` is the field's."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _FORBIDDEN.search(text)
    if found:
        raise ValueProblem("bad_character", name=name, character=f"{ord(found.group()):04X}")
    return text
