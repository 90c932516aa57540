"""A plain text file as a story: a passage a line. It is read, never filled."""

from __future__ import annotations

from pathlib import Path

from fanwen.blanks.errors import MESSAGES
from fanwen.blanks.story import Passage, Story
from fanwen.intake.charset import decode


def text_story(path: Path, format_: str = "txt") -> Story:
    lines = decode(path.read_bytes()).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    passages = tuple(Passage(f"text#{n}", "body", line, container="text") for n, line in enumerate(lines))
    return Story(format_, passages, fillable=False, reason=MESSAGES["text_plain"])
