"""Counting reads without a write for every reader (`fanwen.library.gathered`)."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import F

from fanwen.library.gathered import Gathered
from fanwen.library.models import Document
from fanwen.shelves import most_read


@transaction.atomic
def _write(gathered: Counter[int]) -> None:
    for key, times in gathered.items():
        Document.objects.filter(pk=key).update(reads=F("reads") + times)
    most_read.add(gathered)


_gathered = Gathered("reads", _write)
write = _gathered.write
forget = _gathered.forget


def count(key: int) -> None:
    """One more read of the document with the primary key `key`."""
    _gathered.count(key)


def waiting(document: Document) -> int:
    """Reads of `document` that are not in the table yet."""
    return _gathered.waiting(document.pk)
