"""Fill in a document's blanks, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fanwen.blanks.code_tags import code_tags
from fanwen.blanks.detect import detect
from fanwen.blanks.detect.detector import named as named_blanks
from fanwen.blanks.errors import BlanksError, FillError
from fanwen.blanks.fields import Asked, Field, asked
from fanwen.blanks.marked import Markings, find_marked
from fanwen.blanks.optional import Stretch
from fanwen.blanks.outcome import outcome
from fanwen.blanks.package import write_whole
from fanwen.blanks.read import open_document
from fanwen.blanks.ready import Ready
from fanwen.blanks.repeats import Repeat, find_repeats
from fanwen.blanks.rules import Breach, Column, Rule, check, columns_of
from fanwen.blanks.shape import Shape, remaining, shaped, told
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank
from fanwen.intake.office import Office


@dataclass(frozen=True)
class Filled:
    """What was done: the ids of the blanks that were filled and of those left as they stand, in document order."""

    path: Path | None
    filled: tuple[str, ...]
    left: tuple[str, ...]
    warnings: tuple[BlanksError, ...] = ()
    """Values that are not what their blanks seem to ask for, or repeat what stands beside them, and were written as they
    stand; tags that are code."""
    shape: Shape = field(default_factory=Shape)
    """Rows added and passages left out."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": str(self.path) if self.path else None,
            "filled": list(self.filled),
            "left": list(self.left),
            "warnings": [str(warning) for warning in self.warnings],
            "rows_added": dict(self.shape.rows),
            "passages_left_out": sorted(self.shape.off),
        }


class Template:
    """A document read once, to be filled any number of times.

    `name` is what the file is called, where `path` does not say it. `blanks` are those that were confirmed; without
    them they are detected. `correct` changes them (see `fanwen.blanks.corrections`). Raises `FillError` for a file that
    can be read but not filled (``not_fillable``), and what `read_story` raises. `passages` are those that may be left
    out; rows that may be filled any number of times are found (`repeats`). `rules` hold between its fields. With
    `named`, only the places that the author named are looked for: tags, merge fields, form fields, controls.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str = "",
        blanks: Sequence[Blank] | None = None,
        correct: Callable[[Story, Sequence[Blank]], Sequence[Blank]] | None = None,
        rules: Sequence[Rule] = (),
        named: bool = False,
        office: Office | None = None,
        passages: Sequence[Stretch] = (),
    ) -> None:
        opened = open_document(path, name=name, office=office)
        if opened.document is None:
            raise FillError("not_fillable", reason=opened.story.reason)
        self.story: Story = opened.story
        self.suffix = "." + opened.story.format
        """What a filled document's name ends with."""
        found = tuple((named_blanks(self.story) if named else detect(self.story)) if blanks is None else blanks)
        self.blanks: tuple[Blank, ...] = tuple(correct(self.story, found)) if correct is not None else found
        self.repeats: tuple[Repeat, ...] = find_repeats(self.story, self.blanks)
        self.passages: tuple[Stretch, ...] = tuple(passages)
        self.markings: Markings = find_marked(self.story)
        self.code_tags: tuple[str, ...] = code_tags(self.story)
        self.rules = tuple(rules)
        self._document = opened.document
        self._ready = Ready(opened.document, self.story, self.blanks)
        self.fields: tuple[Field, ...] = self._ready.fields
        self.columns: tuple[Column, ...] = columns_of(self.fields, self.repeats)

    def filled(
        self, values: Mapping[str, Any], *, today: datetime.date | None = None, strict: bool = False
    ) -> tuple[bytes, Filled]:
        """The document with `values` (by blank id, group id or field name) filled in.

        A value may be text, a number, a date, true or false, or a list of choices; None and "" leave the blank as it
        stands. By the id or name of a repeat it is a list of rows, each an object as `values` are; by that of a passage,
        false leaves it out. Text that is no number where one is asked for is written with a warning, or refused if
        `strict`. Raises `ValueProblem` for a value that does not fit, `FillError` for a place that can't be filled.
        """
        ready, given, shape = self._shaped(values)
        writer = ready.writer(today, strict)
        changes, filled = ready.changes(given, writer)
        data = ready.document.package.written(ready.document.rendered(changes))
        asked_for = [blank.id for blank in ready.blanks if blank.id not in ready.serials]
        done = tuple(id_ for id_ in asked_for if id_ in filled)
        left = tuple(id_ for id_ in asked_for if id_ not in filled)
        warnings: list[BlanksError] = [*writer.warnings]
        if self.code_tags:
            warnings.append(BlanksError("code_tags", tags="、".join(self.code_tags)))
        return data, Filled(None, done, left, tuple(warnings), shape)

    def shape(self, values: Mapping[str, Any]) -> Shape:
        """How many rows `values` add and which passages they leave out. Raises `ValueProblem`."""
        return told(values, self.blanks, self.repeats, self.passages, self._ready.own, self.markings)[0]

    def outcome(
        self, values: Mapping[str, Any], *, today: datetime.date | None = None
    ) -> tuple[Story, tuple[Blank, ...]]:
        """What the document says once `values` are filled in, and where its blanks stand in that. Raises as `filled`."""
        ready, given, _ = self._shaped(values)
        changes, _ = ready.changes(given, ready.writer(today, False))
        return outcome(ready.story, ready.blanks, changes)

    def asked(self, values: Mapping[str, Any]) -> tuple[Ready, list[Asked]]:
        """The `values` by the places they are for, and what writes them there. Raises as `filled`."""
        ready, given, _ = self._shaped(values)
        return ready, asked(ready.fields, given, ready.own)

    def _shaped(self, values: Mapping[str, Any]) -> tuple[Ready, dict[str, Any], Shape]:
        if not (self.repeats or self.passages or self.markings.all):
            return self._ready, dict(values), Shape()
        shape, given = told(values, self.blanks, self.repeats, self.passages, self._ready.own, self.markings)
        if not shape:
            return self._ready, given, shape
        made = shaped(self._document, self.blanks, self.repeats, self.passages, shape, self.markings)
        ready = Ready(made.document, made.document.story, made.blanks, made.serials)
        if shape.off:
            given = remaining(given, self.fields, self._ready.own, {blank.id for blank in made.blanks})
        return ready, given, shape

    def breaches(self, values: Mapping[str, Any], *, today: datetime.date | None = None) -> list[Breach]:
        """The template's rules that `values` break. Raises `ValueProblem` as `filled` does for unknown fields."""
        if not self.rules:
            return []
        ready, places = self.asked(values)
        given = {one.field.id: one.value for one in places if one.blank is None and one.place is one.field.places[0]}
        columns = columns_of(ready.fields, self.repeats)
        return check(self.rules, ready.fields, given, today or datetime.date.today(), columns)

    def fill(
        self, values: Mapping[str, Any], out: Path, *, today: datetime.date | None = None, strict: bool = False
    ) -> Filled:
        """As `filled`, written to `out`, which appears whole or not at all."""
        data, report = self.filled(values, today=today, strict=strict)
        write_whole(out, data)
        return replace(report, path=out)


def fill(
    path: Path,
    values: Mapping[str, Any],
    out: Path,
    *,
    blanks: Sequence[Blank] | None = None,
    office: Office | None = None,
    today: datetime.date | None = None,
    strict: bool = False,
) -> Filled:
    """Fill the blanks of the document at `path` into `out`. See `Template`."""
    return Template(path, blanks=blanks, office=office).fill(values, out, today=today, strict=strict)
