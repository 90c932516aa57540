"""A document as commands and the API describe it: one shape, documented in docs/commands.md."""

from __future__ import annotations

from typing import Any

from fanwen.library.catalogue import category_path
from fanwen.library.models import Document


def describe(document: Document) -> dict[str, Any]:
    """Everything about `document` but its pages; times are ISO 8601 with their zone, sizes bytes."""
    return {
        "number": document.number,
        "title": document.title,
        "uploader": document.uploader.get_username() if document.uploader else "",
        "uploaded_at": document.uploaded_at.isoformat(),
        "format": document.format,
        "pages": document.page_count,
        "size": document.original.size,
        "sha256": document.original_id,
        "category": category_path(document.category),
        "tags": [tag.name for tag in document.tags.all()],
        "status": document.status,
        "visibility": document.visibility,
        "version": document.version,
        "shown_as": document.shown_as,
        "description": document.description,
        "keywords": document.keywords,
        "original_name": document.original_name,
        "notes": document.notes,
        "fonts_missing": document.fonts_missing,
    }
