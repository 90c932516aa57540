"""A document a row of a sheet: read the template once, write each document as its row is read."""

from __future__ import annotations

import csv
import itertools
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fanwen.blanks.errors import BlanksError
from fanwen.blanks.fill import Template
from fanwen.blanks.package import write_whole
from fanwen.blanks.rules import Breach
from fanwen.blanks.sheet import Match, cell_value, match_headers, read_sheet, row_values
from fanwen.intake.types import IntakeError

REPORT = "report.csv"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True)
class Row:
    """What became of row `row` of the sheet. `file` is empty where `error` says why there is none."""

    row: int
    file: str
    filled: tuple[str, ...]
    left: tuple[str, ...]
    """Names of the fields left as they stand."""
    error: str = ""
    warnings: tuple[str, ...] = ()

    def cells(self) -> tuple[int, str, int, str, str, str]:
        """Its line of a report, under `HEADS`."""
        left, warnings = "、".join(self.left), " ".join(self.warnings)
        return self.row, self.file, len(self.filled), left, self.error, warnings

    def to_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "file": self.file,
            "filled": len(self.filled),
            "left": list(self.left),
            "error": self.error,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class Batch:
    matches: tuple[Match, ...]
    ignored: tuple[str, ...]
    """Columns that no field matches."""
    done: int
    failed: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "done": self.done,
            "failed": self.failed,
            "columns": [
                {"header": match.header, "field": match.key, "name": match.name, "confidence": match.confidence}
                for match in self.matches
            ],
            "ignored": list(self.ignored),
        }


class Sink(Protocol):
    def add(self, name: str, data: bytes) -> None: ...


Convert = Callable[[bytes], bytes]
Say = Callable[[Exception | Breach], str]


@dataclass(frozen=True)
class How:
    """How rows become documents. `strict` refuses text where a number is asked for; a row that breaks one of the template's
    rules is made and warned of, or with `obey` refused; `say` puts what is wrong into words; `to_pdf` makes the PDF of a
    document, to be put beside it; `name_column` is the column that names the files, by its index."""

    strict: bool = False
    obey: bool = False
    say: Say = str
    to_pdf: Convert | None = None
    name_column: int | None = None


HEADS = ("row", "file", "filled", "left", "error", "warnings")
"""The columns of a report."""


def fill_sheet(
    template: Template,
    sheet: Path,
    out: Path,
    *,
    ignore: bool = False,
    how: How | None = None,
    on_row: Callable[[Row], None] | None = None,
) -> Batch:
    """Fill `template` once for every row of `sheet` into `out`: a ZIP where its name ends so, else a folder.

    A row that can't be filled is reported and does not stop the others. Raises `BlanksError` (``sheet_headers``) for a
    column that no field matches, unless `ignore`.
    """
    headers, _ = read_sheet(sheet)
    matches, problems = match_headers(headers, template.fields)
    if problems and not ignore:
        raise BlanksError("sheet_headers", names="、".join(problems))
    used = tuple(match for match in matches if match is not None)
    if not used:
        raise BlanksError("sheet_headers", names="、".join(header for header in headers if header))
    done = failed = 0
    with _sink(out) as sink, tempfile.SpooledTemporaryFile(2**20, "w+", encoding="utf-8", newline="") as report:
        lines = csv.writer(report)
        lines.writerow(HEADS)
        for row in fill_rows(template, sheet, matches, sink, how or How()):
            done, failed = done + (not row.error), failed + bool(row.error)
            lines.writerow(row.cells())
            if on_row is not None:
                on_row(row)
        if not done and not failed:
            raise BlanksError("sheet_empty")
        report.seek(0)
        sink.add(REPORT, report.read().encode("utf-8-sig"))
    return Batch(used, tuple(problems), done, failed)


def fill_rows(
    template: Template, sheet: Path, matches: Sequence[Match | None], sink: Sink, how: How, *, skip: int = 0
) -> Iterator[Row]:
    """Make a document of every row of `sheet` after the first `skip`, one at a time, into `sink`. The same row always makes
    files of the same names."""
    _, rows = read_sheet(sheet)
    for number, values in itertools.islice(rows, skip, None):
        yield _fill_row(template, sink, number, matches, values, how)


def count_rows(sheet: Path) -> int:
    """How many documents `sheet` asks for."""
    _, rows = read_sheet(sheet)
    return sum(1 for _ in rows)


def _fill_row(
    template: Template,
    sink: Sink,
    number: int,
    matches: Sequence[Match | None],
    values: list[Any],
    how: How,
) -> Row:
    given = row_values(matches, values)
    named = values[how.name_column] if how.name_column is not None and how.name_column < len(values) else None
    name = _file_name(number, str(next(iter(given.values()), "") if named is None else cell_value(named)))
    try:
        broken = [how.say(breach) for breach in template.breaches(given)]
        if broken and how.obey:
            return Row(number, "", (), (), " ".join(broken))
        data, report = template.filled(given, strict=how.strict)
        pdf = how.to_pdf(data) if how.to_pdf is not None else None
    except (BlanksError, IntakeError) as error:
        return Row(number, "", (), (), how.say(error))
    names = {blank.id: field.name for field in template.fields for blank in field.blanks}
    left = tuple(dict.fromkeys(names[id_] for id_ in report.left))
    sink.add(f"{name}{template.suffix}", data)
    if pdf is not None:
        sink.add(f"{name}.pdf", pdf)
    return Row(number, f"{name}{template.suffix}", report.filled, left, "", (*map(how.say, report.warnings), *broken))


def _file_name(number: int, said: str) -> str:
    """The row's number and its first value, fit for any file system."""
    safe = _UNSAFE.sub(" ", said).strip(" .")[:40].strip(" .")
    return f"{number:04d} {safe}".strip()


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, data: bytes) -> None:
        packed = zipfile.ZIP_DEFLATED if name.endswith(".csv") else zipfile.ZIP_STORED
        self._archive.writestr(name, data, packed)


class FolderSink:
    """Files in a folder, each of which is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, data: bytes) -> None:
        write_whole(self._folder / name, data)


@contextmanager
def _sink(out: Path) -> Iterator[Sink]:
    """A ZIP appears whole or not at all; a folder is made where there is none."""
    if out.suffix.lower() != ".zip":
        out.mkdir(parents=True, exist_ok=True)
        yield FolderSink(out)
        return
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            with zipfile.ZipFile(file, "w") as archive:
                yield _Zip(archive)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    beside.chmod(0o644)
    beside.replace(out)
