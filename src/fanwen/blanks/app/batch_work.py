"""Work at a batch: rows become documents a slice at a time, and in the end a ZIP with a report."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from fanwen.blanks.app import batches, service
from fanwen.blanks.app.models import Batch
from fanwen.blanks.batch import REPORT, FolderSink, How, fill_rows
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.rules import Breach
from fanwen.blanks.sheet import Match
from fanwen.intake.causes import CAUSES
from fanwen.intake.formats import KINDS
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError

HEADS = (
    gettext_noop("Row"),
    gettext_noop("File"),
    gettext_noop("Blanks filled"),
    gettext_noop("Left empty"),
    gettext_noop("Not made because"),
    gettext_noop("Please check"),
)
"""The columns of the report."""

log = structlog.get_logger("fanwen.batch")


class BatchWork:
    """One batch under work; made anew after a break, it goes on after the last row that was recorded. Raises
    `BlanksError` and `IntakeError` where no row can be made at all."""

    def __init__(self, batch: Batch, office: Callable[[], Office], scratch: Path) -> None:
        self.batch = batch
        template = service.template_of(batch.document)
        if template is None or not template.fillable:
            raise BlanksError("form_gone")
        self._fillable = service.opened(template)
        known = {field.id: field for field in self._fillable.fields}
        if any(id_ and id_ not in known for id_ in batch.columns):
            raise BlanksError("form_gone")
        matches: Sequence[Match | None] = [
            Match(header, id_, known[id_].name, 1.0) if id_ else None
            for header, id_ in zip(batch.headers, batch.columns, strict=True)
        ]
        self._office, self._scratch = office, scratch
        self._made = batches.folder_of(batch) / "made"
        self._made.mkdir(parents=True, exist_ok=True)
        self._lines = batches.folder_of(batch) / "rows.jsonl"
        self._keep_recorded()
        how = How(strict=True, say=say, to_pdf=self._to_pdf if batch.pdf else None, name_column=batch.name_column)
        sheet = batches.sheet_of(batch)
        self._rows = fill_rows(self._fillable, sheet, matches, FolderSink(self._made), how, skip=batch.position)

    def step(self, seconds: float) -> bool:
        """Make documents for about so long; False when there is nothing more to do, for whatever reason."""
        until = time.monotonic() + seconds
        with translation.override(self.batch.language or None), self._lines.open("a", encoding="utf-8") as lines:
            for row in self._rows:
                lines.write(json.dumps(row.cells(), ensure_ascii=False) + "\n")
                self.batch.position += 1
                self.batch.failed += bool(row.error)
                if time.monotonic() > until:
                    lines.flush()
                    return self._record()
        if not self._record():
            return False
        self._pack()
        return False

    def _record(self) -> bool:
        """Keep how far it is; False where it was cancelled meanwhile."""
        going = Batch.objects.filter(pk=self.batch.pk, state=Batch.State.RUNNING).update(
            position=self.batch.position, failed=self.batch.failed, changed_at=timezone.now()
        )
        if not going:
            shutil.rmtree(batches.folder_of(self.batch), ignore_errors=True)
        return bool(going)

    def _keep_recorded(self) -> None:
        """Lines of rows that were made but not recorded go: those rows are made again."""
        if self._lines.is_file():
            with self._lines.open(encoding="utf-8") as lines:
                kept = list(itertools.islice(lines, self.batch.position))
            self._lines.write_text("".join(kept), encoding="utf-8")
        elif self.batch.position:  # its files were cleared away
            self.batch.position = self.batch.failed = 0

    def _pack(self) -> None:
        """The ZIP, whole or not at all, with its report first."""
        target = batches.zip_of(self.batch)
        beside = target.with_suffix(".part")
        with translation.override(self.batch.language or None):
            heads = [gettext(head) for head in HEADS]
        report = io.StringIO(newline="")
        writer = csv.writer(report)
        writer.writerow(heads)
        files: list[str] = []
        with self._lines.open(encoding="utf-8") as lines:
            for line in lines:
                cells = json.loads(line)
                writer.writerow(cells)
                if cells[1]:
                    files += [cells[1], *([f"{Path(cells[1]).stem}.pdf"] if self.batch.pdf else [])]
        with zipfile.ZipFile(beside, "w") as archive:
            archive.writestr(REPORT, report.getvalue().encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
            for name in files:
                archive.write(self._made / name, name)
        beside.replace(target)
        shutil.rmtree(self._made, ignore_errors=True)
        Batch.objects.filter(pk=self.batch.pk, state=Batch.State.RUNNING).update(
            state=Batch.State.DONE, changed_at=timezone.now()
        )
        log.info("batch", number=self.batch.document.number, rows=self.batch.position, failed=self.batch.failed)

    def _to_pdf(self, data: bytes) -> bytes:
        source = self._scratch / f"batch{self._fillable.suffix}"
        target = self._scratch / "batch.pdf"
        source.write_bytes(data)
        self._office().convert(source, KINDS[source.suffix[1:]], target)
        return target.read_bytes()


def next_work(office: Callable[[], Office], scratch: Path) -> BatchWork | None:
    """The batch that waits longest, or that was cut short; None when there is none."""
    batch = Batch.objects.filter(state__in=batches.UNFINISHED).select_related("document").order_by("changed_at").first()
    if batch is None:
        return None
    Batch.objects.filter(pk=batch.pk, state__in=batches.UNFINISHED).update(state=Batch.State.RUNNING)
    try:
        return BatchWork(batch, office, scratch)
    except (BlanksError, IntakeError) as error:
        fail(batch, error.code, error.params)
        return None


def fail(batch: Batch, cause: str, params: dict[str, Any]) -> None:
    Batch.objects.filter(pk=batch.pk, state__in=batches.UNFINISHED).update(
        state=Batch.State.FAILED, cause=cause, params=params, changed_at=timezone.now()
    )


def say(wrong: Exception | Breach) -> str:
    """What is wrong with a row, in the language that is active."""
    if isinstance(wrong, Breach):
        return wrong.text(gettext)
    if isinstance(wrong, BlanksError):
        return gettext(MESSAGES[wrong.code]).format(**wrong.params)
    if isinstance(wrong, IntakeError):
        return gettext(CAUSES[wrong.code]).format(**wrong.params)
    raise wrong
