"""What the names in a rule mean: fields, and the columns of parts that repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanwen.blanks.errors import RuleError
from fanwen.blanks.fields import Field, named_fields, plain
from fanwen.blanks.repeats import Repeat


@dataclass(frozen=True)
class Column:
    """What is asked in every row of a part that repeats."""

    part: str
    """The id of the repeat."""
    part_name: str
    fields: tuple[Field, ...]
    """One a row, in order."""

    @property
    def head(self) -> Field:
        return self.fields[0]


def columns_of(fields: Sequence[Field], repeats: Sequence[Repeat]) -> tuple[Column, ...]:
    """The columns of `repeats`, with the rows that were added (whose blanks are called ``b4~3``)."""
    of_blank = {blank.id: field for field in fields for blank in field.blanks}
    found = []
    for repeat in repeats:
        rows = [part.blanks for part in repeat.parts]
        while f"{rows[len(repeat.parts) - 1][0]}~{len(rows) + 1}" in of_blank:
            rows.append(tuple(f"{id_}~{len(rows) + 1}" for id_ in repeat.parts[-1].blanks))
        seen: set[str] = set()
        for at in range(len(rows[0])):
            cells = [of_blank.get(row[at]) for row in rows if at < len(row)]
            there = tuple(cell for cell in cells if cell is not None)
            if len(there) == len(rows) and there[0].id not in seen:  # the parts of a date are one column
                seen.add(there[0].id)
                found.append(Column(repeat.id, repeat.name, there))
    return tuple(found)


class Names:
    """Fields and columns by every name they go by. A field of a row goes by its id too, the first row's means the column."""

    def __init__(self, fields: Sequence[Field], columns: Sequence[Column] = ()) -> None:
        cells = {field.id for column in columns for field in column.fields}
        self._found: dict[str, list[Field | Column]] = {}
        for name, listed in named_fields([field for field in fields if field.id not in cells]).items():
            self._found.setdefault(name, []).extend(listed)
        for field in fields:
            if field.id in cells and not any(field is column.head for column in columns):
                self._found.setdefault(field.id, []).append(field)
        for column in columns:
            for name in named_fields([column.head]):
                self._found.setdefault(name, []).append(column)
                self._found.setdefault(f"{plain(column.part_name)}:{name}", []).append(column)

    def find(self, name: str) -> Field | Column:
        """Raises `RuleError`: ``rule_field``, ``rule_ambiguous``."""
        found = self._found.get(plain(name), ())
        if not found:
            raise RuleError("rule_field", name=name)
        if len(found) > 1:
            ids = "、".join(_head(one).id for one in found)
            raise RuleError("rule_ambiguous", name=name, ids=ids)
        return found[0]

    def __contains__(self, name: str) -> bool:
        return plain(name) in self._found


def _head(one: Field | Column) -> Field:
    return one.head if isinstance(one, Column) else one
