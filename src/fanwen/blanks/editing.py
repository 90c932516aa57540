"""What an editor does to the fields of a template, as corrections of its blanks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from fanwen.blanks.anchors import Anchor, anchors_of, nth_of, range_anchor
from fanwen.blanks.corrections import TEXTS, Corrected, Correction, apply
from fanwen.blanks.fields import Field, fields_of
from fanwen.blanks.repeats import find_repeats
from fanwen.blanks.rules.names import columns_of
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank


class Editor:
    """A document's blanks under correction. Every method gives the corrections as they are after it; nothing here
    changes. An unknown field or place raises `KeyError`, what can't go together `ValueError`."""

    def __init__(self, story: Story, detected: Sequence[Blank], corrections: Sequence[Correction]) -> None:
        self.story = story
        self.corrections = tuple(corrections)
        self.corrected: Corrected = apply(story, detected, self.corrections)
        self.fields: tuple[Field, ...] = fields_of(self.corrected.blanks)
        self.columns = columns_of(self.fields, find_repeats(story, self.corrected.blanks))
        self._by_id = {field.id: field for field in self.fields}
        present = {blank.id for blank in self.corrected.blanks}
        self._anchors = anchors_of(detected, story)
        self._anchors |= {one.add: one.anchor for one in self.corrections if one.add in present}

    def field(self, id_: str) -> Field:
        return self._by_id[id_]

    def corrected_ids(self) -> set[str]:
        """The blanks of which something was said."""
        said = {one.anchor for one in self.corrections}
        return {id_ for id_, anchor in self._anchors.items() if anchor in said}

    def describe(self, field: str, said: Mapping[str, Any]) -> tuple[Correction, ...]:
        """Say of a whole field what `said` holds: of `TEXTS`, ``required`` and ``choices``."""
        found = self._by_id[field]
        changed = {key: said[key] for key in (*TEXTS, "required", "choices") if key in said}
        edits: dict[str, dict[str, Any]] = {}
        for place in found.places:
            for blank in place:
                own = dict(changed)
                if "name" in own:
                    own["name"] = _part_name(blank, found, own["name"], own.get("unit"))
                if len(place) > 1:
                    own.pop("unit", None)  # the unit of a part is what it is the part of
                edits[blank.id] = own
        return self._with(edits)

    def drop(self, field: str) -> tuple[Correction, ...]:
        """None of the field's places is a blank."""
        ids = {blank.id for blank in self._by_id[field].blanks}
        kept = tuple(one for one in self.corrections if one.add not in ids)
        gone = {id_ for id_ in ids if not any(one.add == id_ for one in self.corrections)}
        return self._with({id_: {"drop": True} for id_ in gone}, kept)

    def split(self, field: str) -> tuple[Correction, ...]:
        """Every place is a fact of its own; where there is only one place, every blank of it is."""
        found = self._by_id[field]
        if len(found.places) > 1:
            return self._with({blank.id: {"same_as": None} for place in found.places[1:] for blank in place})
        return self._with({blank.id: {"group": None, "same_as": None} for blank in found.places[0]})

    def merge(self, field: str, into: str) -> tuple[Correction, ...]:
        """`field` asks for the same fact as `into`."""
        one, other = self._by_id[field], self._by_id[into]
        if field == into:
            raise ValueError(field)
        head = other.places[0]
        edits: dict[str, dict[str, Any]] = {}
        for place in one.places:
            for number, blank in enumerate(place):
                edits[blank.id] = {"same_as": self._anchors[head[min(number, len(head) - 1)].id]}
        return self._with(edits)

    def join(self, field: str, into: str) -> tuple[Correction, ...]:
        """The blanks of `field` are further parts of `into`: a date's month and day, the boxes of one question."""
        one, other = self._by_id[field], self._by_id[into]
        if field == into or len(one.places) > 1 or len(other.places) > 1:
            raise ValueError(field)
        if one.type != other.type:
            raise ValueError(field)
        head = min((*one.places[0], *other.places[0]), key=self.corrected.blanks.index)
        parts = [blank for blank in (*one.places[0], *other.places[0]) if blank.id != head.id]
        return self._with({blank.id: {"group": self._anchors[head.id]} for blank in parts})

    def add(self, passage: str, start: int, end: int) -> tuple[Correction, ...]:
        """``text[start:end]`` of a passage is a blank; where both are the same, the place there is."""
        found = {one.id: one for one in self.story.passages}[passage]
        taken = [(blank.start, blank.end) for blank in self.corrected.blanks if blank.passage == passage]
        if not 0 <= start <= end <= len(found.text) or any(
            (first < end and start < last) or (first, last) == (start, end) for first, last in taken
        ):
            raise ValueError(passage)
        number = 1 + max((int(one.add[1:]) for one in self.corrections if one.add), default=0)
        anchor = nth_of(range_anchor(found.text, start, end, found.where), found, start, self.story)
        return (*self.corrections, Correction(anchor, add=f"a{number}"))

    def undo(self, field: str) -> tuple[Correction, ...]:
        """As detection has it. What was added goes."""
        anchors = {self._anchors[blank.id] for blank in self._by_id[field].blanks}
        return tuple(one for one in self.corrections if one.anchor not in anchors)

    def restore(self, number: int) -> tuple[Correction, ...]:
        """Without the correction `number` of the list: a dropped blank comes back, a lost correction goes."""
        return tuple(one for at, one in enumerate(self.corrections) if at != number)

    def _with(
        self, edits: Mapping[str, Mapping[str, Any]], corrections: tuple[Correction, ...] | None = None
    ) -> tuple[Correction, ...]:
        """The corrections with `edits` (by blank id); one for each blank."""
        found = list(self.corrections if corrections is None else corrections)
        for id_, said in edits.items():
            anchor: Anchor = self._anchors[id_]
            at = next((number for number, one in enumerate(found) if one.anchor == anchor), None)
            if at is None:
                found.append(Correction(anchor))
                at = len(found) - 1
            drop = bool(said.get("drop", found[at].drop))
            rest = {key: value for key, value in said.items() if key != "drop"}
            found[at] = dataclasses.replace(found[at], drop=drop, said={**found[at].said, **rest})
        return tuple(found)


def _part_name(blank: Blank, field: Field, name: str, unit: str | None) -> str:
    """The field's new name with what tells this part from the others: 竣工日期（年）, 性别：男."""
    if len(field.places[0]) > 1:
        return name + blank.name.removeprefix(field.name) if blank.name.startswith(field.name) else name
    old = f"（{blank.unit}）"
    if unit is not None and blank.unit and unit != blank.unit and name.endswith(old):
        return name.removesuffix(old) + (f"（{unit}）" if unit else "")
    return name
