"""Counts gathered in the process and written now and then, so that counting is no write for every visitor."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog
from django.db import OperationalError

EVERY = 15.0
"""Seconds between two writes. A process that is killed loses at most that much; and every write is a change that kept
pages are made anew after (`fanwen.reading.kept`)."""

log = structlog.get_logger("fanwen.library")

T = TypeVar("T")


class Gathered(Generic[T]):
    """How often each of some things happened; `write` puts what was gathered into the database, in one transaction."""

    def __init__(self, name: str, write: Callable[[Counter[T]], None]) -> None:
        self._name = name
        self._put = write
        self._lock = threading.Lock()
        self._counts: Counter[T] = Counter()
        self._written = 0.0

    def count(self, thing: T) -> None:
        """Once more; written with what else was gathered when it is time."""
        with self._lock:
            self._counts[thing] += 1
            due = time.monotonic() - self._written >= EVERY
        if due:
            self.write()

    def waiting(self, thing: T) -> int:
        """How often, as far as it is not written yet."""
        return self._counts.get(thing, 0)

    def write(self) -> None:
        """Write what has been gathered. A database that is busy is left alone until the next time."""
        with self._lock:
            gathered = Counter(self._counts)
            self._counts.clear()
            self._written = time.monotonic()
        if not gathered:
            return
        try:
            self._put(gathered)
        except OperationalError as error:
            log.info("not counted yet", counted=self._name, reason=str(error))
            with self._lock:
                self._counts.update(gathered)

    def forget(self) -> None:
        """Drop what has been gathered."""
        with self._lock:
            self._counts.clear()
