"""A document in the shape in which it is filled, and the changes that values make in it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from fanwen.blanks.change import Change
from fanwen.blanks.fields import Field, asked, fields_of, own_names
from fanwen.blanks.read import OfficeDocument
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank
from fanwen.blanks.values.style import document_style
from fanwen.blanks.values.write import Writer


class Ready:
    """`serials` are the blanks that nobody is asked for, the numbers of added rows, with what has to stand there."""

    def __init__(
        self, document: OfficeDocument, story: Story, blanks: Sequence[Blank], serials: Mapping[str, str] | None = None
    ) -> None:
        self.document = document
        self.story = story
        self.blanks = tuple(blanks)
        self.serials = serials or {}
        self.own = own_names(story, blanks)
        self.fields: tuple[Field, ...] = fields_of(blanks, self.own)
        self._passages = {passage.id: passage for passage in story.passages}
        self._style = document_style(passage.text for passage in story.passages)
        self._by_id = {blank.id: blank for blank in blanks}

    def writer(self, today: datetime.date | None, strict: bool) -> Writer:
        return Writer(self._passages, self._style, today or datetime.date.today(), strict)

    def changes(self, values: Mapping[str, Any], writer: Writer) -> tuple[dict[str, list[Change]], set[str]]:
        """By passage id the changes that `values` make, and the ids of the blanks they fill. Values for what a passage
        that is left out asked for are not needed. Raises `ValueProblem`."""
        changes: dict[str, list[Change]] = {}
        filled: set[str] = set()
        for one in asked(self.fields, dict(values), self.own):
            for id_, change in writer.changes(one).items():
                filled.add(id_)
                changes.setdefault(self._by_id[id_].passage, []).append(change)
        for id_, text in self.serials.items():
            blank = self._by_id[id_]
            changes.setdefault(blank.passage, []).append(Change(blank.start, blank.end, text))
        return changes, filled
