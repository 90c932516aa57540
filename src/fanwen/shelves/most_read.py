"""Reads by day: how often a document was read lately, without who read it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db.models import F, Sum
from django.utils import timezone

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.shelves.models import DayReads

KEPT = 35
"""Days that are kept."""

WEEK = 7

_LOOKED_AT = 5
"""Documents looked at for each one shown: some may not be for everyone any more."""


def add(counts: Mapping[int, int], day: datetime.date | None = None) -> None:
    """Count reads of `day` (without one, of today) by document key. Call it in the transaction that counts them on the
    documents; keys of documents that are gone do no harm."""
    today = timezone.localdate()
    day = day or today
    there = set(Document.objects.filter(pk__in=counts).values_list("pk", flat=True))
    made = False
    for key in there:
        if not DayReads.objects.filter(document=key, day=day).update(reads=F("reads") + counts[key]):
            DayReads.objects.create(document_id=key, day=day, reads=counts[key])
            made = True
    if made:
        DayReads.objects.filter(day__lte=today - datetime.timedelta(days=KEPT)).delete()


def of_the_week(count: int) -> list[Document]:
    """What was read most in the last seven days, today included."""
    since = timezone.localdate() - datetime.timedelta(days=WEEK - 1)
    rows = DayReads.objects.filter(day__gte=since).values("document").annotate(times=Sum("reads"))
    keys = list(rows.order_by("-times", "-document").values_list("document", flat=True)[: count * _LOOKED_AT])
    found = catalogue.listed().filter(pk__in=keys, status=Document.Status.READY).in_bulk() if keys else {}
    return [found[key] for key in keys if key in found][:count]
