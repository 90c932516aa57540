"""From what was typed to a finished document, with its proof and its PDF."""

from __future__ import annotations

import datetime
import fcntl
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

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
from fanwen.blanks.shape import Shape
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
    """By field id, what is wrong with its value; of a row's field by ``<repeat>-<row>-<column>``, rows from 0."""
    repeats = {repeat.id: repeat for repeat in fillable.repeats}
    found: dict[str, ValueProblem] = {}
    for id_, value in values.items():
        if id_ not in repeats or not isinstance(value, list):
            alone = {id_: {id_: value}}
        else:
            alone = {f"{id_}-{at}-{key}": {key: said} for at, row in enumerate(value) for key, said in row.items()}
        for place, one in alone.items():
            try:
                _check(fillable, one, today)
            except ValueProblem as problem:
                found[place] = problem
    return found


def _check(fillable: Fillable, values: Values, today: datetime.date) -> None:
    ready, asked = fillable.asked(values)
    writer = ready.writer(today, strict=True)
    for one in asked:
        writer.changes(one)


def without(values: Values, places: Collection[str]) -> Values:
    """`values` without those at `places`, named as `problems` names them."""
    kept: Values = {}
    for id_, value in values.items():
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            kept[id_] = [
                {key: said for key, said in row.items() if f"{id_}-{at}-{key}" not in places}
                for at, row in enumerate(value)
            ]
        elif id_ not in places:
            kept[id_] = value
    return kept


def finish(template: Template, fillable: Fillable, values: Values, owner: Owner, today: datetime.date) -> Filled:
    """Fill `template`, compare the two, and keep values and proof. Raises `BlanksError`."""
    data, report = fillable.filled(values, today=today)
    filled = Filled(
        document=template.document,
        values=values,
        made_on=today,
        left=_left(fillable, frozenset(report.left)),
        **owner.columns,
    )
    path = _path(filled, fillable.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data, private=True)
    source = source_of(template.document)[0]
    proof = diff(source, path, blanks=fillable.blanks, passages=fillable.passages, shape=report.shape)
    filled.changed = [change.to_dict() for change in proof.changed]
    filled.others = proof.other_changes
    filled.shape = _shape(fillable, report.shape)
    filled.save()
    _drop_old()
    return filled


def _left(fillable: Fillable, left: Collection[str]) -> list[str]:
    """Names of what was left as it stands: fields, and rows of which none was filled."""
    in_rows = {id_ for repeat in fillable.repeats for part in repeat.parts for id_ in part.blanks}
    names = [
        field.name
        for field in fillable.fields
        if field.role == "slot" and all(blank.id in left and blank.id not in in_rows for blank in field.blanks)
    ]
    return names + [
        repeat.name for repeat in fillable.repeats if all(id_ in left for part in repeat.parts for id_ in part.blanks)
    ]


def _shape(fillable: Fillable, shape: Shape) -> list[dict[str, Any]]:
    """What the proof says of rows and passages: ``{"name", "rows"}`` added, ``{"name", "left_out": true}``."""
    rows = [{"name": one.name, "rows": more} for one in fillable.repeats if (more := shape.rows.get(one.id))]
    passages = (*fillable.passages, *fillable.markings.all)
    off = [{"name": one.name, "left_out": True} for one in passages if one.id in shape.off]
    return [*rows, *off]


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
