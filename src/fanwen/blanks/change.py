"""One edit of a passage, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Change:
    """``passage.text[start:end]`` becomes `text`. Where `checked` is not None, the one character (or control) there is
    a box that is ticked or cleared; `text` is then only used where the box is a plain character."""

    start: int
    end: int
    text: str
    checked: bool | None = None
    name: str = ""
    """The field's name, for errors."""
