"""What was searched for: counted without who asked, and never what looks like somebody's data."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fanwen.library.gathered import Gathered
from fanwen.search.app.models import SearchedFor
from fanwen.search.folding import canonical

LONGEST = 100
_PERSONAL = re.compile(r"\d{7,}|@")
_MOST_ROWS = 20_000
_REMEMBERED = 2_000
_FRESH = 60.0
"""Seconds for which a process goes on with the queries it read last."""

_lock = threading.Lock()
_remembered: tuple[float, list[tuple[str, str, int]]] = (-_FRESH, [])


def log(query: str) -> None:
    """Count `query`, which found something. Numbers of seven digits and more, and addresses, are not kept. Searches are
    gathered and written now and then (`fanwen.library.gathered`)."""
    text = " ".join(query.split())[:LONGEST]
    if len(canonical(text)) >= 2 and not _PERSONAL.search(canonical(text)):
        _gathered.count(text)


@transaction.atomic
def _write(gathered: Counter[str]) -> None:
    now = timezone.now()
    for text, times in gathered.items():
        if SearchedFor.objects.filter(query=text).update(times=F("times") + times, last_at=now):
            continue
        if SearchedFor.objects.create(query=text, times=times).pk % 500 == 0:
            last = SearchedFor.objects.order_by("-last_at").values_list("last_at", flat=True)
            if over := last[_MOST_ROWS : _MOST_ROWS + 1]:
                SearchedFor.objects.filter(last_at__lte=over[0]).delete()


_gathered = Gathered("searches", _write)
write = _gathered.write


def remembered() -> list[tuple[str, str, int]]:
    """The queries made most: (canonical, as typed, times), most frequent first."""
    global _remembered
    with _lock:
        read_at, queries = _remembered
        if time.monotonic() - read_at > _FRESH:
            rows = SearchedFor.objects.order_by("-times", "-last_at").values_list("query", "times")[:_REMEMBERED]
            queries = [(canonical(query), query, times) for query, times in rows]
            _remembered = (time.monotonic(), queries)
        return queries


def forget() -> None:
    """Drop what has been gathered, and read the table anew at the next question."""
    global _remembered
    _gathered.forget()
    with _lock:
        _remembered = (-_FRESH, [])
