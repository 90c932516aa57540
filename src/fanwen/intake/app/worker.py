"""A worker process: takes documents from the queue one at a time, with a LibreOffice of its own."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from pathlib import Path
from types import FrameType

import structlog
from django.conf import settings
from django.db import connection

from fanwen.intake.app import queue
from fanwen.intake.app.process import Desk, process
from fanwen.intake.app.queue import BACKGROUND
from fanwen.intake.app.wake import Bell

log = structlog.get_logger("fanwen.worker")

RENEW_EVERY = 15.0
"""Seconds between signs of life."""

QUIET = 2.0
"""Seconds without a document to convert before a worker turns to what can wait: recognition, looking for blanks."""


class Stopped(BaseException):
    """Raised in the main thread by a signal to stop, wherever it is; not an error, so not an Exception."""


def _commit_without_waiting() -> None:
    """Let this thread's connection commit without waiting for the disk.

    A power cut may then lose the last of what a worker has recorded, which is done again; a commit that must not be lost,
    such as an upload's, still waits, and with it what was written before. The death of a process loses nothing.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def _look_for_blanks_again() -> None:
    """Queue the documents in which this version has not looked for blanks. Only when nothing else is to be done: what is
    loaded for it takes its time."""
    from fanwen.intake.app.templates import look_again

    look_again()


class Worker:
    def __init__(self) -> None:
        self.name = queue.worker_name()
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until told to stop by SIGTERM or SIGINT."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor says when to end
        settings.FOLDERS.make()
        _commit_without_waiting()
        scratch: Path = settings.FOLDERS.run / f"scratch-{os.getpid()}"
        desk = Desk(scratch)
        with queue.hold_lock(self.name), Bell("worker") as bell:
            threading.Thread(target=self._renew, daemon=True).start()
            try:
                busy_until = 0.0
                looked = False
                while not self._stopping.is_set():
                    # Documents of an import come one by one; what can wait does not slip in between them.
                    busy = time.monotonic() < busy_until
                    task = queue.claim(self.name, above=BACKGROUND if busy else None)
                    if task is None and not busy and not looked:
                        looked = True
                        _look_for_blanks_again()
                        continue
                    if task is None:
                        bell.wait(1.0)
                        continue
                    process(task, desk, self._stopping.is_set)
                    if task.priority > BACKGROUND:
                        busy_until = time.monotonic() + QUIET
            except Stopped:
                log.info("stopped", worker=self.name)
            finally:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                queue.release(self.name)
                desk.close()
                shutil.rmtree(scratch, ignore_errors=True)
                queue.remove_lock(self.name)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self._stopping.is_set():
            self._stopping.set()
            raise Stopped

    def _renew(self) -> None:
        while not self._stopping.wait(RENEW_EVERY):
            queue.renew(self.name)
            queue.free_late()
        connection.close()


def main() -> None:
    """Run a worker in this process, until SIGTERM."""
    Worker().run()
