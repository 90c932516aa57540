"""Which PDF a document is read from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from fanwen.library.models import Document


def rendition_of(document: Document) -> Path:
    """The PDF that `document` is read from: the original itself where it is a PDF."""
    folders = settings.FOLDERS
    path: Path = (
        folders.original(document.original_id) if document.family == "pdf" else folders.rendition(document.original_id)
    )
    return path
