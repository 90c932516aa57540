"""Where on a page a blank is drawn, from its place in the page's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fanwen.blanks.app.places import Place
from fanwen.intake.layout import Box, boxes
from fanwen.intake.types import Line

_EMPTY_WIDTH = 42
"""Points: how wide a blank is drawn that has no width of its own, such as an empty cell."""

_WIDEST = 220
"""Points: how far such a blank may reach to what follows it."""


class Paper(Protocol):
    """A page: its size in points and its text. Both the library's pages and those just read from a PDF are."""

    width: float
    text: str


def blank_boxes(page: Paper, lines: Sequence[Line], place: Place) -> list[Box]:
    """Where the text stands; for an empty range the room after the character before it, or below its head."""
    start, end = place.start, place.end
    if end > start:
        return boxes(lines, [(start, end)])
    before = boxes(lines, [(start - 1, start)]) if start else []
    if not before:
        return []
    near = before[-1]
    if place.below and (head := boxes(lines, [place.below])):
        width = _EMPTY_WIDTH / page.width
        middle = head[0].x + head[0].width / 2
        return [Box(max(0.0, min(middle - width / 2, 1 - width)), near.y, width, near.height)]
    left = near.x + near.width + 3 / page.width
    width = max(0.0, min(_EMPTY_WIDTH / page.width, 0.99 - left))
    if after := _next(page, lines, end):
        room = after.x - left - 2 / page.width
        if abs(after.y - near.y) < near.height / 2 and 0 < room < _WIDEST / page.width:
            width = room
    return [Box(left, near.y, width, near.height)]


def _next(page: Paper, lines: Sequence[Line], offset: int) -> Box | None:
    """The next character that is not white space."""
    rest = page.text[offset:]
    start = offset + len(rest) - len(rest.lstrip())
    found = boxes(lines, [(start, start + 1)])
    return found[0] if found else None
