"""A hole: a range of a passage that looks like a blank, before it is known what it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from fanwen.blanks.types import BlankType, Form, Role

SPACES = " \t\u00a0\u2002\u2003\u2007\u3000"


@dataclass(slots=True)
class Hole:
    passage: int
    """Index in the story's passages."""
    start: int
    end: int
    form: Form
    left: str = ""
    """The text of its line before it, other holes as they stand."""
    near: str = ""
    """The end of `left` that stands after the hole before it."""
    right: str = ""
    """The text of its line after it."""
    text: str = ""
    gap: str = ""
    """The start of `right` up to the next hole."""
    label: str | None = None
    explicit: bool = False
    """The label stands before a colon, in a head or in the file's own data: it asks, and doesn't merely precede."""
    heads: tuple[str, ...] = ()
    """Every label of a table cell: its row head, then its column heads."""
    listed: bool = False
    """A cell of a row that may repeat."""
    prompt: str = ""
    """What the hole itself says: the words of a prompt, the name of a tag."""
    option: str = ""
    """What a checkbox stands for."""
    key: str = ""
    """Equal keys ask for the same fact, whatever stands around."""
    type: BlankType | None = None
    unit: str | None = None
    hedge: str | None = None
    role: Role = "slot"
    group: int | None = None
    part: str = ""
    """Which part of a date: 年, 月, 日, 时 or 分."""
    edge: str = ""
    """起 or 止: which end of a range of dates."""
    same_as: int | None = None
    suggestion: str | None = None
    confidence: float = 0.9
    glued: bool = False
    """Stands inside a sentence."""
