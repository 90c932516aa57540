"""Where a document is on its way, and how it is sent on its way again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.wake import ring
from fanwen.library.models import Document


@dataclass(frozen=True)
class StageProgress:
    name: str
    state: str
    seconds: float | None = None
    cause: str = ""
    """A key of `fanwen.intake.causes.CAUSES`; empty unless failed."""
    params: dict[str, Any] | None = None


@dataclass(frozen=True)
class Progress:
    """All stages of a document in order."""

    status: str
    stages: tuple[StageProgress, ...]
    place: int = 0
    """How many documents will be taken before this one; 0 when it is its turn or there is nothing to do."""
    waiting: bool = False
    """It waits for a worker."""

    @property
    def finished(self) -> bool:
        """Readable or failed, and what can be found of it is findable."""
        return self.status != "working" and all(
            s.state in {"done", "failed"} for s in self.stages if s.name == "indexed"
        )

    @property
    def failure(self) -> StageProgress | None:
        return next((stage for stage in self.stages if stage.state == "failed"), None)


def progress(document: Document) -> Progress:
    """Where `document` is now, but for the search for blanks, which nobody waits for; read anew from the database."""
    status = Document.objects.values_list("status", flat=True).get(pk=document.pk)
    stages = tuple(
        StageProgress(stage.name, stage.state, stage.seconds, stage.cause, stage.params)
        for stage in Stage.objects.filter(document=document).exclude(name="blanks")
    )
    task = Task.objects.filter(document=document).first()
    if task is None or task.worker:
        return Progress(status, stages)
    waiting = Task.objects.filter(worker="")
    before = (
        waiting.filter(priority__gt=task.priority) | waiting.filter(priority=task.priority, pk__lt=task.pk)
    ).count()
    return Progress(status, stages, place=before, waiting=True)


def retry(document: Document, *, priority: int = 20) -> bool:
    """Send a failed document through its failed stages again, ahead of others. False if nothing had failed."""
    with transaction.atomic():
        failed = Stage.objects.filter(document=document, state="failed")
        names = set(failed.values_list("name", flat=True))
        if not names:
            return False
        if names & {"converted", "paged"}:
            # What was found to be wrong with the PDF may lie in how it was made: both are done again.
            failed = Stage.objects.filter(document=document, name__in=("converted", "paged"))
            Document.objects.filter(pk=document.pk).update(status=Document.Status.WORKING)
        failed.update(state="waiting", cause="", params={}, deaths=0, seconds=None, started_at=None, finished_at=None)
        Task.objects.update_or_create(
            document=document, defaults={"priority": priority, "worker": "", "lease_until": None}
        )
    ring("worker")
    return True
