"""Batches: a sheet is taken in, its columns are settled, its rows become documents, and those a ZIP.

The web process takes sheets in and shows how far they are; the preview office (`previewer`) works at them in slices of a
second, and a batch that was cut short goes on where it stopped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from fanwen.blanks.app.models import Batch, Template
from fanwen.blanks.batch import count_rows
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.fields import Field
from fanwen.blanks.sheet import SURE, Match, proposals, read_sheet
from fanwen.intake.app.wake import ring
from fanwen.intake.sniff import sniff
from fanwen.people.owner import Owner

MOST_ROWS = 5000
LARGEST = 20 * 1024 * 1024
"""Bytes of a sheet."""

KEPT = timedelta(days=3)
"""How long the ZIP can be fetched after it was made."""

BELL = "preview"
UNFINISHED = (Batch.State.WAITING, Batch.State.RUNNING)


class TooManyRows(Exception):
    """The sheet has more rows (`rows`) than one batch may have."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


def folder_of(batch: Batch) -> Path:
    return Path(settings.FOLDERS.batches / batch.token)


def sheet_of(batch: Batch) -> Path:
    return folder_of(batch) / "sheet"


def zip_of(batch: Batch) -> Path:
    return folder_of(batch) / "documents.zip"


def take_in(template: Template, owner: Owner, name: str, chunks: Iterable[bytes]) -> Batch:
    """Keep a sheet, its columns matched where that is sure. Raises `BlanksError`, `IntakeError` and `TooManyRows`."""
    drop_old()
    batch = Batch(document=template.document, sheet_name=name[:200], language=get_language() or "", **owner.columns)
    folder_of(batch).mkdir(parents=True)
    try:
        with sheet_of(batch).open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        sniff(sheet_of(batch), name or "sheet.csv")
        batch.headers, _ = read_sheet(sheet_of(batch))
        batch.rows = count_rows(sheet_of(batch))
        if not batch.rows:
            raise BlanksError("sheet_empty")
        if batch.rows > MOST_ROWS:
            raise TooManyRows(batch.rows)
    except BaseException:
        shutil.rmtree(folder_of(batch), ignore_errors=True)
        raise
    batch.save()
    return batch


def proposed(batch: Batch, fields: Sequence[Field]) -> list[tuple[Match | None, bool]]:
    """For each header the field it is most like, and whether that is sure enough not to be asked."""
    return [(match, match is not None and match.confidence >= SURE) for match in proposals(batch.headers, fields)]


def first_row(batch: Batch) -> list[str]:
    """What the first row says, as an example."""
    _, rows = read_sheet(sheet_of(batch))
    _, values = next(rows, (0, []))
    return ["" if value is None else str(value)[:60] for value in values]


def start(batch: Batch, columns: Sequence[str], *, name_column: int | None, pdf: bool) -> None:
    """Have the documents made. `columns` are the ids of the fields, "" for a column that is left out."""
    batch.columns, batch.name_column, batch.pdf = list(columns), name_column, pdf
    batch.state = Batch.State.WAITING
    batch.save()
    ring(BELL)


def cancel(batch: Batch) -> None:
    """Stop; what was made so far goes."""
    if Batch.objects.filter(pk=batch.pk, state__in=(*UNFINISHED, Batch.State.ASKING)).update(
        state=Batch.State.CANCELLED, changed_at=timezone.now()
    ):
        shutil.rmtree(folder_of(batch), ignore_errors=True)


def drop_old() -> None:
    """Forget batches nobody has touched for some days, with their files."""
    for batch in Batch.objects.filter(changed_at__lt=timezone.now() - KEPT).exclude(state__in=UNFINISHED):
        shutil.rmtree(folder_of(batch), ignore_errors=True)
        batch.delete()
