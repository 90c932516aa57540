"""The queue of changes that the index writer takes up."""

from __future__ import annotations

from fanwen.search.app.models import Change


def note(number: str) -> None:
    """Record, in the caller's transaction, that document `number` changed."""
    Change.objects.create(number=number)
