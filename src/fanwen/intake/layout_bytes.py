"""The stored form of a page's lines.

A packed page is one version byte and a deflated run of variable-length integers, places in steps of 1/`STEPS` of the page:
seven columns with a number a line, each as it differs from the line before or from what is already known, then the moves
from character to character. Lines of one page are much alike and text set in one size repeats the same move, so a page takes
about a quarter of a byte a character.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from fanwen.intake.types import Line

STEPS = 4096
"""Steps a page's width and height are divided into; a packed place is off by half a step at most."""
_ROWS, _COLUMNS = 1, 2
"""Versions: as earlier ones wrote, and as is written now."""
_VERTICAL, _EDGES, _BACKWARDS = 1, 2, 4
_LARGEST = 64 * 1024**2


def pack(lines: Sequence[Line]) -> bytes:
    """`lines` in as few bytes as is cheap; `unpack` gives them back, places within half a step."""
    if not lines:
        return b""
    rows, moves = [], bytearray()
    end = before_x = before_y = before_across = 0
    for line in lines:
        x, y = _step(line.x), _step(line.y)
        width, height = _step(line.x + line.width) - x, _step(line.y + line.height) - y
        begin, along, across = (y, height, width) if line.vertical else (x, width, height)
        marks = [round(edge * STEPS) for edge in line.edges]
        if marks and len(marks) != line.end - line.start:
            raise ValueError("a line needs one edge for each of its characters")
        steps = list(map(sub, marks, [begin, *marks]))
        backwards = bool(steps) and min(steps) < 0
        reach = marks[-1] - begin if marks else 0
        row = (
            _VERTICAL * line.vertical | _EDGES * bool(marks) | _BACKWARDS * backwards,
            _folded(line.start - end),
            line.end - line.start,
            _folded(x - before_x),
            _folded(y - before_y),
            _folded(along - reach),
            _folded(across - before_across),
        )
        rows.append(row)
        _put_all(moves, list(map(_folded, steps)) if backwards else steps)
        end, before_x, before_y, before_across = line.end, x, y, across
    out = bytearray()
    _put(out, len(lines))
    for column in zip(*rows, strict=True):
        _put_all(out, column)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return bytes([_COLUMNS]) + deflate.compress(out + moves) + deflate.flush()


def unpack(blob: bytes, *, edges: bool = True) -> tuple[Line, ...]:
    """The lines of a packed page; without `edges`, those of their characters are left out. Raises `ValueError` for bytes
    that `pack` did not make."""
    if not blob:
        return ()
    try:
        if blob[0] == _COLUMNS:
            return _read_columns(_inflated(blob[1:], -zlib.MAX_WBITS), edges)
        if blob[0] == _ROWS:
            return _read_rows(_inflated(blob[1:], zlib.MAX_WBITS), edges)
    except (zlib.error, IndexError) as error:
        raise ValueError("packed lines are damaged") from error
    raise ValueError(f"packed lines of version {blob[0]}; {_ROWS} and {_COLUMNS} are known")


def _inflated(data: bytes, window: int) -> bytes:
    return zlib.decompressobj(window).decompress(data, _LARGEST)


def _read_columns(data: bytes, with_edges: bool) -> tuple[Line, ...]:
    count, at = _get(data, 0)
    columns = []
    for _ in range(7):
        column, at = _get_all(data, at, count)
        columns.append(column)
    lines = []
    end = x = y = across = 0
    for flags, gap, length, right, down, rest, wider in zip(*columns, strict=True):
        start = end + _unfolded(gap)
        end = start + length
        x, y, across = x + _unfolded(right), y + _unfolded(down), across + _unfolded(wider)
        vertical = bool(flags & _VERTICAL)
        begin = y if vertical else x
        moves: Sequence[int] = ()
        if flags & _EDGES:
            moves, at = _get_all(data, at, length)
            if flags & _BACKWARDS:
                moves = list(map(_unfolded, moves))
        along = _unfolded(rest) + sum(moves)
        width, height = (across, along) if vertical else (along, across)
        places = (x / STEPS, y / STEPS, width / STEPS, height / STEPS)
        marks = accumulate(moves, initial=begin) if with_edges and moves else ()
        lines.append(Line(start, end, *places, edges=tuple(mark / STEPS for mark in marks)[1:], vertical=vertical))
    return tuple(lines)


def _read_rows(data: bytes, with_edges: bool) -> tuple[Line, ...]:
    """Version 1: one line's seven numbers after another's."""
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


def _step(place: float) -> int:
    return round(place * STEPS)


def _put_all(out: bytearray, values: Sequence[int]) -> None:
    if values and max(values) < 0x80:
        out += bytes(values)
        return
    for value in values:
        _put(out, value)


def _get_all(data: bytes, at: int, count: int) -> tuple[Sequence[int], int]:
    """`count` numbers from `at`, and where they end."""
    values: Sequence[int] = data[at : at + count]
    if len(values) == count and max(values, default=0) < 0x80:
        return values, at + count
    numbers = []
    for _ in range(count):
        number, at = _get(data, at)
        numbers.append(number)
    return numbers, at


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
