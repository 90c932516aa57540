"""An editor's work on a template: open it, keep what was said, confirm it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from fanwen.blanks.app.detection import corrected, source_of
from fanwen.blanks.app.models import Correction, Template
from fanwen.blanks.corrections import Correction as Edit
from fanwen.blanks.editing import Editor
from fanwen.blanks.optional import OptionalPassage
from fanwen.blanks.read import read_story
from fanwen.blanks.rules import Rule, parse
from fanwen.blanks.types import Blank


def editor_of(template: Template) -> Editor:
    """The document's blanks with what was said of them. Raises `BlanksError` and `IntakeError`."""
    source, name = source_of(template.document)
    return Editor(read_story(source, name=name), _detected(template), edits_of(template))


def edits_of(template: Template) -> list[Edit]:
    return [Edit.from_dict(entry) for entry in _said(template).blanks]


def edits_for(number: str) -> list[Edit]:
    """What was said of the blanks of the document `number`."""
    said = Correction.objects.filter(document__number=number).first() or Correction()
    return [Edit.from_dict(entry) for entry in said.blanks]


def optional_for(number: str) -> list[OptionalPassage]:
    """The optional passages of the document `number`."""
    said = Correction.objects.filter(document__number=number).first() or Correction()
    return [OptionalPassage.from_dict(entry) for entry in said.passages]


def optional_of(template: Template) -> list[OptionalPassage]:
    return [OptionalPassage.from_dict(entry) for entry in _said(template).passages]


def rules_of(template: Template) -> list[str]:
    """The checks between fields, as they were written."""
    return [str(rule) for rule in _said(template).rules]


def rules_for(number: str) -> list[Rule]:
    """The checks of the document `number`, to be held against values."""
    said = Correction.objects.filter(document__number=number).first() or Correction()
    return [parse(str(rule)) for rule in said.rules]


def save(
    template: Template,
    editor: Editor,
    user: Any,
    *,
    blanks: Sequence[Edit] | None = None,
    passages: Sequence[OptionalPassage] | None = None,
    rules: Sequence[str] | None = None,
) -> None:
    """Keep what is given, and make the form anew of it."""
    said: dict[str, Any] = {"changed_by": user}
    if blanks is not None:
        said["blanks"] = [one.to_dict() for one in blanks]
    if passages is not None:
        said["passages"] = [one.to_dict() for one in passages]
    if rules is not None:
        said["rules"] = list(rules)
    with transaction.atomic():
        Correction.objects.update_or_create(document=template.document, defaults=said)
        for column, value in corrected(template.document, editor.story, _detected(template)).items():
            setattr(template, column, value)
        template.save()


def confirm(template: Template, user: Any, *, confirmed: bool = True) -> None:
    """Vouch for the template, or take that back."""
    template.confirmed_at = timezone.now() if confirmed else None
    template.confirmed_by = user if confirmed else None
    template.save(update_fields=("confirmed_at", "confirmed_by"))


def _detected(template: Template) -> list[Blank]:
    return [Blank(**entry) for entry in template.detected]


def _said(template: Template) -> Correction:
    return Correction.objects.filter(document=template.document_id).first() or Correction()
