"""Counting reads without a write for every reader: counts are gathered in the process and written now and then."""

from __future__ import annotations

import threading
import time
from collections import Counter

import structlog
from django.db import OperationalError, transaction
from django.db.models import F

from fanwen.library.models import Document
from fanwen.shelves import most_read

EVERY = 15.0
"""Seconds between two writes. A process that is killed loses at most that much; and every write is a change that kept
pages are made anew after (`fanwen.reading.kept`)."""

log = structlog.get_logger("fanwen.reading")
_lock = threading.Lock()
_counts: Counter[int] = Counter()
_written = 0.0


def count(key: int) -> None:
    """One more read of the document with the primary key `key`."""
    with _lock:
        _counts[key] += 1
        due = time.monotonic() - _written >= EVERY
    if due:
        write()


def waiting(document: Document) -> int:
    """Reads of `document` that are not in the table yet."""
    return _counts.get(document.pk, 0)


def write() -> None:
    """Write what has been gathered. A database that is busy is left alone until the next time."""
    global _written
    with _lock:
        gathered = Counter(_counts)
        _counts.clear()
        _written = time.monotonic()
    try:
        with transaction.atomic():
            for key, times in gathered.items():
                Document.objects.filter(pk=key).update(reads=F("reads") + times)
            most_read.add(gathered)
    except OperationalError as error:
        log.info("reads not counted yet", reason=str(error))
        with _lock:
            _counts.update(gathered)


def forget() -> None:
    """Drop what has been gathered."""
    with _lock:
        _counts.clear()
