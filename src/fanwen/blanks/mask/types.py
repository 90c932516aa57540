"""What masking finds and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Sort = Literal[
    "date", "number", "money", "percent", "ordinal", "person", "organization", "place", "phone", "id", "email", "text"
]
SORTS: tuple[Sort, ...] = (
    "date", "number", "money", "percent", "ordinal", "person", "organization", "place", "phone", "id", "email", "text",
)  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """``text[start:end]`` names a fact. `holes` are the ranges in it that become blanks: 2025年3月 has two, 120所 one."""

    start: int
    end: int
    sort: Sort
    holes: tuple[tuple[int, int], ...]
    sure: bool = True
    """False: only listed, for someone to decide."""


Splice = tuple[int, int, bytes]
"""A byte range of a part (of its UTF-8 form) and what it becomes."""


@dataclass(frozen=True)
class Figure:
    """A passage that is nothing but a number, without anything that says what it counts."""

    passage: str
    text: str


@dataclass(frozen=True)
class Taken:
    """A fact that was taken out. `field` is the same for the same fact."""

    field: str
    sort: Sort
    text: str
    passage: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "type": self.sort,
            "text": self.text,
            "passage": self.passage,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class Unjudged:
    """Something that may still tell what was to be masked, and why it was left. `reason`: doubtful (text that may be
    a name), computed, bound, hidden, comment, part, picture, embedded, metadata, attribute, repeated."""

    place: str
    reason: str
    text: str
    sort: Sort | None = None
    """What doubtful text may be."""

    def to_dict(self) -> dict[str, str | None]:
        return {"place": self.place, "reason": self.reason, "text": self.text, "type": self.sort}
