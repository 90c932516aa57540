"""A template's form: the fields as they are shown, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Template
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.fields import Field
from fanwen.blanks.rules import Breach

LONGEST = 5000
"""Characters kept of what is typed into one field."""

_AROUND = 14
"""Characters of context shown beside a field."""

_NUMBERS = ("number", "money", "percent", "ordinal")


@dataclass(frozen=True)
class FormField:
    """One field. `blanks` are the ids of its boxes on the pages, by the numbers they carry there."""

    number: int
    id: str
    label: str
    kind: str
    """``text``, ``number``, ``date``, ``phone``, ``tick``, ``one`` (of two boxes), ``many`` (boxes) or ``list``."""
    unit: str
    options: tuple[str, ...]
    value: Any
    proposal: str
    own: bool
    """The proposal is a value of the visitor's, not a word suggested by detection."""
    before: str
    after: str
    places: int
    insisted: bool = False
    """What was typed is written as it stands."""
    may_insist: bool = False
    problem: str = ""
    help: str = ""
    """What an editor says about it."""
    optional: bool = False
    """An editor says that it may stay empty."""

    @property
    def needed(self) -> bool:
        return self.kind not in ("tick", "many") and not self.optional


def form_fields(
    template: Template,
    fields: Sequence[Field],
    values: Mapping[str, Any],
    offered: Mapping[str, str],
    problems: Mapping[str, BlanksError],
) -> tuple[list[FormField], list[FormField]]:
    """What asks for a fact, and the words that seem lost; both numbered through as they stand in the document."""
    slots: list[FormField] = []
    elisions: list[FormField] = []
    for number, field in enumerate(fields, 1):
        head, last = field.places[0][0], field.places[0][-1]
        proposal = offered.get(field.id, "") or head.suggestion or ""
        value = values.get(field.id, "")
        insisted = isinstance(value, dict)
        if insisted:
            value = value["text"]
        kind = _kind(field, template.choices.get(field.id, []))
        shown = FormField(
            number=number,
            id=field.id,
            label=field.name,
            kind=kind,
            unit="" if len(field.places[0]) > 1 else field.unit or "",
            options=tuple(template.choices.get(field.id, [])),
            value=value,
            insisted=insisted,
            may_insist=_as_it_stands(field, kind) and (insisted or field.id in problems),
            proposal="" if proposal == value else proposal,
            own=field.id in offered,
            before=" ".join(head.before.split())[-_AROUND:],
            after=" ".join(last.after.split())[:_AROUND],
            places=len(field.places),
            problem=problem_text(problems[field.id]) if field.id in problems else "",
            help=template.details.get(field.id, {}).get("help", ""),
            optional=not template.details.get(field.id, {}).get("required", True),
        )
        (slots if field.role == "slot" else elisions).append(shown)
    return slots, elisions


def _kind(field: Field, options: Sequence[str]) -> str:
    if options:
        if len(field.places[0]) == 1:
            return "tick" if field.type == "choice" and len(options) == 1 else "list"
        return "one" if len(options) == 2 else "many"
    if field.type in _NUMBERS:
        return "number"
    return field.type if field.type in ("date", "phone") else "text"


def values_from(posted: QueryDict, template: Template, fields: Sequence[Field]) -> Values:
    """What was typed, without what was left empty. A date that was only picked counts as typed."""
    values: Values = {}
    for field in fields:
        name = f"f-{field.id}"
        kind = _kind(field, template.choices.get(field.id, []))
        if kind == "many":
            chosen = [choice[:LONGEST] for choice in posted.getlist(name) if choice]
            if chosen:
                values[field.id] = chosen
            continue
        typed = posted.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()[:LONGEST]
        if kind == "date" and not typed:
            typed = posted.get(f"p-{field.id}", "").strip()[:20]
        if typed and _as_it_stands(field, kind) and posted.get(f"w-{field.id}"):
            values[field.id] = {"text": typed}
        elif typed:
            values[field.id] = True if kind == "tick" else typed
    return values


def _as_it_stands(field: Field, kind: str) -> bool:
    """Whether any text may be insisted on: the type of a field is only detected, and may be wrong."""
    return kind in ("number", "date", "phone", "text") and len(field.places[0]) == 1


def problem_text(error: BlanksError) -> str:
    """What is wrong with a value or a file, in the visitor's language."""
    return gettext(MESSAGES[error.code]).format(**error.params)


def breach_text(breach: Breach) -> str:
    """Which rule between fields the values break, in the visitor's language."""
    return gettext(MESSAGES[breach.code]).format(**breach.params)
