"""Optional passages: paragraphs from one to another that a document may go without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.anchors import Anchor, find_paragraph
from fanwen.blanks.story import Story


@dataclass(frozen=True)
class OptionalPassage:
    """What an editor marked. `first` and `last` are whole paragraphs, the same one where there is only one."""

    id: str
    """`p1`, `p2`, ... in the order in which they were marked; never given twice."""
    name: str
    first: Anchor
    last: Anchor
    default_on: bool = True
    """Whether a form begins with it in the document."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "first": self.first.to_dict(),
            "last": self.last.to_dict(),
            "default_on": self.default_on,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> OptionalPassage:
        first, last = Anchor.from_dict(said["first"]), Anchor.from_dict(said["last"])
        return cls(str(said["id"]), str(said["name"]), first, last, bool(said.get("default_on", True)))


@dataclass(frozen=True)
class Stretch:
    """An optional passage as it stands in a file: the ids of its story passages in order."""

    id: str
    name: str
    paragraphs: tuple[str, ...]
    default_on: bool

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "paragraphs": list(self.paragraphs), "default_on": self.default_on}


def locate(story: Story, marked: Iterable[OptionalPassage]) -> tuple[tuple[Stretch, ...], tuple[OptionalPassage, ...]]:
    """Where the optional passages stand in `story`, and those whose ends are no longer there or changed places."""
    found: list[Stretch] = []
    missing: list[OptionalPassage] = []
    for one in marked:
        first, last = find_paragraph(one.first, story.passages), find_paragraph(one.last, story.passages)
        if first is None or last is None or last < first:
            missing.append(one)
            continue
        ids = tuple(passage.id for passage in story.passages[first : last + 1])
        found.append(Stretch(one.id, one.name, ids, one.default_on))
    return tuple(found), tuple(missing)
