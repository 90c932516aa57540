"""Change what people say about a document."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from fanwen.library.models import Category, Document, Tag
from fanwen.library.signals import document_changed


def edit_document(
    document: Document,
    *,
    title: str,
    category: Category | None,
    tags: Sequence[str],
    description: str | None = None,
    shown_as: str | None = None,
) -> None:
    """Set title (an empty one leaves it as it is), category and tags of `document`, and if they are given its description
    and how its uploader is named (a value of `Document.ShownAs`). Search hears of it."""
    with transaction.atomic():
        document.refresh_from_db()
        if title and title[:300] != document.title:
            document.title, document.title_given = title[:300], True
        document.category = category
        if description is not None:
            document.description = description
        if shown_as is not None:
            document.shown_as = Document.ShownAs(shown_as)
        document.save(update_fields=("title", "title_given", "category", "description", "shown_as"))
        document.tags.set([Tag.objects.get_or_create(name=name[:50])[0] for name in tags])
        document_changed.send(Document, number=document.number)
