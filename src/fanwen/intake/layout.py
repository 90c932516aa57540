"""Pages as the catalogue keeps them, and where a span of a page's text stands on it. `fanwen.intake.layout_bytes` says what
lines are packed into."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fanwen.intake.layout_bytes import STEPS, pack, unpack
from fanwen.intake.types import Line, PageContent

__all__ = ["STEPS", "Box", "PackedPage", "boxes", "pack", "unpack"]


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, as fractions of it from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PackedPage:
    """A page as the catalogue keeps it: `fanwen.intake.types.PageContent` with its lines packed."""

    number: int
    width: float
    height: float
    text: str
    layout: bytes = b""
    recognised: bool = False

    def outlined(self) -> PageContent:
        """The page with its lines, but not the edges of their characters: much quicker than `unpack`."""
        lines = unpack(self.layout, edges=False)
        return PageContent(self.number, self.width, self.height, self.text, lines, self.recognised)


def boxes(lines: Sequence[Line], spans: Iterable[tuple[int, int]]) -> list[Box]:
    """The rectangles that cover `spans` (start, end) of the page's text, in reading order.

    One rectangle for each line a span touches; spans that meet or overlap on a line share one.
    """
    ordered = sorted(lines, key=lambda line: line.start)
    starts = [line.start for line in ordered]
    pieces: dict[int, list[tuple[int, int]]] = {}
    for start, end in spans:
        for index in range(max(0, bisect_right(starts, start) - 1), len(ordered)):
            line = ordered[index]
            if line.start >= end:
                break
            first, last = max(start, line.start), min(end, line.end)
            if first < last:
                pieces.setdefault(index, []).append((first, last))
    found = []
    for index in sorted(pieces):
        for first, last in _merged(pieces[index]):
            found.append(_box(ordered[index], first, last))
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _box(line: Line, first: int, last: int) -> Box:
    if not line.edges:
        return Box(line.x, line.y, line.width, line.height)
    begin = line.y if line.vertical else line.x
    near = line.edges[first - line.start - 1] if first > line.start else begin
    far = line.edges[last - line.start - 1]
    near, far = min(near, far), max(near, far)
    if line.vertical:
        return Box(line.x, near, line.width, far - near)
    return Box(near, line.y, far - near, line.height)
