"""In which documents blanks are looked for."""

from __future__ import annotations

from fanwen.library.models import Document

FILLABLE = frozenset({"docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "ppsx"})
"""Formats that are filled as they are; other word processors' files are filled as a DOCX made of them."""


def holds_blanks(document: Document) -> bool:
    """Whether blanks are looked for in this kind of file at all."""
    return document.format in FILLABLE or document.family == "word"
