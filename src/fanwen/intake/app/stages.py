"""Where a document is on its way, and how it is sent on its way again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Func, OuterRef, Q, Subquery

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
    return progress_of([document])[document.pk]


def progress_of(documents: Sequence[Document]) -> dict[int, Progress]:
    """The same for several documents, by their keys, with as many queries as for one."""
    keys = [document.pk for document in documents]
    status: dict[int, str] = {}
    found: dict[int, list[StageProgress]] = {key: [] for key in keys}
    rows = Stage.objects.filter(document__in=keys)
    for key, its_status, name, *stage in rows.values_list(
        "document_id", "document__status", "name", "state", "seconds", "cause", "params"
    ):
        status[key] = its_status
        if name != "blanks":
            found[key].append(StageProgress(name, *stage))
    if len(status) < len(keys):  # some have no stage yet
        status |= dict(Document.objects.filter(pk__in=keys).values_list("pk", "status"))
    open_ = [key for key, stages in found.items() if any(s.state in {"waiting", "running"} for s in stages)]
    places = _places(open_) if open_ else {}
    return {
        key: Progress(status[key], tuple(found[key]), place=places.get(key, 0), waiting=key in places)
        for key in keys
        if key in status
    }


def _places(keys: list[int]) -> dict[int, int]:
    """How many tasks are before each of those that wait."""
    ahead = Q(priority__gt=OuterRef("priority")) | Q(priority=OuterRef("priority"), pk__lt=OuterRef("pk"))
    before = Task.objects.filter(ahead, worker="").order_by().annotate(tasks=Func("pk", function="COUNT"))
    waiting = Task.objects.filter(worker="", document__in=keys).order_by()
    return dict(waiting.annotate(place=Subquery(before.values("tasks"))).values_list("document_id", "place"))


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
            # So may what kind of file it was taken for: without one it is looked at anew.
            Document.objects.filter(pk=document.pk).update(status=Document.Status.WORKING, family="")
        failed.update(state="waiting", cause="", params={}, deaths=0, seconds=None, started_at=None, finished_at=None)
        Task.objects.update_or_create(
            document=document, defaults={"priority": priority, "worker": "", "lease_until": None}
        )
    ring("worker")
    return True
