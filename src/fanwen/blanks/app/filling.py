"""From what was typed to a finished document, with its proof."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
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
from fanwen.people.owner import Owner

KEPT = timedelta(days=30)
"""How long a finished document can be fetched by who made it."""


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
        left=_left(fillable, frozenset(report.left), frozenset(report.filled)),
        **owner.columns,
    )
    path = path_of(filled, fillable.suffix)
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


def _left(fillable: Fillable, left: Collection[str], filled: Collection[str]) -> list[str]:
    """Names of what was left as it stands: fields, and rows of which none was filled, an added one neither."""
    touched = {id_.partition("~")[0] for id_ in filled}
    in_rows = {id_ for repeat in fillable.repeats for part in repeat.parts for id_ in part.blanks}
    names = [
        field.name
        for field in fillable.fields
        if field.role == "slot" and all(blank.id in left and blank.id not in in_rows for blank in field.blanks)
    ]
    return names + [
        repeat.name
        for repeat in fillable.repeats
        if not any(id_ in touched for part in repeat.parts for id_ in part.blanks)
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
    path = path_of(filled, suffix)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        service.opened(template).fill(filled.values, path, today=filled.made_on)
    return path


def path_of(filled: Filled, suffix: str) -> Path:
    """Where the finished document (or with ``.pdf`` its PDF) lies, once it is made."""
    return Path(settings.FOLDERS.filled / f"{filled.token}{suffix}")


def _drop_old() -> None:
    old: Sequence[Filled] = Filled.objects.filter(changed_at__lt=timezone.now() - KEPT)
    for filled in old:
        for path in settings.FOLDERS.filled.glob(f"{filled.token}.*"):
            path.unlink(missing_ok=True)
        filled.delete()
