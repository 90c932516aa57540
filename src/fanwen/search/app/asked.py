"""What was searched for: counted without who asked, and never what looks like somebody's data."""

from __future__ import annotations

import re
import threading
import time

from django.db.models import F
from django.utils import timezone

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
    """Count `query`, which found something. Numbers of seven digits and more, and addresses, are not kept."""
    text = " ".join(query.split())[:LONGEST]
    if len(canonical(text)) < 2 or _PERSONAL.search(canonical(text)):
        return
    if SearchedFor.objects.filter(query=text).update(times=F("times") + 1, last_at=timezone.now()):
        return
    row, made = SearchedFor.objects.get_or_create(query=text, defaults={"times": 1})
    if not made:
        SearchedFor.objects.filter(pk=row.pk).update(times=F("times") + 1)
    elif row.pk % 500 == 0:
        kept = SearchedFor.objects.order_by("-last_at").values_list("last_at", flat=True)[_MOST_ROWS : _MOST_ROWS + 1]
        if kept:
            SearchedFor.objects.filter(last_at__lte=kept[0]).delete()


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
    """Read the table anew at the next question."""
    global _remembered
    with _lock:
        _remembered = (-_FRESH, [])
