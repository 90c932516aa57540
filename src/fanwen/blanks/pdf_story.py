"""A PDF as a story: a passage a line of each page. It is read, never filled."""

from __future__ import annotations

from pathlib import Path

from fanwen.blanks.errors import MESSAGES
from fanwen.blanks.story import Passage, Story
from fanwen.intake.pdf import read_pages

PAGE_LIMIT = 5000


def pdf_story(path: Path) -> Story:
    """Raises `IntakeError` for a PDF that can't be read or has more than `PAGE_LIMIT` pages."""
    passages = []
    for page in read_pages(path, limit=PAGE_LIMIT):
        for number, line in enumerate(page.text.split("\n")):
            passages.append(Passage(f"page{page.number}#{number}", "body", line, container=f"page{page.number}"))
    return Story("pdf", tuple(passages), fillable=False, reason=MESSAGES["pdf_fixed"])
