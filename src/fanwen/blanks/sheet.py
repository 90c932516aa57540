"""Sheets of values: rows read one at a time, and headers matched to a template's fields."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from fanwen.blanks.errors import BlanksError, ValueProblem
from fanwen.blanks.fields import Field, plain
from fanwen.intake.charset import decode

SURE = 0.9
"""A header is taken for a field from this confidence on; below it is only proposed."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_ID = re.compile(r"\[((?:a|b|ga|gb|g)\d+)\]\s*$")


@dataclass(frozen=True)
class Match:
    """A column and the field it is taken for. `key` is what `Template.fill` is given."""

    header: str
    key: str
    name: str
    confidence: float


def read_sheet(path: Path) -> tuple[list[str], Iterator[tuple[int, list[Any]]]]:
    """The headers (the first row that is not empty) and the rows after it as (row number from 1, values).

    XLSX (its first sheet) or CSV. Raises `BlanksError` (``sheet_unreadable``).
    """
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    rows = _xlsx_rows(path) if packed else _csv_rows(path)
    for _, values in rows:
        headers = ["" if value is None else str(value).strip() for value in values]
        if any(headers):
            return headers, ((number, row) for number, row in rows if any(_said(value) for value in row))
    raise BlanksError("sheet_empty")


def header_of(field: Field, fields: Sequence[Field]) -> str:
    """What a sheet calls `field`: as the document's author does, else by its name, with its id where
    several have that name."""
    if field.own:
        return field.own[0]
    alike = [other for other in fields if other.name == field.name]
    return field.name if len(alike) == 1 else f"{field.name} [{field.id}]"


def match_headers(headers: Sequence[str], fields: Sequence[Field]) -> tuple[list[Match | None], list[str]]:
    """For each header its field, or None where it is empty or none fits; and messages on those that fit none.

    Raises `ValueProblem` (``twice``) where two columns are the same field.
    """
    matches: list[Match | None] = []
    problems: list[str] = []
    for header in headers:
        best = _best(header, fields) if header else None
        if best is None or best.confidence < SURE:
            matches.append(None)
            if header:
                problems.append(header if best is None else f"{header}（{best.name}？{best.confidence:.0%}）")
            continue
        other = next((match for match in matches if match is not None and match.key == best.key), None)
        if other is not None:
            raise ValueProblem("twice", blank=best.name, first=other.header, second=header)
        matches.append(best)
    return matches, problems


def proposals(headers: Sequence[str], fields: Sequence[Field]) -> list[Match | None]:
    """For each header the field it is most like, however sure that is; None where none is. Of two columns that are most
    like the same field the less sure one gets none."""
    found = [_best(header, fields) if header else None for header in headers]
    best: dict[str, float] = {}
    for match in found:
        if match is not None:
            best[match.key] = max(match.confidence, best.get(match.key, 0.0))
    taken: set[str] = set()
    kept: list[Match | None] = []
    for match in found:
        wins = match is not None and match.confidence == best[match.key] and match.key not in taken
        kept.append(match if wins else None)
        if match is not None and wins:
            taken.add(match.key)
    return kept


def row_values(matches: Sequence[Match | None], row: Sequence[Any]) -> dict[str, Any]:
    """The values of a row for `Template.fill`; empty cells are left out."""
    return {
        match.key: cell_value(value)
        for match, value in zip(matches, row, strict=False)
        if match is not None and _said(value)
    }


def write_sheet(path: Path, fields: Sequence[Field]) -> None:
    """An empty sheet for a template: a column a field, its kind and unit as a note on the header."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, field in enumerate(fields, 1):
        cell = sheet.cell(row=1, column=column, value=header_of(field, fields))
        cell.font = Font(bold=True)
        letter = get_column_letter(column)
        # text, so that 007 and 2026-11-23 stay as they are typed
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = max(10, min(40, 2 * len(field.name) + 2))
        note = " ".join(part for part in (field.type or "text", field.unit or "") if part)
        cell.comment = Comment(note, "Fanwen")
    sheet.freeze_panes = "A2"
    book.save(path)


def _best(header: str, fields: Sequence[Field]) -> Match | None:
    named = _ID.search(header)
    best: Match | None = None
    alike = [field for field in fields if _plain(field.name) == _plain(header)]
    for field in fields:
        if header == field.id or (named and named.group(1) == field.id):
            return Match(header, field.id, field.name, 1.0)
        if plain(header) in field.own:
            return Match(header, header, field.name, 1.0)
        confidence = _likeness(header, field.name)
        if len(alike) > 1 and field in alike:
            confidence = 0.5  # several fields have this name: the id has to say which
        if best is None or confidence > best.confidence:
            best = Match(header, field.id, field.name, confidence)
    return best if best is not None and best.confidence >= 0.5 else None


def _likeness(header: str, name: str) -> float:
    one, other = _plain(header), _plain(name)
    if one == other:
        return 1.0
    bare = [_BRACKETS.sub("", text) for text in (one, other)]
    if bare[0] and bare[0] == bare[1] and (one in bare or other in bare):
        return 0.95
    return min(0.89, difflib.SequenceMatcher(None, one, other).ratio())


def _plain(text: str) -> str:
    return re.sub(r"[\s:*_]+", "", unicodedata.normalize("NFKC", text)).lower()


def _said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def cell_value(value: Any) -> Any:
    """What a cell says: a whole day as a date, a whole number as such, no spaces around."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return value.strip() if isinstance(value, str) else value


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    with path.open("rb") as file:  # of a path openpyxl would ask for an ending that says XLSX
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise BlanksError("sheet_unreadable") from error
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, list(row)


def _csv_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    data = path.read_bytes()
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BlanksError("sheet_unreadable")
    text = decode(data)
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            yield number, list(row)
    except csv.Error as error:
        raise BlanksError("sheet_unreadable") from error
