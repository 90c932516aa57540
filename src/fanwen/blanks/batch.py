"""A document a row of a sheet: read the template once, write each document as its row is read."""

from __future__ import annotations

import csv
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fanwen.blanks.errors import BlanksError
from fanwen.blanks.fill import Template
from fanwen.blanks.rules import Breach
from fanwen.blanks.sheet import Match, match_headers, read_sheet, row_values
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
class _How:
    strict: bool
    obey: bool
    say: Say
    to_pdf: Convert | None


def fill_sheet(
    template: Template,
    sheet: Path,
    out: Path,
    *,
    ignore: bool = False,
    strict: bool = False,
    obey: bool = False,
    say: Say = str,
    to_pdf: Convert | None = None,
    on_row: Callable[[Row], None] | None = None,
) -> Batch:
    """Fill `template` once for every row of `sheet` into `out`: a ZIP where its name ends so, else a folder.

    A row that can't be filled is reported and does not stop the others. `to_pdf` makes a PDF of a document, to be put
    beside it. A row that breaks one of the template's rules is made and warned of, or with `obey` refused. `say` puts
    what is wrong into words. Raises `BlanksError` (``sheet_headers``) for a column that no field matches, unless `ignore`.
    """
    headers, rows = read_sheet(sheet)
    matches, problems = match_headers(headers, template.fields)
    if problems and not ignore:
        raise BlanksError("sheet_headers", names="、".join(problems))
    used = tuple(match for match in matches if match is not None)
    if not used:
        raise BlanksError("sheet_headers", names="、".join(header for header in headers if header))
    how = _How(strict, obey, say, to_pdf)
    done = failed = 0
    with _sink(out) as sink, tempfile.SpooledTemporaryFile(2**20, "w+", encoding="utf-8", newline="") as report:
        lines = csv.writer(report)
        lines.writerow(["row", "file", "filled", "left", "error", "warnings"])
        for number, values in rows:
            row = _fill_row(template, sink, number, matches, values, how)
            done, failed = done + (not row.error), failed + bool(row.error)
            lines.writerow([row.row, row.file, len(row.filled), "、".join(row.left), row.error, " ".join(row.warnings)])
            if on_row is not None:
                on_row(row)
        if not done and not failed:
            raise BlanksError("sheet_empty")
        report.seek(0)
        sink.add(REPORT, report.read().encode("utf-8-sig"))
    return Batch(used, tuple(problems), done, failed)


def count_rows(sheet: Path) -> int:
    """How many documents `sheet` asks for."""
    _, rows = read_sheet(sheet)
    return sum(1 for _ in rows)


def _fill_row(
    template: Template,
    sink: Sink,
    number: int,
    matches: list[Match | None],
    values: list[Any],
    how: _How,
) -> Row:
    given = row_values(matches, values)
    name = _file_name(number, next((str(value) for value in given.values()), ""))
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
    return Row(number, f"{name}{template.suffix}", report.filled, left, "", (*report.warnings, *broken))


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


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, data: bytes) -> None:
        (self._folder / name).write_bytes(data)


@contextmanager
def _sink(out: Path) -> Iterator[Sink]:
    """A ZIP appears whole or not at all; a folder is made where there is none."""
    if out.suffix.lower() != ".zip":
        out.mkdir(parents=True, exist_ok=True)
        yield _Folder(out)
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
