"""Fill in a document's blanks, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanwen.blanks.change import Change
from fanwen.blanks.detect import detect
from fanwen.blanks.errors import FillError
from fanwen.blanks.fields import Field, asked, fields_of, own_names
from fanwen.blanks.outcome import outcome
from fanwen.blanks.package import write_whole
from fanwen.blanks.read import open_document
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank
from fanwen.blanks.values.style import document_style
from fanwen.blanks.values.write import Writer
from fanwen.intake.office import Office


@dataclass(frozen=True)
class Filled:
    """What was done: the ids of the blanks that were filled and of those left as they stand, in document order."""

    path: Path | None
    filled: tuple[str, ...]
    left: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    """Values that are not what their blanks seem to ask for, and were written as they stand."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": str(self.path) if self.path else None,
            "filled": list(self.filled),
            "left": list(self.left),
            "warnings": list(self.warnings),
        }


class Template:
    """A document read once, to be filled any number of times.

    `name` is what the file is called, where `path` does not say it. `blanks` are those that were confirmed; without
    them they are detected. `correct` changes them (see `fanwen.blanks.corrections`). Raises `FillError` for a file that
    can be read but not filled (``not_fillable``), and what `read_story` raises.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str = "",
        blanks: Sequence[Blank] | None = None,
        correct: Callable[[Story, Sequence[Blank]], Sequence[Blank]] | None = None,
        office: Office | None = None,
    ) -> None:
        opened = open_document(path, name=name, office=office)
        if opened.document is None:
            raise FillError("not_fillable", reason=opened.story.reason)
        self.story: Story = opened.story
        self.suffix = "." + opened.story.format
        """What a filled document's name ends with."""
        found = tuple(detect(self.story) if blanks is None else blanks)
        self.blanks: tuple[Blank, ...] = tuple(correct(self.story, found)) if correct is not None else found
        self._own_names = own_names(self.story, self.blanks)
        self.fields: tuple[Field, ...] = fields_of(self.blanks, self._own_names)
        self._document = opened.document
        self._passages = {passage.id: passage for passage in self.story.passages}
        self._style = document_style(passage.text for passage in self.story.passages)

    def filled(
        self, values: Mapping[str, Any], *, today: datetime.date | None = None, strict: bool = False
    ) -> tuple[bytes, Filled]:
        """The document with `values` (by blank id, group id or field name) filled in.

        A value may be text, a number, a date, true or false, or a list of choices; None and "" leave the blank as it
        stands. Text that is no number where one is asked for is written with a warning, or refused if `strict`. Raises
        `ValueProblem` for a value that does not fit, `FillError` for a place that can't be filled.
        """
        writer = Writer(self._passages, self._style, today or datetime.date.today(), strict)
        changes, filled = self._changes(values, writer)
        data = self._document.package.written(self._document.rendered(changes))
        left = tuple(blank.id for blank in self.blanks if blank.id not in filled)
        return data, Filled(
            None, tuple(blank.id for blank in self.blanks if blank.id in filled), left, tuple(writer.warnings)
        )

    def fill(
        self, values: Mapping[str, Any], out: Path, *, today: datetime.date | None = None, strict: bool = False
    ) -> Filled:
        """As `filled`, written to `out`, which appears whole or not at all."""
        data, report = self.filled(values, today=today, strict=strict)
        write_whole(out, data)
        return Filled(out, report.filled, report.left, report.warnings)

    def outcome(
        self, values: Mapping[str, Any], *, today: datetime.date | None = None
    ) -> tuple[Story, tuple[Blank, ...]]:
        """What the document says once `values` are filled in, and where its blanks stand in that. Raises as `filled`."""
        changes, _ = self._changes(values, Writer(self._passages, self._style, today or datetime.date.today(), False))
        return outcome(self.story, self.blanks, changes)

    def _changes(self, values: Mapping[str, Any], writer: Writer) -> tuple[dict[str, list[Change]], set[str]]:
        by_id = {blank.id: blank for blank in self.blanks}
        changes: dict[str, list[Change]] = {}
        filled: set[str] = set()
        for one in asked(self.fields, dict(values), self._own_names):
            for id_, change in writer.changes(one).items():
                filled.add(id_)
                changes.setdefault(by_id[id_].passage, []).append(change)
        return changes, filled


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
