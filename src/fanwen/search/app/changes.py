"""The queue of changes that the index writer takes up."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from fanwen.intake.app import wake
from fanwen.search.app.models import Change

BELL = "index"
"""What the index writer is woken by."""


def note(number: str) -> None:
    """Record, in the caller's transaction, that document `number` changed; the writer is woken when it commits."""
    note_all([number])


def note_all(numbers: Iterable[str]) -> None:
    """`note` for many documents."""
    Change.objects.bulk_create((Change(number=number) for number in numbers), batch_size=500)
    transaction.on_commit(_ring)


def _ring() -> None:
    wake.ring(BELL)
