"""The preview office: one process with a LibreOffice of its own that makes previews, one at a time, newest first, and
between them works at batches.

It is apart from the workers so that who types never waits for an import, and an import loses no worker to who types.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections

from fanwen.blanks.app import batches, masks, previews
from fanwen.blanks.app.batch_work import BatchWork, fail, next_work
from fanwen.blanks.app.models import Preview
from fanwen.blanks.errors import BlanksError
from fanwen.config.options import read
from fanwen.intake.app.wake import Bell
from fanwen.intake.office import Office
from fanwen.intake.pager import Pager
from fanwen.intake.types import IntakeError

log = structlog.get_logger("fanwen.preview")

IDLE = 300.0
"""Seconds without work after which LibreOffice is ended: it comes back in a second or two."""

SLICE = 1.0
"""Seconds a batch is worked at before a look whether someone waits for a preview."""

TIDY = 600.0
"""Seconds between looks for previews that nobody wants any more."""


class Stopped(BaseException):
    """Raised by a signal to stop, wherever the process is."""


class PreviewOffice:
    """What it needs at hand. `step` makes one preview."""

    def __init__(self, scratch: Path) -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        self._scratch = scratch
        self._pager = Pager()
        self._office: Office | None = None
        self._batch: BatchWork | None = None

    def step(self) -> bool:
        """Make what was asked for last; False when nothing waits."""
        preview = previews.claim()
        if preview is None:
            return False
        began = time.monotonic()
        try:
            try:
                self._make(preview)
            except IntakeError as error:
                if error.code != "converter_died":
                    raise
                self._make(preview)  # it may have died of something else; a second death is the document's
        except (BlanksError, IntakeError) as error:
            _fail(preview, error.code, error.params)
        except Exception:
            log.exception("unexpected error", number=preview.document.number)
            _fail(preview, "internal", {})
        log.info("preview", number=preview.document.number, seconds=round(time.monotonic() - began, 3))
        return True

    def batch_step(self) -> bool:
        """Work at a batch for a moment; False when none waits."""
        if self._batch is None:
            self._batch = next_work(self._at_hand, self._scratch)
        if self._batch is None:
            return False
        try:
            if not self._batch.step(SLICE):
                self._batch = None
        except (BlanksError, IntakeError) as error:
            self._give_up(error.code, error.params)
        except Exception:
            log.exception("unexpected error", number=self._batch.batch.document.number)
            self._give_up("internal", {})
        return True

    def _give_up(self, code: str, params: dict[str, object]) -> None:
        """End the batch at hand with its cause."""
        assert self._batch is not None
        fail(self._batch.batch, code, params)
        self._batch = None

    def _make(self, preview: Preview) -> None:
        previews.make(preview, self._at_hand, self._pager, self._scratch)

    def _at_hand(self) -> Office:
        if self._office is None:
            self._office = Office(self._scratch / "office", sandbox=read("FANWEN_SANDBOX"))
        return self._office

    def rest(self) -> None:
        """End LibreOffice until it is needed again."""
        if self._office is not None:
            self._office.close()
            self._office = None

    def close(self) -> None:
        self.rest()
        self._pager.close()
        shutil.rmtree(self._scratch, ignore_errors=True)


def _fail(preview: Preview, cause: str, params: dict[str, object]) -> None:
    Preview.objects.filter(pk=preview.pk).update(state=Preview.State.FAILED, cause=cause, params=params)


def _stop(number: int, frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def main() -> None:
    """Make previews until SIGTERM. A second one on the same data folder waits until the first is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor says when to end
    signal.signal(signal.SIGTERM, _stop)
    settings.FOLDERS.make()
    try:
        with (settings.FOLDERS.run / previews.LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _work()
    except Stopped:
        pass


def _work() -> None:
    desk = PreviewOffice(settings.FOLDERS.run / f"scratch-{os.getpid()}")
    previews.take_up()
    worked = tidied = time.monotonic()
    try:
        with Bell(previews.BELL) as bell:
            while True:
                close_old_connections()
                now = time.monotonic()
                if desk.step() or desk.batch_step():  # who types goes first
                    worked = time.monotonic()
                    continue
                if now - worked > IDLE:
                    desk.rest()
                if now - tidied > TIDY:
                    previews.drop_old()
                    batches.drop_old()
                    masks.drop_old()
                    tidied = now
                bell.wait(1.0)
    finally:
        desk.close()
