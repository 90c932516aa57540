"""References in formulas when rows come in: what stands below moves down, ranges that end in the row that is copied grow."""

from __future__ import annotations

import re
from collections.abc import Callable

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_ROW = re.compile(r"(\$?)(\d{1,7})")
_LAST_ROW = 1_048_576


class Beyond(Exception):
    """A reference that can't be followed: to several sheets at once, or past the end of the sheet."""


class Moves:
    """`times` rows come in behind row `after` (from 1) of a sheet, one or several times."""

    def __init__(self, rows: dict[int, int]) -> None:
        self._rows = sorted(rows.items())

    def row(self, row: int) -> int:
        """Where a row is then."""
        return self._checked(row + sum(times for after, times in self._rows if after < row))

    def end(self, row: int) -> int:
        """Where a range that ended in this row ends then."""
        return self._checked(row + sum(times for after, times in self._rows if after <= row))

    @staticmethod
    def _checked(row: int) -> int:
        if row > _LAST_ROW:
            raise Beyond
        return row

    def cell(self, reference: str) -> str:
        """B5, or $B$5."""
        return _CELL.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{self.row(int(found[4]))}", reference)

    def range(self, reference: str, *, grows: bool = True) -> str:
        """B5, B5:C7, 5:7 or B:C; without `grows` a range that ends in the copied row stays as it is."""
        first, colon, last = reference.partition(":")
        if not colon:
            return self.cell(reference)
        end = self.end if grows else self.row
        if _CELL.fullmatch(last):
            last = _CELL.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{end(int(found[4]))}", last)
            return f"{self.cell(first)}:{last}"
        if _ROW.fullmatch(last) and _ROW.fullmatch(first):
            return f"{_ROW.sub(self._whole(self.row), first)}:{_ROW.sub(self._whole(end), last)}"
        return reference

    @staticmethod
    def _whole(moved: Callable[[int], int]) -> Callable[[re.Match[str]], str]:
        return lambda found: f"{found[1]}{moved(int(found[2]))}"

    def area(self, references: str) -> str:
        """Ranges with spaces between, as validations and formats name them: each grows with the rows it covers."""
        return " ".join(self._area(one) for one in references.split())

    def _area(self, reference: str) -> str:
        moved = self.range(reference if ":" in reference else f"{reference}:{reference}")
        first, _, last = moved.partition(":")
        return first if first == last else moved


def formula(text: str, moves: Moves, sheet: str, home: str, *, grows: bool = True) -> str:
    """`text` (without its =), which stands on the sheet `home`, when rows come in on the sheet `sheet`. Raises `Beyond`."""
    tokens = Tokenizer("=" + text)
    return "".join(_moved(token, moves, sheet, home, grows) for token in tokens.items)


def _moved(token: Token, moves: Moves, sheet: str, home: str, grows: bool) -> str:
    said = str(token.value)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return said
    named, mark, reference = said.rpartition("!")
    if "[" in said:
        raise Beyond
    where = named.strip("'").replace("''", "'") if mark else home
    if ":" in where:
        raise Beyond  # several sheets at once
    return f"{named}{mark}{moves.range(reference, grows=grows)}" if where == sheet else said


def below(text: str, rows: int) -> str:
    """A row's own formula (without its =), `rows` further down."""
    return str(Translator(f"={text}", origin="A1").translate_formula(f"A{1 + rows}"))[1:]
