"""What was typed into a template's form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from fanwen.blanks.app import service
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Template
from fanwen.blanks.fields import Field
from fanwen.reading.fill_form import kind_of, may_stand

LONGEST = 5000
"""Characters kept of what is typed into one field."""

MOST_ROWS = 300
"""Rows of one table that a form takes; more come from a sheet or the command line."""


def values_from(posted: QueryDict, template: Template, fields: Sequence[Field]) -> Values:
    """What was typed, without what was left empty. Rows keep their number while the form is open, empty ones too;
    ``add`` and ``remove`` in `posted` change it."""
    values: Values = {}
    in_rows: set[str] = set()
    for one in service.rows_of(template, fields):
        in_rows |= {field.id for row in one.rows for field in row}
        if rows := _rows(posted, template, one):
            values[one.id] = rows
    for field in fields:
        if field.id not in in_rows and (said := _typed(posted, template, field, field.id)):
            values[field.id] = said
    for passage in (*template.passages, *template.markings):
        if passage.get("wordings"):
            if (wording := posted.get(f"wording-{passage['id']}", "")) in passage["wordings"]:
                values[passage["id"]] = wording
        elif f"there-{passage['id']}" in posted:
            values[passage["id"]] = bool(posted.get(f"keep-{passage['id']}"))
    return values


def says_something(values: Values, template: Template) -> bool:
    """Whether there is anything in `values` that changes the document."""
    passages = {passage["id"] for passage in (*template.passages, *template.markings)}
    return any(
        any(map(bool, value))
        if isinstance(value, list)
        else value is False or isinstance(value, str)
        if id_ in passages
        else bool(value)
        for id_, value in values.items()
    )


def _rows(posted: QueryDict, template: Template, one: service.Rows) -> list[dict[str, Any]]:
    count = min(int(said), MOST_ROWS) if (said := posted.get(f"rows-{one.id}", "")).isdecimal() else 0
    rows: list[dict[str, Any]] = []
    for at in range(count):
        row = {}
        for field in one.rows[0]:
            if typed := _typed(posted, template, field, f"{one.id}-{at}-{field.id}"):
                row[field.id] = typed
        rows.append(row)
    if posted.get("add") == one.id and one.grows and len(rows) < MOST_ROWS:
        rows.append({})
    repeat, _, at_ = posted.get("remove", "").partition("-")
    if repeat == one.id and at_.isdecimal() and int(at_) < len(rows):
        del rows[int(at_)]
    return rows if any(rows) or len(rows) > len(one.rows) else []


def _typed(posted: QueryDict, template: Template, field: Field, key: str) -> Any:
    """A date that was only picked counts as typed."""
    kind = kind_of(field, template.choices.get(field.id, []))
    if kind == "many":
        return [choice[:LONGEST] for choice in posted.getlist(f"f-{key}") if choice]
    typed = posted.get(f"f-{key}", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:LONGEST]
    if kind == "date" and not typed:
        typed = posted.get(f"p-{key}", "").strip()[:20]
    if typed and may_stand(field, kind) and posted.get(f"w-{key}"):
        return {"text": typed}
    return True if typed and kind == "tick" else typed
