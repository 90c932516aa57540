"""Plain text as a story: a passage a line. It is read, never filled."""

from __future__ import annotations

from pathlib import Path

from fanwen.blanks.errors import MESSAGES
from fanwen.blanks.story import Passage, Story
from fanwen.intake.charset import decode


def text_story(path: Path, format_: str = "txt") -> Story:
    """The lines of a text file in any of the encodings that intake knows."""
    return story_of(decode(path.read_bytes()), format_)


def story_of(text: str, format_: str = "txt") -> Story:
    """The lines of `text`; passage ids are ``text#<line from 0>``, offsets count within the line."""
    lines = text.splitlines()
    passages = tuple(Passage(f"text#{n}", "body", line, container="text") for n, line in enumerate(lines))
    return Story(format_, passages, fillable=False, reason=MESSAGES["text_plain"])
