"""The index writer: the one process that brings changes of the catalogue into the index.

The catalogue is the truth and its table of changes the queue. Each commit of the index carries the sequence of the last
change it holds; changes are removed only after that, so whatever dies in between is done again, which does no harm.
"""

from __future__ import annotations

import fcntl
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone

from fanwen.intake.app.models import Stage
from fanwen.intake.app.wake import Bell
from fanwen.library.models import Document
from fanwen.search.app import changes, feed
from fanwen.search.app.models import Change
from fanwen.search.engine import IndexBusy
from fanwen.search.tantivy import EmbeddedEngine

log = structlog.get_logger("fanwen.search")

_MOST_CHANGES = 500
_LONGEST_BATCH = 0.7
"""Seconds after which a batch is committed although more changes wait."""
_MOST_PAGES = 2_000
"""Pages after which it is."""
_REST = 1.0
"""Seconds of sleep when nothing rings."""
_TROUBLE_REST = 5.0


class IndexWriter:
    """Applies changes to the index in `folder`. Only while holding `writer_lock`."""

    def __init__(self, folder: Path) -> None:
        self._engine = EmbeddedEngine(folder)
        self._generation: Path | None = None
        self._applied = 0

    def step(self) -> bool:
        """Apply one batch of changes; False if there was nothing to do."""
        self._follow_generation()
        waiting = list(Change.objects.filter(pk__gt=self._applied).order_by("pk")[:_MOST_CHANGES])
        if not waiting:
            return False
        began, started_at = time.monotonic(), timezone.now()
        done: set[str] = set()
        pages, last = 0, self._applied
        for change in waiting:
            if change.number not in done:
                if pages >= _MOST_PAGES or (done and time.monotonic() - began > _LONGEST_BATCH):
                    break
                pages += self._apply(change.number)
                done.add(change.number)
            last = change.pk
        self._engine.commit(last)
        self._applied = last
        seconds = time.monotonic() - began
        with transaction.atomic():
            self._mark(done, started_at, seconds)
            self._prune(last)
        log.info("indexed", documents=len(done), pages=pages, sequence=last, seconds=round(seconds, 3))
        return True

    def _apply(self, number: str) -> int:
        found = list(feed.documents([number]))
        if found:
            return self._engine.index(found)
        self._engine.delete([number])
        return 0

    def _follow_generation(self) -> None:
        """Take up the live generation, after a start or a swap; make one, and fill it, where there is none."""
        live = self._engine.generations.live()
        if live is not None and live == self._generation:
            return
        swapped = self._generation is not None and live is not None
        missing = live is None
        self._generation = self._engine.writer().path
        self._sweep()
        # After a start, changes that are still there are applied again; after a swap those the rebuild did not see are.
        self._applied = self._engine.sequence() if swapped else 0
        if missing and not Change.objects.exists():
            changes.note_all(Document.objects.values_list("number", flat=True))
        elif missing:
            noted = Change.objects.values("number")
            changes.note_all(Document.objects.exclude(number__in=noted).values_list("number", flat=True))

    def _sweep(self) -> None:
        """Clear generations away that a swap or an interrupted rebuild left behind."""
        try:
            with self._engine.generations.building():
                self._engine.generations.sweep()
        except IndexBusy:
            log.info("old generations are kept while the index is rebuilt")

    def _mark(self, numbers: set[str], started_at: object, seconds: float) -> None:
        """The stage `indexed` of these documents is done, unless they changed again or their pages are still to come."""
        changed_again = set(
            Change.objects.filter(pk__gt=self._applied, number__in=numbers).values_list("number", flat=True)
        )
        Stage.objects.filter(name=Stage.Name.INDEXED, document__number__in=numbers - changed_again).exclude(
            document__status=Document.Status.WORKING
        ).update(
            state=Stage.State.DONE,
            started_at=started_at,
            finished_at=timezone.now(),
            seconds=seconds,
            cause="",
            params={},
        )

    def _prune(self, last: int) -> None:
        """Remove applied changes, unless a rebuild is going on that has still to apply them.

        The order matters: a rebuild swaps the pointer before it lets go of its lock.
        """
        generations = self._engine.generations
        if not generations.is_building() and generations.live() == self._generation:
            Change.objects.filter(pk__lte=last).delete()

    def close(self) -> None:
        self._engine.close()
        self._generation = None


def acquire_lock(stop: Callable[[], bool]) -> IO[str] | None:
    """The lock of the one index writer, waited for; None if `stop` says to end first. It is let go with the file."""
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    file = (settings.FOLDERS.run / "index-writer.lock").open("a")
    while not stop():
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.3)
            continue
        return file
    file.close()
    return None


def run(stop: Callable[[], bool]) -> None:
    """Write the index until `stop` says to end; waits while another process does."""
    lock = acquire_lock(stop)
    if lock is None:
        return
    with lock, Bell(changes.BELL) as bell:
        writer = IndexWriter(settings.FOLDERS.index)
        try:
            while not stop():
                try:
                    if not writer.step():
                        bell.wait(_REST)
                except (OSError, ValueError, OperationalError) as error:
                    # A full disk, a folder gone: what was not committed is dropped, and tried again from the queue.
                    log.error("the index can't be written", error=str(error))
                    _quietly_close(writer)
                    writer = IndexWriter(settings.FOLDERS.index)
                    close_old_connections()
                    bell.wait(_TROUBLE_REST)
        finally:
            writer.close()


def _quietly_close(writer: IndexWriter) -> None:
    try:
        writer.close()
    except (OSError, ValueError) as error:
        log.error("the index could not be closed", error=str(error))


def main() -> None:
    """Run the index writer in this process, until SIGTERM."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    run(ending.is_set)
