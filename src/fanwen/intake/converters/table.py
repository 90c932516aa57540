"""Tables as text (CSV, TSV), made plain enough for Calc: UTF-8, a bounded number of rows, columns and characters."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path

from fanwen.intake.converters.text import read_text
from fanwen.intake.types import Note

MAX_CHARACTERS = 8_000_000
MAX_COLUMNS = 256
"""Columns shown; more could not be read at page width."""
MAX_CELL = 8_000
ROWS_A_PAGE = 100
"""Rows that a page holds at most, when they are short."""


def plain_table(path: Path, target: Path, *, pages: int) -> tuple[Note, ...]:
    """Write the table at `path` as UTF-8 CSV parted by commas, as much of it as `pages` pages can hold."""
    text, cut = read_text(path, MAX_CHARACTERS)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        rows = _rows(text)
        for row in itertools.islice(rows, pages * ROWS_A_PAGE):
            cut = cut or len(row) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in row)
            writer.writerow([cell[:MAX_CELL] for cell in row[:MAX_COLUMNS]])
        cut = cut or next(rows, None) is not None
    return (Note("sheet_cut", {"limit": pages}),) if cut else ()


def _rows(text: str) -> Iterator[list[str]]:
    """The rows; a text that is no proper CSV is split at its separators all the same."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell beyond the reader's limit, or a stray quote: the rest, line by line.
            yield from (line.split(separator) for line in text.split("\n")[lines:])
            return
        lines = reader.line_num
        yield row


def _separator(text: str) -> str:
    """The separator that the first lines have most of, and most evenly."""
    sample = [line for line in text[:16384].split("\n") if line][:20]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in sample]
        return min(counts, default=0), sum(counts)

    return max(",\t;|", key=evenness)
