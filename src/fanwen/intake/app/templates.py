"""Sending documents to the stage that finds their blanks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from fanwen.blanks.app import service
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.queue import BACKGROUND
from fanwen.intake.app.wake import ring
from fanwen.library.models import Document

ASKED, ALL = 20, BACKGROUND
"""Priorities: someone waits for the form; every document anew, after anything else."""

_BATCH = 500


def look_for_blanks(documents: Sequence[Document], *, priority: int = ASKED) -> None:
    """Queue the stage ``blanks`` for `documents`. One that is queued already keeps its place unless this one is better."""
    for first in range(0, len(documents), _BATCH):
        batch = documents[first : first + _BATCH]
        with transaction.atomic():
            Stage.objects.bulk_create(
                [Stage(document=document, name="blanks") for document in batch], ignore_conflicts=True
            )
            waiting = Stage.objects.filter(document__in=batch, name="blanks").exclude(state="running")
            waiting.update(state="waiting", cause="", params={}, deaths=0)
            Task.objects.bulk_create(
                [Task(document=document, priority=priority) for document in batch], ignore_conflicts=True
            )
            Task.objects.filter(document__in=batch, worker="", priority__lt=priority).update(priority=priority)
    ring("worker")


def look_again() -> None:
    """Queue what this version of detection has not seen yet: after an update, and for documents older than forms."""
    if documents := service.outdated():
        look_for_blanks(documents, priority=ALL)
