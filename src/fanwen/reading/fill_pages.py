"""The pages of a template with its blanks boxed and numbered, each a link to its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanwen.blanks.app import service
from fanwen.blanks.app.geometry import blank_boxes
from fanwen.blanks.app.models import Preview, Template
from fanwen.blanks.fields import Field
from fanwen.intake.layout import Box, unpack
from fanwen.library.models import Page
from fanwen.reading import rendering

MOST = 40
"""Pages shown beside the form. Of a longer document those that hold a blank come first."""


@dataclass(frozen=True)
class BlankBox:
    """In points from the top left of the page. `anchor` is the fragment that leads to it."""

    x: float
    y: float
    width: float
    height: float
    number: str
    field: str
    anchor: str
    elision: bool
    changed: bool = False


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
            for box in blank_boxes(page, lines, places[id_]):
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


def preview_pages(preview: Preview, fields: Sequence[Field]) -> list[FormPage]:
    """The pages of a preview that is done, with what has changed in them."""
    numbers = {field.id: (number, field) for number, field in enumerate(fields, 1)}
    drawn: dict[int, list[BlankBox]] = {}
    for page, x, y, width, height, id_, changed in preview.boxes:
        base, _, row = id_.partition("~")
        if base in numbers:
            number, field = numbers[base]
            shown = f"{number}-{row}" if row else str(number)
            others = drawn.setdefault(page, [])
            spot = (round(x - 1, 1), round(y - 1, 1), round(max(width + 2, 9.0), 1), round(height + 2, 1))
            others.append(BlankBox(*spot, shown, id_, "", field.role == "elision", changed))
    address = f"/d/{preview.document.number}/fill/preview/{preview.key}"
    return [
        FormPage(
            number,
            width,
            height,
            f"{address}/p{number}-800",
            ", ".join(f"{address}/p{number}-{pixels} {pixels}w" for pixels in rendering.READING_WIDTHS),
            tuple(drawn.get(number, ())),
        )
        for number, (width, height) in enumerate(preview.pages, 1)
    ]


def _drawn(page: Page, box: Box, number: int, field: Field, anchor: str, others: Sequence[BlankBox]) -> BlankBox:
    x, y = box.x * page.width - 1, box.y * page.height - 1
    width, height = max(box.width * page.width + 2, 9.0), box.height * page.height + 2
    while any(abs(other.x - x) < 2 and abs(other.y - y) < 2 for other in others):
        x += 12  # several empty cells beside one label
    return BlankBox(
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
        str(number),
        field.id,
        anchor,
        field.role == "elision",
    )
