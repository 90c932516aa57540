"""What pages ask about templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from fanwen.blanks.app.correcting import rules_for
from fanwen.blanks.app.detection import ENGINE, source_of
from fanwen.blanks.app.kinds import FILLABLE, holds_blanks
from fanwen.blanks.app.models import Origin, Template
from fanwen.blanks.app.places import Place
from fanwen.blanks.fields import Field, fields_of
from fanwen.blanks.fill import Template as Fillable
from fanwen.blanks.optional import Stretch
from fanwen.blanks.types import Blank
from fanwen.library import catalogue
from fanwen.library.models import Document


@dataclass(frozen=True)
class Reuse:
    """What a document's page says about reusing it."""

    slots: int = 0
    """Fields to fill in; 0 where there is no form."""
    template: Document | None = None
    """The document that this one was made from."""
    confirmed: bool = False
    """An editor vouches for its form."""


def reuse(document: Document) -> Reuse:
    slots, confirmed_at = 0, None
    if holds_blanks(document):
        found = Template.objects.filter(document=document, fillable=True)
        slots, confirmed_at = found.values_list("slots", "confirmed_at").first() or (0, None)
    origin = Origin.objects.filter(document=document).values_list("template", flat=True).first()
    template = Document.objects.filter(pk=origin).first() if origin else None
    return Reuse(slots, template, confirmed_at is not None)


def template_of(document: Document) -> Template | None:
    """What was found in `document` by this version of detection, with the file to fill in its place; None before."""
    template = Template.objects.filter(document=document, engine=ENGINE).first()
    if template is not None and template.fillable and not source_of(document)[0].is_file():
        return None
    return template


def blanks_of(template: Template) -> list[Blank]:
    return [Blank(**entry) for entry in template.blanks]


def form_of(template: Template) -> tuple[Field, ...]:
    """The fields to ask for, in the order of the document."""
    return fields_of(blanks_of(template))


def opened(template: Template) -> Fillable:
    """The engine's template, ready to be filled. Raises `BlanksError` and `IntakeError`."""
    source, name = source_of(template.document)
    return Fillable(
        source,
        name=name,
        blanks=blanks_of(template),
        passages=passages_of(template),
        rules=rules_for(template.document.number),
    )


def passages_of(template: Template) -> list[Stretch]:
    """What may be left out."""
    return [Stretch(one["id"], one["name"], tuple(one["paragraphs"]), one["default_on"]) for one in template.passages]


@dataclass(frozen=True)
class Rows:
    """A repeat of a template by the fields of its rows; the first row's ids name the columns."""

    id: str
    name: str
    rows: tuple[tuple[Field, ...], ...]
    grows: bool


def rows_of(template: Template, fields: Sequence[Field]) -> list[Rows]:
    """What may be filled any number of times."""
    of_blank = {blank.id: field for field in fields for blank in field.blanks}
    found = []
    for one in template.repeats:
        rows = [tuple(dict.fromkeys(of_blank[id_] for id_ in ids if id_ in of_blank)) for ids in one["rows"]]
        if rows and len({len(row) for row in rows}) == 1:
            found.append(Rows(one["id"], one["name"], tuple(rows), one["grows"]))
    return found


def places_of(template: Template) -> dict[str, Place]:
    """By blank id, where it stands."""
    found: dict[str, Any] = template.places
    return {id_: Place(*place[:3], tuple(place[3:]) or None) for id_, place in found.items()}


def fillable() -> QuerySet[Document]:
    """Listed documents that have a form to fill in, the newest first."""
    forms = Q(template__fillable=True, template__slots__gt=0)
    return catalogue.listed().filter(forms, status=Document.Status.READY)


def outdated() -> list[Document]:
    """Ready documents whose blanks have not been looked for by this version of detection."""
    kinds = Q(format__in=FILLABLE) | Q(family="word")
    return list(Document.objects.filter(kinds, status="ready", version_of=None).exclude(template__engine=ENGINE))
