"""The pages of a template with its blanks boxed and numbered, each a link to its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanwen.blanks.app import service
from fanwen.blanks.app.models import Template
from fanwen.blanks.app.places import Place
from fanwen.blanks.fields import Field
from fanwen.intake.layout import Box, boxes, unpack
from fanwen.intake.types import Line
from fanwen.library.models import Page
from fanwen.reading import rendering

MOST = 40
"""Pages shown beside the form. Of a longer document those that hold a blank come first."""

_EMPTY_WIDTH = 42
"""Points: how wide a blank is drawn that has no width of its own, such as an empty cell."""

_WIDEST = 220
"""Points: how far such a blank may reach to what follows it."""


@dataclass(frozen=True)
class BlankBox:
    """In points from the top left of the page. `anchor` is the fragment that leads to it."""

    x: float
    y: float
    width: float
    height: float
    number: int
    field: str
    anchor: str
    elision: bool


@dataclass(frozen=True)
class FormPage:
    number: int
    width: float
    height: float
    source: str
    source_set: str
    boxes: tuple[BlankBox, ...]


def form_pages(template: Template, fields: Sequence[Field]) -> list[FormPage]:
    document = template.document
    version = rendering.version(document)
    places = service.places_of(template)
    numbers = {blank.id: (number, field) for number, field in enumerate(fields, 1) for blank in field.blanks}
    anchored: set[int] = set()
    by_page: dict[int, list[str]] = {}
    for id_, place in places.items():
        by_page.setdefault(place.page, []).append(id_)
    wanted = list(range(1, document.page_count + 1))
    if len(wanted) > MOST:
        wanted = sorted(by_page)[:MOST] or wanted[:MOST]
    found = []
    for page in document.pages.filter(number__in=wanted):
        lines = unpack(bytes(page.layout)) if page.layout else ()
        drawn: list[BlankBox] = []
        for id_ in by_page.get(page.number, ()):
            number, field = numbers[id_]
            for box in _boxes(page, lines, places[id_]):
                anchor = "" if number in anchored else f"blank-{number}"
                anchored.add(number)
                drawn.append(_drawn(page, box, number, field, anchor, drawn))
        found.append(
            FormPage(
                page.number,
                round(page.width, 1),
                round(page.height, 1),
                rendering.image_path(document, version, page.number, 800),
                ", ".join(
                    f"{rendering.image_path(document, version, page.number, width)} {width}w"
                    for width in rendering.READING_WIDTHS
                ),
                tuple(drawn),
            )
        )
    return found


def _boxes(page: Page, lines: tuple[Line, ...], place: Place) -> list[Box]:
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


def _next(page: Page, lines: tuple[Line, ...], offset: int) -> Box | None:
    """The next character that is not white space."""
    rest = page.text[offset:]
    start = offset + len(rest) - len(rest.lstrip())
    found = boxes(lines, [(start, start + 1)])
    return found[0] if found else None


def _drawn(page: Page, box: Box, number: int, field: Field, anchor: str, others: Sequence[BlankBox]) -> BlankBox:
    x, y = box.x * page.width - 1, box.y * page.height - 1
    width, height = max(box.width * page.width + 2, 9.0), box.height * page.height + 2
    while any(abs(other.x - x) < 2 and abs(other.y - y) < 2 for other in others):
        x += 12  # several empty cells beside one label
    return BlankBox(
        round(x, 1), round(y, 1), round(width, 1), round(height, 1), number, field.id, anchor, field.role == "elision"
    )
