"""The queue of documents: who works at what, and how work is freed when its worker is gone."""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from fanwen.config.disk import is_held
from fanwen.intake.app import examine
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.search.app import changes

LEASE = timedelta(seconds=60)
"""How long a worker on another machine is believed to live without a sign; on this machine its lock tells at once."""

DEATHS = 2
"""A document at which a converter or worker died this often is set aside."""

BACKGROUND = -10
"""The priority of what can wait, recognising text and looking for blanks: every conversion goes first."""

_HELD = Q(worker__gt="")
"""Held by somebody, in words that the index understands."""

STEP_BACK = 5
"""What a document loses in priority with a death, so that its second trial keeps nobody waiting."""


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(3).hex()}"


def _lock_path(worker: str) -> Path:
    path: Path = settings.FOLDERS.run / f"worker-{worker.replace(':', '-')}.lock"
    return path


def hold_lock(worker: str) -> IO[bytes]:
    """A lock that tells the others that `worker` lives; the system lets go of it when the process dies, however it does."""
    file = _lock_path(worker).open("wb")
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def remove_lock(worker: str) -> None:
    _lock_path(worker).unlink(missing_ok=True)


def is_alive(worker: str) -> bool:
    """Whether a worker of this machine is running."""
    return is_held(_lock_path(worker))


def workers_running() -> bool:
    """Whether any worker of this machine is running on this data folder."""
    for path in settings.FOLDERS.run.glob("worker-*.lock"):
        if is_held(path):
            return True
        path.unlink(missing_ok=True)
    return False


def claim(worker: str, *, above: int | None = None) -> Task | None:
    """The next task, now held by `worker`; None when nothing waits (of a priority over `above`)."""
    # Each is one step in the index, however many wait; asked in one, all would be sorted first.
    for is_free in (Q(worker=""), _HELD & Q(lease_until__lt=timezone.now())):
        free = Task.objects.filter(is_free if above is None else is_free & Q(priority__gt=above))
        # Another worker may be quicker; then there may be a next one.
        while key := free.order_by("-priority", "id").values_list("pk", flat=True).first():
            taken = free.filter(pk=key).update(worker=worker, lease_until=timezone.now() + LEASE)
            # Its document may have been deleted that very moment.
            if taken and (task := Task.objects.select_related("document").filter(pk=key).first()):
                return task
    return None


def free_late() -> None:
    """Free what is held by workers that have given no sign of life for longer than `LEASE`."""
    Task.objects.filter(_HELD, lease_until__lt=timezone.now()).update(worker="", lease_until=None)


def renew(worker: str) -> None:
    """Say that `worker` still works at what it holds."""
    Task.objects.filter(worker=worker).update(lease_until=timezone.now() + LEASE)


def release(worker: str) -> None:
    """Give back what `worker` holds, without blame: it was asked to stop."""
    Task.objects.filter(worker=worker).update(worker="", lease_until=None)


def free_tasks_of_the_dead() -> None:
    """Free what dead workers of this machine held, without blame: nobody saw what they died of."""
    here = socket.gethostname()
    for worker in Task.objects.exclude(worker="").values_list("worker", flat=True).distinct():
        if worker.startswith(f"{here}:") and not is_alive(worker):
            release(worker)


def blame(worker: str) -> None:
    """`worker` was seen to die by itself: count it against the document it held, which is set aside the second time."""
    for task in Task.objects.filter(worker__startswith=worker).select_related("document"):
        count_death(task.document)
    Task.objects.filter(worker__startswith=worker).update(worker="", lease_until=None)


def count_death(document: Document) -> bool:
    """Count a death at the stage `document` is in; True when it is now set aside."""
    stage = Stage.objects.filter(document=document, state="running").first()
    if stage is None:
        return False
    stage.deaths += 1
    stage.save(update_fields=("deaths",))
    if stage.deaths < DEATHS:
        Task.objects.filter(document=document).update(priority=F("priority") - STEP_BACK)
        return False
    fail(stage, IntakeError("converter_died"))
    return True


def fail(stage: Stage, error: IntakeError) -> None:
    """End `stage` with its cause. The document stays listed, downloadable and findable by its title."""
    with transaction.atomic():
        stage.state = Stage.State.FAILED
        stage.finished_at = timezone.now()
        stage.cause, stage.params = error.code, error.params
        stage.save()
        if stage.name in {"converted", "paged"}:
            Document.objects.filter(pk=stage.document_id).update(status=Document.Status.FAILED)
            examine.release(stage.document)
        Task.objects.filter(document=stage.document_id).delete()
        changes.note(stage.document.number)
