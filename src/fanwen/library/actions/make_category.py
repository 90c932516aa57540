"""Make a category from its path."""

from __future__ import annotations

from django.db import transaction

from fanwen.library.models import Category


def make_category(path: str) -> Category | None:
    """The category at `path` (``A/B``), made where it is missing, its parents too; None for an empty path."""
    category: Category | None = None
    with transaction.atomic():
        for name in (part.strip() for part in path.split("/")):
            if name:
                category, _ = Category.objects.get_or_create(parent=category, name=name[:100])
    return category
