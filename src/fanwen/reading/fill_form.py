"""A template's form: the fields as they are shown, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from fanwen.blanks.app import service
from fanwen.blanks.app.models import Template
from fanwen.blanks.app.profile import Offer
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.fields import Field, plain
from fanwen.blanks.rules import Breach
from fanwen.blanks.values.twice import Twice, twice_in

_AROUND = 14
"""Characters of context shown beside a field."""

_NUMBERS = ("number", "money", "percent", "ordinal")


@dataclass(frozen=True)
class FormField:
    """One field. `number` is the one that its blanks carry on the pages, `id` what they lead to, `key` what its entries
    are called when the form is sent."""

    number: str
    id: str
    key: str
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
    sure: bool = False
    """The proposal was given for the same fact; otherwise for one of nearly the same name."""
    given_for: str = ""
    """What the proposal was given for, where that has another name."""
    page: int = 0
    """Where its first blank stands; 0 where that is not known."""
    insisted: bool = False
    """What was typed is written as it stands."""
    may_insist: bool = False
    problem: str = ""
    twice: Twice | None = None
    """What the value says once more though it stands beside the blank."""
    help: str = ""
    """What an editor says about it."""
    optional: bool = False
    """An editor says that it may stay empty."""
    cell: bool = False
    """It is one of a row's."""

    @property
    def needed(self) -> bool:
        return self.kind not in ("tick", "many") and not self.optional and not self.cell


@dataclass(frozen=True)
class FormRows:
    """A part that may be filled any number of times, as the rows that are shown."""

    id: str
    name: str
    rows: tuple[tuple[FormField, ...], ...]
    grows: bool
    page: int
    most: int
    """Rows that the document has."""

    @property
    def value(self) -> bool:
        """Whether anything was typed."""
        return any(field.value for row in self.rows for field in row)


class Form:
    """What a template asks for, with what was typed, is proposed and is wrong."""

    def __init__(
        self,
        template: Template,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        offered: Mapping[str, Offer] | None = None,
        problems: Mapping[str, BlanksError] | None = None,
    ) -> None:
        self._template = template
        self._values = values
        self._offered = offered or {}
        self._problems = problems or {}
        self._numbers = {field.id: str(number) for number, field in enumerate(fields, 1)}
        self.slots: list[FormField | FormRows] = []
        """What asks for a fact, in the order of the document."""
        self.elisions: list[FormField] = []
        """Words that seem lost."""
        rows = {row[0].id: one for one in service.rows_of(template, fields) for row in one.rows[:1]}
        in_rows = {field.id for one in rows.values() for row in one.rows for field in row}
        for field in fields:
            if field.id in rows:
                self.slots.append(self._rows(rows[field.id]))
            elif field.id not in in_rows:
                shown = self._shown(field, field.id, values.get(field.id, ""))
                (self.slots if field.role == "slot" else self.elisions).append(shown)  # type: ignore[union-attr]

    @property
    def all(self) -> list[FormField]:
        """Every field, those of rows too."""
        return [*self.in_slots, *self.elisions]

    @property
    def in_slots(self) -> list[FormField]:
        found: list[FormField] = []
        for one in self.slots:
            found += [one] if isinstance(one, FormField) else [field for row in one.rows for field in row]
        return found

    def _rows(self, one: service.Rows) -> FormRows:
        said = self._values.get(one.id)
        typed: list[dict[str, Any]] = said if isinstance(said, list) else []
        first = one.rows[0]
        shown = []
        for at in range(max(len(typed), len(one.rows), 1)):
            row = typed[at] if at < len(typed) else {}
            there = one.rows[at] if at < len(one.rows) else None
            fields = []
            for column, head in enumerate(first):
                field = there[column] if there else one.rows[-1][column]
                id_ = field.id if there else f"{field.id}~{at + 1}"
                key = f"{one.id}-{at}-{head.id}"
                fields.append(self._shown(field, key, row.get(head.id, ""), id_=id_, name=head.name))
            shown.append(tuple(fields))
        return FormRows(one.id, one.name, tuple(shown), one.grows, self._page(first[0]), len(one.rows))

    def _page(self, field: Field) -> int:
        return min((place[0] for blank in field.blanks if (place := self._template.places.get(blank.id))), default=0)

    def _shown(self, field: Field, key: str, value: Any, *, id_: str = "", name: str = "") -> FormField:
        head, last = field.places[0][0], field.places[0][-1]
        cell = bool(id_)
        options = self._template.choices.get(field.id, [])
        details = self._template.details.get(field.id, {})
        offer = None if cell else self._offered.get(field.id)
        proposal = offer.value if offer else "" if cell else head.suggestion or ""
        insisted = isinstance(value, dict)
        if insisted:
            value = value["text"]
        kind = kind_of(field, options)
        number = self._numbers[field.id]
        return FormField(
            number=f"{number}-{id_.partition('~')[2]}" if "~" in id_ else number,
            id=id_ or field.id,
            key=key,
            label=name or field.name,
            kind=kind,
            unit="" if len(field.places[0]) > 1 else field.unit or "",
            options=tuple(options),
            value=value,
            proposal="" if proposal == value else proposal,
            own=offer is not None,
            sure=offer is not None and offer.sure,
            given_for=offer.name if offer and plain(field.name) != offer.name else "",
            before=" ".join(head.before.split())[-_AROUND:],
            after=" ".join(last.after.split())[:_AROUND],
            places=len(field.places),
            page=self._page(field),
            insisted=insisted,
            may_insist=may_stand(field, kind) and (insisted or key in self._problems),
            problem=problem_text(self._problems[key]) if key in self._problems else "",
            twice=None if insisted or key in self._problems else twice_in(field, value),
            help=details.get("help", ""),
            optional=not details.get("required", True),
            cell=cell,
        )


def kind_of(field: Field, options: Sequence[str]) -> str:
    if options:
        if len(field.places[0]) == 1:
            return "tick" if field.type == "choice" and len(options) == 1 else "list"
        return "one" if len(options) == 2 else "many"
    if field.type in _NUMBERS:
        return "number"
    return field.type if field.type in ("date", "phone") else "text"


def may_stand(field: Field, kind: str) -> bool:
    """Whether any text may be insisted on: the type of a field is only detected, and may be wrong."""
    return kind in ("number", "date", "phone", "text") and len(field.places[0]) == 1


def problem_text(error: BlanksError) -> str:
    """What is wrong with a value or a file, in the visitor's language."""
    return gettext(MESSAGES[error.code]).format(**error.params)


def breach_text(breach: Breach) -> str:
    """Which rule between fields the values break, in the visitor's language."""
    return breach.text(gettext)
