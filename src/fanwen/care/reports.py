"""Readers' reports: taken in, counted, settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from fanwen.care.models import Reason, Report
from fanwen.library.models import Document

MOST_AN_HOUR = 5
"""Reports from one sender."""

LONGEST = 2000


class TooMany(Exception):
    """This sender has sent enough for now."""


def sender_of(address: str) -> str:
    """A name for whoever sends from the network `address`, good for a day: made with the library's secret, so that the
    address can't be found from it, and another one tomorrow, so that nobody is followed."""
    return salted_hmac("fanwen.care.sender", f"{timezone.localdate()} {address}", algorithm="sha256").hexdigest()


def report(
    document: Document,
    sender: str,
    *,
    reason: Reason | None,
    text: str = "",
    contact: str = "",
    page: int | None = None,
) -> Report:
    """Take in a report of `document`. Raises `TooMany`."""
    recent = Report.objects.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR:
        raise TooMany
    return Report.objects.create(
        document=document, sender=sender, reason=reason, text=text[:LONGEST], contact=contact[:200], page=page
    )


def open_reports() -> int:
    return Report.objects.filter(state=Report.State.OPEN).count()


def settle(reports: Any, *, by: Any) -> int:
    """Mark open ones of the queryset `reports` as settled; how many."""
    found = reports.filter(state=Report.State.OPEN)
    return int(found.update(state=Report.State.SETTLED, settled_by=by, settled_at=timezone.now()))
