"""What an editor said of the blanks that were found, kept apart from the file: pure functions over blanks.

Each correction names its blank by what stands around it (`fanwen.blanks.anchors`), so it holds for a new version of the
file and for another version of detection as long as the surroundings are the same. What no longer matches is given back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fanwen.blanks.anchors import Anchor, anchors_of, find_range, matching
from fanwen.blanks.detect.detector import described
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank

TEXTS = ("name", "type", "unit", "role", "help")
"""What may be said as text; an empty unit is none."""


@dataclass(frozen=True)
class Correction:
    """What was said of one blank. `said` may hold `TEXTS`, ``required`` (bool) and ``choices`` (list of texts);
    ``same_as`` and ``group`` hold the anchor of the blank it goes together with, or None where it stands by itself."""

    anchor: Anchor
    add: str = ""
    """Detection missed it; it gets this id (`a1`, `a2`, ...), which is never given twice."""
    drop: bool = False
    """It is not a blank."""
    said: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        said = {key: value.to_dict() if isinstance(value, Anchor) else value for key, value in self.said.items()}
        return {"anchor": self.anchor.to_dict(), "add": self.add, "drop": self.drop, "said": said}

    @classmethod
    def from_dict(cls, entry: Mapping[str, Any]) -> Correction:
        said = {
            key: Anchor.from_dict(value) if key in ("same_as", "group") and value is not None else value
            for key, value in entry.get("said", {}).items()
        }
        return cls(Anchor.from_dict(entry["anchor"]), str(entry.get("add", "")), bool(entry.get("drop", False)), said)


@dataclass(frozen=True)
class Corrected:
    """Blanks as they are after correcting. `details` are, by blank id, ``required``, ``help`` and ``choices`` where
    something was said of them; `lost` are the corrections that match nothing (any more)."""

    blanks: tuple[Blank, ...]
    details: Mapping[str, Mapping[str, Any]]
    lost: tuple[Correction, ...]


def apply(story: Story, blanks: Sequence[Blank], corrections: Iterable[Correction]) -> Corrected:
    """`blanks` of `story` as detected, corrected. Ids stay as they are, so that values typed before keep their places."""
    known, lost = anchors_of(blanks, story), []
    current = {blank.id: blank for blank in blanks}
    meant: list[tuple[str, Correction]] = []
    for one in corrections:
        if one.add:
            added = _added(story, one, current.values())
            if added is not None:
                current[added.id] = added
                known[added.id] = one.anchor
                meant.append((added.id, one))
                continue
        elif (id_ := matching(one.anchor, known)) is not None:
            meant.append((id_, one))
            continue
        lost.append(one)
    details: dict[str, dict[str, Any]] = {}
    for id_, one in meant:
        current[id_] = _said(current[id_], one.said)
        details.setdefault(id_, {}).update(
            {key: one.said[key] for key in ("required", "help", "choices") if key in one.said}
        )
    linked: dict[str, str] = {}
    for id_, one in meant:
        if not _link(current, linked, known, id_, one):
            lost.append(one)
    dropped = {id_ for id_, one in meant if one.drop}
    order = {passage.id: number for number, passage in enumerate(story.passages)}
    kept = sorted(
        (blank for blank in current.values() if blank.id not in dropped),
        key=lambda blank: (order[blank.passage], blank.start, blank.end),
    )
    return Corrected(_sameness(kept, linked), {id_: said for id_, said in details.items() if said}, tuple(lost))


def _added(story: Story, one: Correction, others: Iterable[Blank]) -> Blank | None:
    """The blank that was missed; None where its words are gone, or where a blank is found there by now."""
    place = find_range(one.anchor, story)
    if place is None:
        return None
    passage, start, end = place
    for other in others:
        if other.passage == passage.id and (
            (other.start < end and start < other.end) or (other.start, other.end) == (start, end)
        ):
            return None
    return described(passage, start, end, one.add)


def _said(blank: Blank, said: Mapping[str, Any]) -> Blank:
    changed: dict[str, Any] = {key: said[key] for key in ("name", "type", "role") if said.get(key)}
    if "unit" in said:
        changed["unit"] = said["unit"] or None
    if changed.get("role") == "slot" and blank.role == "elision" and "type" not in changed:
        changed["type"] = "text"
    if changed.get("role") == "elision":
        changed |= {"type": None, "unit": None, "hedge": None}
    if changed.get("type") == "choice" and blank.kind not in ("checkbox", "bracket", "control", "form_field"):
        changed["type"] = "text"  # a choice among words: what is written is the word itself
    return dataclasses.replace(blank, **changed, confidence=1.0) if said else blank


def _link(
    current: dict[str, Blank], linked: dict[str, str], known: Mapping[str, Anchor], id_: str, one: Correction
) -> bool:
    """Put a blank together with another one, or by itself. False where the other one is gone."""
    if "group" in one.said:
        other = one.said["group"]
        if other is None:
            current[id_] = dataclasses.replace(current[id_], group=None)
        elif (head := matching(other, known)) is None:
            return False
        else:
            # the group of the first, or one named after it
            group = current[head].group or f"g{head}"
            for member in (head, id_):
                current[member] = dataclasses.replace(current[member], group=group)
    if "same_as" in one.said:
        other = one.said["same_as"]
        if other is None:
            current[id_] = dataclasses.replace(current[id_], same_as=None)
        elif (head := matching(other, known)) is None or head == id_:
            return False
        else:
            linked[id_] = head
    return True


def _sameness(blanks: Sequence[Blank], linked: Mapping[str, str]) -> tuple[Blank, ...]:
    """`same_as` always names the first blank with the fact, also where that one was dropped or another one joined it."""
    together: dict[str, str] = {}

    def top(id_: str) -> str:
        while together.get(id_, id_) != id_:
            id_ = together[id_]
        return id_

    for blank in blanks:
        for other in (blank.same_as, linked.get(blank.id)):
            if other is not None:
                together[top(blank.id)] = top(other)
    first: dict[str, str] = {}
    settled = []
    for blank in blanks:
        head = first.setdefault(top(blank.id), blank.id)
        settled.append(dataclasses.replace(blank, same_as=None if head == blank.id else head))
    return tuple(settled)
