"""The PDF of a finished document: the pages that its form's preview showed, made by the preview office."""

from __future__ import annotations

import fcntl
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from fanwen.blanks.app import previews
from fanwen.blanks.app.filling import file_of, path_of
from fanwen.blanks.app.models import Filled, Preview, Template
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.package import write_whole
from fanwen.config.options import read
from fanwen.intake.formats import KINDS
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError

PATIENCE = 20.0
"""Seconds a PDF is waited for."""

_LOOK = 0.05
"""Seconds between looks whether it is made."""


class Busy(Exception):
    """Other PDFs are being made; asking again in a moment helps."""


def begin(filled: Filled, template: Template) -> None:
    """Have the PDF made, for it is likely to be asked for. Where its form was looked at as pages, it is made already."""
    previews.ask(template, filled.values, _form(filled), filled.made_on)


def pdf_of(filled: Filled, template: Template) -> Path:
    """The PDF. Where no preview office runs, a LibreOffice of its own makes it. Raises `Busy`, `BlanksError`,
    `IntakeError`."""
    target = path_of(filled, ".pdf")
    if not target.is_file():
        if previews.office_runs():
            write_whole(target, _made(filled, template).read_bytes(), private=True)
        else:
            _make(file_of(filled, template), target)
    return target


def _made(filled: Filled, template: Template) -> Path:
    """What the preview office makes of the same values on the same day."""
    preview = previews.ask(template, filled.values, _form(filled), filled.made_on)
    until = time.monotonic() + PATIENCE
    while preview.state in (Preview.State.WAITING, Preview.State.MAKING):
        if time.monotonic() > until:
            raise Busy
        time.sleep(_LOOK)
        preview.refresh_from_db(fields=("state", "cause", "params"))
    if preview.state == Preview.State.FAILED:
        known = preview.cause in MESSAGES
        raise BlanksError(preview.cause, **preview.params) if known else IntakeError(preview.cause, **preview.params)
    return previews.file_of(preview)


def _form(filled: Filled) -> str:
    return f"pdf {filled.token}"


def _make(source: Path, target: Path) -> None:
    with _turn():
        if target.is_file():
            return
        with tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="pdf-") as folder:
            made = Path(folder) / "made.pdf"
            with Office(Path(folder) / "office", sandbox=read("FANWEN_SANDBOX")) as office:
                office.convert(source, KINDS[source.suffix[1:]], made)
            write_whole(target, made.read_bytes(), private=True)


@contextmanager
def _turn() -> Iterator[None]:
    """One LibreOffice for pages at a time on this data folder."""
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    with (settings.FOLDERS.run / "pdf.lock").open("wb") as lock:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(0.1)
        yield
