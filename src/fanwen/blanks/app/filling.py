"""From what was typed to a finished document, with its proof and its PDF."""

from __future__ import annotations

import datetime
import fcntl
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fanwen.blanks.app import service
from fanwen.blanks.app.detection import source_of
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Filled, Template
from fanwen.blanks.diff import diff
from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.fill import Template as Fillable
from fanwen.blanks.package import write_whole
from fanwen.config.options import read
from fanwen.intake.formats import KINDS
from fanwen.intake.office import Office
from fanwen.people.owner import Owner

KEPT = timedelta(days=30)
"""How long a finished document can be fetched by who made it."""

PATIENCE = 20.0
"""Seconds a PDF waits for another one that is being made."""


class Busy(Exception):
    """Other PDFs are being made; asking again in a moment helps."""


def problems(fillable: Fillable, values: Values, today: datetime.date) -> dict[str, ValueProblem]:
    """By field id, what is wrong with its value."""
    found: dict[str, ValueProblem] = {}
    for id_, value in values.items():
        try:
            ready, asked = fillable.asked({id_: value})
            writer = ready.writer(today, strict=True)
            for one in asked:
                writer.changes(one)
        except ValueProblem as problem:
            found[id_] = problem
    return found


def finish(template: Template, fillable: Fillable, values: Values, owner: Owner, today: datetime.date) -> Filled:
    """Fill `template`, compare the two, and keep values and proof. Raises `BlanksError`."""
    data, report = fillable.filled(values, today=today)
    left = set(report.left)
    filled = Filled(
        document=template.document,
        values=values,
        made_on=today,
        left=[
            field.name
            for field in fillable.fields
            if field.role == "slot" and all(blank.id in left for blank in field.blanks)
        ],
        **owner.columns,
    )
    path = _path(filled, fillable.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data, private=True)
    proof = diff(source_of(template.document)[0], path, blanks=fillable.blanks)
    filled.changed = [change.to_dict() for change in proof.changed]
    filled.others = proof.other_changes
    filled.save()
    _drop_old()
    return filled


def file_of(filled: Filled, template: Template) -> Path:
    """The finished document; made again where it is no longer there. Raises `BlanksError`."""
    suffix = Path(source_of(template.document)[1]).suffix
    path = _path(filled, suffix)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        service.opened(template).fill(filled.values, path, today=filled.made_on)
    return path


def pdf_of(filled: Filled, template: Template) -> Path:
    """Its PDF, made by a LibreOffice of its own when first asked for, one at a time. Raises `Busy`, `IntakeError`."""
    target = _path(filled, ".pdf")
    if target.is_file():
        return target
    source = file_of(filled, template)
    with _turn():
        if not target.is_file():
            with tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="pdf-") as folder:
                made = Path(folder) / "made.pdf"
                with Office(Path(folder) / "office", sandbox=read("FANWEN_SANDBOX")) as office:
                    office.convert(source, KINDS[source.suffix[1:]], made)
                write_whole(target, made.read_bytes(), private=True)
    return target


def _path(filled: Filled, suffix: str) -> Path:
    return Path(settings.FOLDERS.filled / f"{filled.token}{suffix}")


@contextmanager
def _turn() -> Iterator[None]:
    """One LibreOffice for pages at a time on this data folder; workers have their own."""
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


def _drop_old() -> None:
    old: Sequence[Filled] = Filled.objects.filter(changed_at__lt=timezone.now() - KEPT)
    for filled in old:
        for path in settings.FOLDERS.filled.glob(f"{filled.token}.*"):
            path.unlink(missing_ok=True)
        filled.delete()
