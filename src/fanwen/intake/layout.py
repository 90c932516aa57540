"""The stored form of a page's lines, and where a span of its text stands on the page.

A packed page is one version byte and a zlib stream of variable-length integers: the lines' places first, then the steps
from character to character, both in steps of 1/`STEPS` of the page. Text set in one size repeats the same step, so a page
takes about half a byte a character.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import sub

from fanwen.intake.types import Line, PageContent

STEPS = 4096
"""Steps a page's width and height are divided into; a packed place is off by half a step at most."""
_VERSION = 1
_VERTICAL, _EDGES, _BACKWARDS = 1, 2, 4
_LARGEST = 64 * 1024**2


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


def pack(lines: Sequence[Line]) -> bytes:
    """`lines` in as few bytes as is cheap; `unpack` gives them back, places within half a step."""
    if not lines:
        return b""
    heads, steps = bytearray(), bytearray()
    _put(heads, len(lines))
    at = 0
    for line in lines:
        places = [_step(line.x), _step(line.y), _step(line.x + line.width), _step(line.y + line.height)]
        begin = places[1] if line.vertical else places[0]
        marks = [round(edge * STEPS) for edge in line.edges]
        if marks and len(marks) != line.end - line.start:
            raise ValueError("a line needs one edge for each of its characters")
        moves = list(map(sub, marks, [begin, *marks]))
        backwards = bool(moves) and min(moves) < 0
        flags = _VERTICAL * line.vertical | _EDGES * bool(marks) | _BACKWARDS * backwards
        _put(heads, flags)
        _put(heads, _folded(line.start - at))
        _put(heads, line.end - line.start)
        for place in (places[0], places[1], places[2] - places[0], places[3] - places[1]):
            _put(heads, _folded(place))
        if backwards:
            moves = list(map(_folded, moves))
        if moves and max(moves) < 0x80:
            steps += bytes(moves)
        else:
            for move in moves:
                _put(steps, move)
        at = line.end
    return bytes([_VERSION]) + zlib.compress(bytes(heads + steps), 6)


def unpack(blob: bytes, *, edges: bool = True) -> tuple[Line, ...]:
    """The lines of a packed page; without `edges`, those of their characters are left out. Raises `ValueError` for bytes
    that `pack` did not make."""
    if not blob:
        return ()
    if blob[0] != _VERSION:
        raise ValueError(f"packed lines of version {blob[0]}; {_VERSION} is known")
    expander = zlib.decompressobj()
    try:
        data = expander.decompress(blob[1:], _LARGEST)
        return _unpack(data, edges)
    except (zlib.error, IndexError) as error:
        raise ValueError("packed lines are damaged") from error


def _unpack(data: bytes, with_edges: bool) -> tuple[Line, ...]:
    count, at = _get(data, 0)
    heads: list[tuple[int, int, int, int, int, int, int]] = []
    position = 0
    for _ in range(count):
        values = []
        for _ in range(7):
            value, at = _get(data, at)
            values.append(value)
        flags, start, length, *places = values
        start = position + _unfolded(start)
        position = start + length
        x, y, width, height = (_unfolded(place) for place in places)
        heads.append((flags, start, length, x, y, width, height))
    lines = []
    for flags, start, length, x, y, width, height in heads:
        edges: list[float] = []
        vertical = bool(flags & _VERTICAL)
        if flags & _EDGES and with_edges:
            mark = y if vertical else x
            backwards = flags & _BACKWARDS
            for _ in range(length):
                step = data[at]
                if step < 0x80:
                    at += 1
                else:
                    step, at = _get(data, at)
                mark += _unfolded(step) if backwards else step
                edges.append(mark / STEPS)
        place = (x / STEPS, y / STEPS, width / STEPS, height / STEPS)
        lines.append(Line(start, start + length, *place, edges=tuple(edges), vertical=vertical))
    return tuple(lines)


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


def _step(place: float) -> int:
    return round(place * STEPS)


def _folded(value: int) -> int:
    """Signed to unsigned, small stays small (zigzag)."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def _unfolded(value: int) -> int:
    return -((value + 1) >> 1) if value & 1 else value >> 1


def _put(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _get(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    at += 1
    if value < 0x80:
        return value, at
    value &= 0x7F
    shift = 7
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
