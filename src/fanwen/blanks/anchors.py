"""Where something stands, by what is around it: what an editor said holds for a new version of the file too."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank

REACH = 24
"""Characters remembered on each side."""

_NEAR = 5
"""Characters on each side that must still be the same after an edit farther away."""

_LONGEST = 80
"""Characters of a paragraph that are remembered."""


@dataclass(frozen=True)
class Anchor:
    """A range of a passage. `label` tells empty cells apart, `nth` equal surroundings, from 0."""

    before: str
    text: str
    after: str
    where: str
    label: str = ""
    nth: int = 0

    def to_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Anchor:
        before, text, after, where = (str(said[key]) for key in ("before", "text", "after", "where"))
        return cls(before, text, after, where, str(said.get("label", "")), int(said.get("nth", 0)))

    @property
    def around(self) -> tuple[str, str, str, str, str]:
        """All but the number."""
        return self.before, self.text, self.after, self.where, self.label

    @property
    def near(self) -> tuple[str, str, str, str, str]:
        return self.before[-_NEAR:], self.text, self.after[:_NEAR], self.where, self.label


def anchors_of(blanks: Iterable[Blank], story: Story) -> dict[str, Anchor]:
    """By blank id, what it is known by."""
    texts = {passage.id: passage.text for passage in story.passages}
    seen: dict[tuple[str, ...], int] = {}
    found: dict[str, Anchor] = {}
    for blank in blanks:
        bare = range_anchor(texts[blank.passage], blank.start, blank.end, blank.where)
        # words around say enough; an empty cell has none, and its label stands elsewhere
        label = "" if (bare.before + bare.after).strip() else blank.label or blank.name
        anchor = dataclasses.replace(bare, label=label)
        found[blank.id] = dataclasses.replace(anchor, nth=seen.get(anchor.around, 0))
        seen[anchor.around] = seen.get(anchor.around, 0) + 1
    return found


def range_anchor(text: str, start: int, end: int, where: str, nth: int = 0) -> Anchor:
    return Anchor(text[max(0, start - REACH) : start], text[start:end], text[end : end + REACH], _where(where), nth=nth)


def _where(where: str) -> str:
    """An endnote counts as a footnote, as it does in the JSON of blanks."""
    return "footnote" if where == "endnote" else where


def matching(anchor: Anchor, known: Mapping[str, Anchor]) -> str | None:
    """The key of the one that `anchor` means: the same surroundings, or where those changed, the only one whose nearest
    words are the same. None where that can't be told."""
    equal = [key for key, other in known.items() if other.around == anchor.around]
    if equal:
        return equal[anchor.nth] if anchor.nth < len(equal) else None
    if not any((anchor.before, anchor.after, anchor.label)):
        return None
    near = [key for key, other in known.items() if other.near == anchor.near]
    return near[0] if len(near) == 1 else None


def find_range(anchor: Anchor, story: Story) -> tuple[Passage, int, int] | None:
    """Where the words of `anchor` stand in the text of `story` now; None where they are gone or no longer one."""
    for wanted, only in ((anchor, False), (_nearer(anchor), True)):
        around = wanted.before + wanted.text + wanted.after
        if not around.strip():
            return None
        found = []
        for passage in story.passages:
            if _where(passage.where) != anchor.where:
                continue
            at = passage.text.find(around)
            while at >= 0:
                start = at + len(wanted.before)
                found.append((passage, start, start + len(wanted.text)))
                at = passage.text.find(around, at + 1)
        if only:
            return found[0] if len(found) == 1 else None
        if found:
            return found[anchor.nth] if anchor.nth < len(found) else None
    return None


def _nearer(anchor: Anchor) -> Anchor:
    return dataclasses.replace(anchor, before=anchor.before[-_NEAR:], after=anchor.after[:_NEAR])


def nth_of(anchor: Anchor, passage: Passage, start: int, story: Story) -> Anchor:
    """`anchor` numbered among the equal places of `story`, for the one at `start` of `passage`."""
    around = anchor.before + anchor.text + anchor.after
    earlier = 0
    for other in story.passages:
        if _where(other.where) != anchor.where:
            continue
        at = other.text.find(around)
        while at >= 0:
            if other.id == passage.id and at + len(anchor.before) == start:
                return dataclasses.replace(anchor, nth=earlier)
            earlier += 1
            at = other.text.find(around, at + 1)
    return anchor


def paragraph_anchor(passage: Passage, passages: Sequence[Passage]) -> Anchor:
    """A whole paragraph."""
    text = passage.text[:_LONGEST]
    alike = [other.id for other in passages if other.where == passage.where and other.text[:_LONGEST] == text]
    return Anchor("", text, "", _where(passage.where), nth=alike.index(passage.id))


def find_paragraph(anchor: Anchor, passages: Sequence[Passage]) -> int | None:
    """The index of the paragraph that `anchor` means: with the same beginning, else the only one that is nearly alike."""
    alike = [
        index
        for index, passage in enumerate(passages)
        if _where(passage.where) == anchor.where and passage.text[:_LONGEST] == anchor.text
    ]
    if alike:
        return alike[anchor.nth] if anchor.nth < len(alike) else None
    start = anchor.text[: 3 * _NEAR]
    near = [
        index
        for index, passage in enumerate(passages)
        if len(start) >= _NEAR and _where(passage.where) == anchor.where and passage.text.startswith(start)
    ]
    return near[0] if len(near) == 1 else None
