"""The index made anew from the catalogue, beside the live one and while changes go on."""

from __future__ import annotations

import fcntl
from collections.abc import Callable

from django.conf import settings

from fanwen.library.catalogue import published
from fanwen.search.app import feed
from fanwen.search.app.live import engine
from fanwen.search.app.models import Change
from fanwen.search.tantivy.generations import Generations
from fanwen.search.tantivy.writing import Writer

_COMMIT_EVERY = 20_000
"""Pages after which what is there is committed, so that memory stays bounded."""
_MOST_CHANGES = 500


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Build the index anew and swap it in; gives the number of documents in it.

    `progress` is told how many of how many documents are done. Changes made meanwhile are applied too: the index writer
    removes none while this goes on, and applies the last ones itself after the swap. Raises `IndexBusy` if another
    rebuild is going on. If this dies, the live index is as it was.
    """
    generations = Generations(settings.FOLDERS.index)
    with generations.building():
        applied = max(engine().sequence(), _last_change())
        writer = Writer(generations.create())
        try:
            done = _fill(writer, applied, progress)
            _catch_up(writer, applied)
        finally:
            writer.close()
        generations.publish(writer.path)
        if _nobody_writes():
            generations.sweep()
    return done


def _last_change() -> int:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _fill(writer: Writer, applied: int, progress: Callable[[int, int], None]) -> int:
    numbers = list(published().order_by("pk").values_list("number", flat=True))
    done = pages = 0
    progress(done, len(numbers))
    for document in feed.documents(numbers):
        pages += writer.index([document])
        done += 1
        if pages >= _COMMIT_EVERY:
            writer.commit(applied)
            pages = 0
        progress(done, len(numbers))
    writer.commit(applied)
    return done


def _catch_up(writer: Writer, applied: int) -> None:
    """Apply the changes made since `applied`, until there are none for now."""
    while changes := list(Change.objects.filter(pk__gt=applied).order_by("pk")[:_MOST_CHANGES]):
        applied = changes[-1].pk
        numbers = {change.number for change in changes}
        for document in feed.documents(numbers):
            writer.index([document])
            numbers.discard(document.number)
        writer.delete(numbers)
        writer.commit(applied)


def _nobody_writes() -> bool:
    """Whether no index writer is running; a running one moves to the new generation and clears the old one away."""
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    with (settings.FOLDERS.run / "index-writer.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
