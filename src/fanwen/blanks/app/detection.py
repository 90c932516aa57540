"""The stage that finds a document's blanks and keeps them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from fanwen.blanks.app import places
from fanwen.blanks.app.kinds import FILLABLE
from fanwen.blanks.app.models import Correction, Template
from fanwen.blanks.code_tags import code_tags
from fanwen.blanks.corrections import Correction as Edit
from fanwen.blanks.corrections import apply
from fanwen.blanks.detect import detect
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.fields import Field, fields_of
from fanwen.blanks.marked import find_marked
from fanwen.blanks.optional import OptionalPassage, locate
from fanwen.blanks.read import read_story
from fanwen.blanks.repeats import find_repeats
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank, to_json
from fanwen.blanks.values.write_choice import option_names
from fanwen.intake.formats import KINDS
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.search.app import changes

ENGINE = 10
"""Raise it when detection finds other blanks than before: workers then look at every document again."""

log = structlog.get_logger("fanwen.blanks")


def source_of(document: Document) -> tuple[Path, str]:
    """The file that is filled for `document`, and what it is called. An office copy may be missing: the stage makes it."""
    if document.format in FILLABLE:
        return settings.FOLDERS.original(document.original_id), f"document.{document.format}"
    return settings.FOLDERS.office_copy(document.original_id), "document.docx"


def find_blanks(document: Document, office: Callable[[], Office]) -> Template:
    """Detect the blanks of `document` and keep them in place of what was kept before. A file that can't be read or
    filled is kept too, with the cause; only what is a defect of ours raises."""
    row: dict[str, Any] = {"engine": ENGINE, "fillable": False, "slots": 0, "cause": "", "params": {}}
    row |= {
        "detected": [],
        "blanks": [],
        "choices": {},
        "places": {},
        "details": {},
        "passages": [],
        "repeats": [],
        "lost": 0,
    }
    try:
        row |= _found(document, office)
    except (BlanksError, IntakeError) as error:
        log.info("no template", number=document.number, cause=error.code)
        row |= {"cause": error.code, "params": error.params}
    with transaction.atomic():
        was = Template.objects.filter(document=document, fillable=True, slots__gt=0).exists()
        row |= _confirmation(document, row["lost"])
        template: Template = Template.objects.update_or_create(document=document, defaults=row)[0]
        if was != (template.fillable and template.slots > 0):
            changes.note(document.number)  # templates can be searched alone
        return template


def _confirmation(document: Document, lost: int) -> dict[str, Any]:
    """A new version of a confirmed template is confirmed too, unless something that its editor said no longer fits."""
    if lost or Template.objects.filter(document=document).exists():
        return {}
    earlier = Template.objects.filter(document__version_of=document, document__version=document.version - 1).first()
    if earlier is None or not earlier.confirmed:
        return {}
    return {"confirmed_at": earlier.confirmed_at, "confirmed_by": earlier.confirmed_by}


def _found(document: Document, office: Callable[[], Office]) -> dict[str, Any]:
    source, name = source_of(document)
    if document.format not in FILLABLE and not source.is_file():
        source.parent.mkdir(parents=True, exist_ok=True)
        office().to_docx(settings.FOLDERS.original(document.original_id), source, kind=KINDS.get(document.format))
    story = read_story(source, name=name)
    blanks = detect(story)
    return {"fillable": story.fillable, "detected": to_json(blanks), **corrected(document, story, blanks)}


def corrected(document: Document, story: Story, detected: Sequence[Blank]) -> dict[str, Any]:
    """The columns of a `Template` that depend on what an editor said."""
    said = Correction.objects.filter(document=document).first() or Correction()
    found = apply(story, detected, map(Edit.from_dict, said.blanks))
    stretches, missing = locate(story, map(OptionalPassage.from_dict, said.passages))
    fields = fields_of(found.blanks)
    details = {field.id: found.details.get(field.blanks[0].id, {}) for field in fields}
    texts = list(document.pages.values_list("number", "text"))
    return {
        "slots": sum(field.role == "slot" for field in fields),
        "blanks": to_json(found.blanks),
        "choices": {
            field.id: options
            for field in fields
            if (options := details[field.id].get("choices") or _options(field, story))
        },
        "details": {
            id_: kept for id_, said in details.items() if (kept := {k: v for k, v in said.items() if k != "choices"})
        },
        "passages": [stretch.to_dict() for stretch in stretches],
        "markings": find_marked(story).to_dict(),
        "code_tags": list(code_tags(story)),
        "repeats": [repeat.to_dict() for repeat in find_repeats(story, found.blanks)],
        "lost": len(found.lost) + len(missing),
        "places": places.to_json(places.places(story, found.blanks, texts)),
    }


def _options(field: Field, story: Story) -> list[str]:
    """What a field lets one choose from: the entries of a list, or the words beside its boxes."""
    place: tuple[Blank, ...] = field.places[0]
    passages = {passage.id: passage for passage in story.passages}
    for mark in passages[place[0].passage].marks:
        covers = mark.start <= place[0].start and place[0].end <= mark.end
        if mark.kind in ("control", "form_field") and covers and mark.data.get("choices") is not None:
            return [str(choice) for choice in mark.data["choices"]]
    if field.type != "choice" or (place[0].kind == "bracket" and len(place) == 1):
        return []  # in a bracket a letter may be asked for as well as a tick
    return option_names(place, [passages[blank.passage].text for blank in place])
