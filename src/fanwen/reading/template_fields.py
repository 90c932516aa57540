"""A template's fields as its editor sees them, and where a blank may have been missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from fanwen.blanks.app.models import Template
from fanwen.blanks.corrections import Correction
from fanwen.blanks.editing import Editor
from fanwen.blanks.errors import RuleError
from fanwen.blanks.optional import OptionalPassage, locate
from fanwen.blanks.rules import parse
from fanwen.blanks.rules.check import resolve
from fanwen.blanks.story import Story
from fanwen.reading.fill_form import problem_text

TYPES = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("A number"),
    "money": gettext_lazy("Amount of money"),
    "percent": gettext_lazy("Percentage"),
    "date": gettext_lazy("Date or time"),
    "ordinal": gettext_lazy("Ordinal number"),
    "person": gettext_lazy("A person"),
    "organization": gettext_lazy("Organisation"),
    "place": gettext_lazy("A place"),
    "phone": gettext_lazy("Telephone number"),
    "id": gettext_lazy("Code or certificate number"),
    "choice": gettext_lazy("A choice"),
}
ROLES = {"slot": gettext_lazy("It asks for a fact"), "elision": gettext_lazy("A word of the text was lost here")}

_AROUND = 16
MOST_OCCURRENCES = 30
_SHOWN = 36
"""Characters of a paragraph in a list."""


@dataclass(frozen=True)
class FieldRow:
    number: int
    id: str
    name: str
    type: str
    type_name: str
    unit: str
    role: str
    choices: tuple[str, ...]
    boxes: bool
    """The choices are boxes of the document."""
    required: bool
    help: str
    places: tuple[tuple[str, str, str], ...]
    """For each place what stands before it, in it and after it."""
    parts: int
    corrected: bool
    added: bool
    open: bool
    others: tuple[tuple[str, str], ...] = ()
    """Id and name of the fields it can be put together with."""

    @property
    def choices_text(self) -> str:
        return "\n".join(self.choices)

    @property
    def may_split(self) -> bool:
        return len(self.places) > 1 or self.parts > 1


@dataclass(frozen=True)
class Gone:
    """A correction by its place in the list, as words of the document."""

    at: int
    before: str
    text: str
    after: str
    was: str
    """What `around` says of it: that the list is still the one that was shown."""


@dataclass(frozen=True)
class Occurrence:
    passage: str
    start: int
    end: int
    before: str
    text: str
    after: str
    known: bool
    """It is a blank already."""


def field_rows(template: Template, editor: Editor, *, open_: str) -> list[FieldRow]:
    corrected = editor.corrected_ids()
    named = tuple((field.id, f"{number} {field.name}") for number, field in enumerate(editor.fields, 1))
    rows = []
    for number, field in enumerate(editor.fields, 1):
        details = template.details.get(field.id, {})
        options = tuple(template.choices.get(field.id, ()))
        boxes = field.type == "choice"
        kind = "choice" if options and not boxes else field.type or "text"
        rows.append(
            FieldRow(
                number=number,
                id=field.id,
                name=field.name,
                type=kind,
                type_name=str(TYPES.get(kind, "")),
                unit="" if len(field.places[0]) > 1 else field.unit or "",
                role=field.role,
                choices=options,
                boxes=boxes,
                required=details.get("required", True),
                help=details.get("help", ""),
                places=tuple(
                    (
                        " ".join(place[0].before.split()),
                        " … ".join(blank.text.strip() or "＿" for blank in place),
                        " ".join(place[-1].after.split()),
                    )
                    for place in field.places
                ),
                parts=len(field.places[0]),
                corrected=any(blank.id in corrected for blank in field.blanks),
                added=field.id.startswith("a"),
                open=field.id == open_,
                others=tuple(one for one in named if one[0] != field.id) if field.id == open_ else (),
            )
        )
    return rows


def gone(editor: Editor) -> list[Gone]:
    """What was said to be no blank."""
    lost_ones = set(map(id, editor.corrected.lost))
    return [_gone(at, one) for at, one in enumerate(editor.corrections) if one.drop and id(one) not in lost_ones]


def _gone(at: int, one: Correction) -> Gone:
    anchor = one.anchor
    text = anchor.text or anchor.label
    return Gone(at, anchor.before[-_AROUND:], text, anchor.after[:_AROUND], around(one))


def around(one: Correction) -> str:
    """The words by which a correction is known, in one text."""
    return " ".join("".join((one.anchor.before, one.anchor.text, one.anchor.after, one.anchor.label)).split())


def lost(editor: Editor, optional: Sequence[OptionalPassage]) -> tuple[list[Gone], tuple[OptionalPassage, ...]]:
    """What was said of blanks and passages that are not in this version of the file."""
    lost_ones = set(map(id, editor.corrected.lost))
    blanks = [_gone(at, one) for at, one in enumerate(editor.corrections) if id(one) in lost_ones]
    return blanks, locate(editor.story, optional)[1]


def occurrences(editor: Editor, words: str) -> list[Occurrence]:
    """Where `words` stand in the document."""
    taken = [(blank.passage, blank.start, blank.end) for blank in editor.corrected.blanks]
    found: list[Occurrence] = []
    for passage, start, end, text in _matches(editor.story, words):
        known = any(one == passage and first < end and start < last for one, first, last in taken)
        found.append(
            Occurrence(
                passage,
                start,
                end,
                text[max(0, start - _AROUND) : start],
                text[start:end],
                text[end : end + _AROUND],
                known,
            )
        )
        if len(found) == MOST_OCCURRENCES:
            break
    return found


def _matches(story: Story, words: str) -> Iterator[tuple[str, int, int, str]]:
    if not words:
        return
    for passage in story.passages:
        at = passage.text.find(words)
        while at >= 0:
            yield passage.id, at, at + len(words), passage.text
            at = passage.text.find(words, at + len(words))


def paragraphs(story: Story) -> list[tuple[str, str]]:
    """Id and beginning of every paragraph with words."""
    return [
        (passage.id, " ".join(passage.text.split())[:_SHOWN])
        for passage in story.passages
        if passage.where in ("body", "table") and passage.text.strip()
    ]


def rule_problem(rule: str, editor: Editor) -> str:
    """Why a check can't be held against this template, in the editor's language; "" where it can."""
    try:
        resolve(parse(rule), editor.fields, editor.columns)
    except RuleError as error:
        return problem_text(error)
    return ""
