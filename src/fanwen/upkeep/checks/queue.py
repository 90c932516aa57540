"""The queue of documents: what waits, and what would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.queue import BACKGROUND, free_tasks_of_the_dead, workers_running
from fanwen.intake.app.wake import ring
from fanwen.library.models import Document
from fanwen.upkeep.findings import Finding, count, ok, problem, some, warning

STAGES = ("converted", "paged", "recognised", "replaced")
"""What workers do; `stored` is done with the upload, `indexed` by the index writer."""


def findings() -> Iterator[Finding]:
    waiting, held = Task.objects.filter(worker="").count(), Task.objects.exclude(worker="").count()
    # What can wait, such as recognition after an import, is left for the next service and is no trouble.
    urgent = Task.objects.filter(worker="", priority__gt=BACKGROUND).count()
    if urgent and not workers_running():
        yield warning(
            "queue", f"{count(urgent, 'document')} waiting and no worker running", "fanwen serve, or fanwen work"
        )
    else:
        yield ok("queue", f"{waiting:,} waiting, {held:,} in work")
    if late := Task.objects.exclude(worker="").filter(lease_until__lt=timezone.now()).count():
        yield warning(
            "leases",
            f"{count(late, 'document')} held by workers that give no sign of life; another worker takes them up",
            "fanwen check --repair",
            _free,
        )
    if lost := list(forgotten().values_list("number", flat=True)):
        yield problem(
            "forgotten",
            f"{count(len(lost), 'document')} unfinished, but not in the queue: {some(lost)}",
            "fanwen check --repair",
            lambda: enqueue(lost),
        )
    failed = Document.objects.filter(status=Document.Status.FAILED).count()
    yield ok("failures", f"{count(failed, 'document')} can't be read; their pages say why" if failed else "none")


def forgotten() -> QuerySet[Document]:
    """Documents with work to do that no task stands for."""
    undone = Stage.objects.filter(name__in=STAGES, state__in=("waiting", "running")).values("document")
    # What follows a failed stage waits until someone retries.
    unfinished = Q(status=Document.Status.WORKING) | Q(pk__in=undone) & ~Q(status=Document.Status.FAILED)
    return Document.objects.filter(unfinished, task=None)


def enqueue(numbers: list[str]) -> str:
    """Put unfinished documents back into the queue; every stage that was begun starts anew."""
    done = 0
    for number in numbers:
        with transaction.atomic():
            document = Document.objects.filter(number=number, task=None).first()
            if document is None:
                continue
            stages = Stage.objects.filter(document=document)
            for name in ("converted", "paged"):
                if not stages.filter(name=name).exists():
                    Stage.objects.create(document=document, name=name)
            stages.filter(name__in=STAGES, state="running").update(state="waiting", started_at=None)
            if document.status == Document.Status.WORKING:
                # It is paging that ends with a document's being ready, so there must be some to do.
                stages.filter(name="paged").update(state="waiting", started_at=None, finished_at=None)
            Task.objects.create(document=document)
            done += 1
    ring("worker")
    return f"put {count(done, 'document')} back into the queue"


def again(numbers: list[str], *names: str) -> str:
    """Send documents through the stages `names` and those that follow from them once more."""
    for number in numbers:
        with transaction.atomic():
            document = Document.objects.filter(number=number).first()
            if document is None:
                continue
            Stage.objects.filter(document=document, name__in=names).update(
                state="waiting", cause="", params={}, deaths=0, seconds=None, started_at=None, finished_at=None
            )
            Document.objects.filter(pk=document.pk).update(status=Document.Status.WORKING)
            Task.objects.get_or_create(document=document)
    ring("worker")
    return f"put {count(len(numbers), 'document')} back into the queue"


def _free() -> str:
    free_tasks_of_the_dead()
    Task.objects.exclude(worker="").filter(lease_until__lt=timezone.now()).update(worker="", lease_until=None)
    ring("worker")
    return "freed what they held"
