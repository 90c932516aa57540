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
from fanwen.search.app import changes, feed, popularity
from fanwen.search.app.models import Change
from fanwen.search.engine import IndexBusy
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.tantivy.writing import Writer

log = structlog.get_logger("fanwen.search")

_MOST_CHANGES = 500
_MOST_PAGES = 1_000
"""Pages after which a batch is committed although more changes wait; they take about half a second."""
_REST = 1.0
"""Seconds of sleep when nothing rings."""
_BETWEEN = 0.75
"""Seconds from one commit to the next while documents are being made readable: a commit costs the same for one document as
for ten, and while many are imported its time is the converters'."""
_TROUBLE_REST = 5.0
_COUNT_READS = 86_400.0
"""Seconds between two looks at how often documents are read."""


class IndexWriter:
    """Applies changes to the index in `folder`. Only while holding `writer_lock`."""

    def __init__(self, folder: Path) -> None:
        self._engine = EmbeddedEngine(folder)
        self._generation: Path | None = None
        self._applied = 0

    def step(self) -> bool:
        """Apply one batch of changes; False if there was nothing to do."""
        writer = self._follow_generation()
        waiting = list(Change.objects.filter(pk__gt=self._applied).order_by("pk")[:_MOST_CHANGES])
        if not waiting:
            return False
        began, started_at = time.monotonic(), timezone.now()
        numbers, last = _batch(waiting)
        pages, missing, refused = 0, set(numbers), set[str]()
        for document in feed.documents(numbers):
            missing.discard(document.number)
            try:
                pages += writer.index([document])
            except (OSError, OperationalError):
                raise  # the disk or the database, not the document: the whole batch is tried again
            except Exception:
                # One document that can't be indexed must not keep the others from being found.
                log.exception("a document can't be indexed", number=document.number)
                refused.add(document.number)
        writer.delete(missing | refused)
        writer.commit(last)
        self._applied = last
        seconds = time.monotonic() - began
        with transaction.atomic():
            self._mark(set(numbers) - refused, started_at, seconds)
            self._refuse(refused)
            self._prune(last)
        log.info("indexed", documents=len(numbers), pages=pages, sequence=last, seconds=round(seconds, 3))
        return True

    def _follow_generation(self) -> Writer:
        """The writer of the live generation, taken up after a start or a swap; made, and to be filled, where none is.

        A batch stays with the writer it began with: if the generation is replaced meanwhile, the new one starts from its
        own sequence.
        """
        live = self._engine.generations.live()
        writer = self._engine.writer()
        if live is not None and writer.path == self._generation:
            return writer
        swapped = self._generation is not None and live is not None
        missing = live is None
        self._generation = writer.path
        self._sweep()
        # After a start, changes that are still there are applied again; after a swap those the rebuild did not see are.
        self._applied = self._engine.sequence() if swapped else 0
        if missing and not Change.objects.exists():
            changes.note_all(Document.objects.values_list("number", flat=True))
        elif missing:
            noted = Change.objects.values("number")
            changes.note_all(Document.objects.exclude(number__in=noted).values_list("number", flat=True))
        return writer

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

    def _refuse(self, numbers: set[str]) -> None:
        Stage.objects.filter(name=Stage.Name.INDEXED, document__number__in=numbers).update(
            state=Stage.State.FAILED, finished_at=timezone.now(), cause="internal", params={}
        )

    def _prune(self, last: int) -> None:
        """Remove applied changes, unless a rebuild is going on that has still to apply them.

        The order matters: a rebuild swaps the pointer before it lets go of its lock.
        """
        generations = self._engine.generations
        if not generations.is_building() and generations.live() == self._generation:
            Change.objects.filter(pk__lte=last).delete()

    def count_reads(self) -> None:
        """Note the documents that are read more than the index knows."""
        view = self._engine.view()
        if view is not None and (grown := popularity.note_grown(view)):
            log.info("reads have grown", documents=grown)

    def close(self) -> None:
        self._engine.close()
        self._generation = None


def _batch(waiting: list[Change]) -> tuple[list[str], int]:
    """The documents of the next commit, and the sequence of the last change that it holds."""
    counts = dict(
        Document.objects.filter(number__in={change.number for change in waiting}).values_list("number", "page_count")
    )
    numbers: dict[str, None] = {}
    pages, last = 0, 0
    for change in waiting:
        if change.number not in numbers:
            if pages >= _MOST_PAGES:
                break
            numbers[change.number] = None
            pages += counts.get(change.number, 0)
        last = change.pk
    return list(numbers), last


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


def _gather(bell: Bell, until: float, stop: Callable[[], bool]) -> None:
    """Let changes gather until a moment of the monotonic clock, or until no document is on its way that may bring more."""
    while not stop() and Document.objects.filter(status=Document.Status.WORKING).exists():
        left = until - time.monotonic()
        if left <= 0 or not bell.wait(left):
            return


def run(stop: Callable[[], bool]) -> None:
    """Write the index until `stop` says to end; waits while another process does."""
    lock = acquire_lock(stop)
    if lock is None:
        return
    with lock, Bell(changes.BELL) as bell:
        writer = IndexWriter(settings.FOLDERS.index)
        due = time.monotonic()
        try:
            while not stop():
                try:
                    began = time.monotonic()
                    if writer.step():
                        _gather(bell, began + _BETWEEN, stop)
                    elif time.monotonic() >= due:
                        due = time.monotonic() + _COUNT_READS
                        writer.count_reads()
                    else:
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
