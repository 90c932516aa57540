"""Empty cells: which of them ask for something, and what their row and column heads say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import bare, clean, field_type, label_type
from fanwen.blanks.story import Passage

_SPACES = SPACES + "\n"
_SENTENCE = re.compile(r"[。！？；!?]|，.*，")
_DATA = re.compile(r"^[\s\d.,，%％¥￥\-/—–:：年月日时分元万亿个人次]*$")
_PERIOD = re.compile(
    r"^(?:(?:19|20)\d\d年度?|\d{1,2}月份?|第?[一二三四]季度|(?:19|20)\d\d年(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?))$"
)
_TOTAL = re.compile(r"(?:合计|总计|小计|累计|总和|平均)")
_DIGITS_OF_A_NUMBER = 6
_SERIAL = re.compile(r"^(?:序号|编号|No\.?|NO\.?|№|序|项次|#)$")
_OPTIONAL = re.compile(r"^(?:备注|说明|附注|注|Remarks?|Notes?)$", re.IGNORECASE)


@dataclass
class Entry:
    """A cell of a table: its place, its passages and its text."""

    row: int
    column: int
    row_span: int
    column_span: int
    passages: list[int] = field(default_factory=list)
    text: str = ""
    nested: bool = False
    marked: bool = False

    @property
    def empty(self) -> bool:
        return not self.text.strip(_SPACES) and not self.nested and not self.marked


@dataclass(frozen=True)
class EmptyCell:
    passage: int
    """Index of the cell's first passage."""
    label: str
    heads: tuple[str, ...]
    """Row head and column heads, those there are."""
    listed: bool
    """Stands under a column head in a row of its own kind."""


class Table:
    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.grid: dict[tuple[int, int], Entry] = {}
        for entry in entries:
            for row in range(entry.row, entry.row + min(entry.row_span, 200)):
                for column in range(entry.column, entry.column + min(entry.column_span, 200)):
                    self.grid.setdefault((row, column), entry)
        self.columns = sorted({column for _, column in self.grid})
        self.rows: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.rows[entry.row].append(entry)
        self.width = len(self.columns)
        filled: set[int] = set()
        for (_, column), entry in self.grid.items():
            if not entry.empty and entry.column_span < max(2, self.width):
                filled.add(column)
        self.spacers = set(self.columns) - filled
        self._head_rows: dict[int, bool] = {}
        self.heads: dict[tuple[int, int], tuple[str, ...]] = {}
        """Column heads of the empty cells met so far, by place."""
        titled = [row for row, cells in self.rows.items() if len(cells) == 1 and self.width > 1]
        self.first_row = min((row for row in self.rows if row not in titled), default=0)

    def is_head_row(self, row: int) -> bool:
        """Every cell that starts or reaches here (spacers apart) holds a label, and more than one does."""
        known = self._head_rows.get(row)
        if known is None:
            known = self._head_rows[row] = self._find_head_row(row)
        return known

    def _find_head_row(self, row: int) -> bool:
        cells = {id(entry): entry for column in self.columns if (entry := self.grid.get((row, column)))}
        real = [
            entry
            for entry in cells.values()
            if not set(range(entry.column, entry.column + entry.column_span)) <= self.spacers
        ]
        corner = [entry for entry in real if entry.empty]
        if len(real) < 2 or len(corner) > 1 or (corner and (corner[0] is not real[0] or len(real) < 3)):
            return False
        if _is_form_row(self, row):
            return False
        labels = [entry for entry in real if not entry.empty]
        if any(len(entry.passages) > 1 and re.search(r"年\s*月\s*日|盖章|签字", entry.text) for entry in labels):
            return False
        if row != self.first_row and len(labels) < 3 and not self.is_head_row(row - 1):
            return False
        return all(is_label(entry.text) for entry in labels) and any(entry.row == row for entry in labels)


def is_label(text: str) -> bool:
    """Short, no sentence, no figure: what a head says."""
    name = clean(text)
    if _PERIOD.match(name):
        return True
    if not name or len(name) > 24 or _SENTENCE.search(name) or _DATA.match(name):
        return False
    return re.search(r"[一-龥A-Za-z]", name) is not None and not re.search(r"_{2,}|[□☐☑×]|[：:]\s*\S", text)


def head_text(text: str) -> str:
    """A head as one word, though spread over lines or columns of characters."""
    if re.search(r"[一-龥]", text) and not re.search(r"[A-Za-z]{2}", text) and len(text) <= 24:
        text = re.sub(r"\s+", "", text)
    return clean(text.replace("\n", " "))


def tables_of(passages: Sequence[Passage]) -> list[Table]:
    entries: dict[int, dict[tuple[int, int], Entry]] = defaultdict(dict)
    previous: Passage | None = None
    for index, passage in enumerate(passages):
        cell = passage.cell
        if cell is not None:
            entry = entries[cell.table].setdefault(
                (cell.row, cell.column), Entry(cell.row, cell.column, cell.row_span, cell.column_span)
            )
            if previous is not None and previous.cell is not None and previous.cell.parent == cell.table:
                # The empty paragraph that Word wants after a table inside a cell.
                entry.nested = True
            entry.passages.append(index)
            entry.text = f"{entry.text}\n{passage.text}" if entry.text else passage.text
            entry.marked = entry.marked or any(
                mark.kind in ("control", "merge_field", "form_field", "field") for mark in passage.marks
            )
        previous = passage
    return [Table(list(cells.values())) for cells in entries.values()]


def labelling_passages(tables: Sequence[Table], found: Sequence[EmptyCell], passages: Sequence[Passage]) -> set[int]:
    """The passages whose text is the label of the empty cell at their right."""
    at_right: set[int] = set()
    empties = {cell.passage for cell in found}
    for table in tables:
        for entry in table.entries:
            right = table.grid.get((entry.row, entry.column + entry.column_span))
            if right is not None and right.passages and right.passages[0] in empties:
                at_right.update(entry.passages)
    return at_right


def empty_cells(table: Table) -> list[EmptyCell]:
    """The empty cells that ask for something."""
    found: list[EmptyCell] = []
    if table.width < 2 and len(table.rows) < 2:
        return []
    for entry in table.entries:
        if not entry.empty or not entry.passages:
            continue
        if (
            set(range(entry.column, entry.column + entry.column_span)) <= table.spacers
            and entry.column_span < table.width
        ):
            if not _row_label(table, entry):
                continue
            if len(table.rows) > 1 and _whole_column_empty(table, entry) and table.is_head_row(table.first_row):
                continue
        if table.is_head_row(entry.row) and entry.row == min(table.rows):
            continue
        row_label = _row_label(table, entry)
        columns = () if row_label and _is_form_row(table, entry.row) else _column_heads(table, entry)
        if not row_label and not columns:
            continue
        if columns and not row_label and entry.column_span >= table.width > 1:
            continue
        if columns and _is_answered(table, entry, columns[-1]):
            continue
        if columns and _TOTAL.match(row_label) and label_type(columns[-1]) not in ("number", "money", "percent"):
            continue
        heads = ((row_label,) if row_label else ()) + columns
        own = row_label if row_label else columns[-1]
        found.append(EmptyCell(entry.passages[0], own, heads, bool(columns) and not row_label))
    return found


def _whole_column_empty(table: Table, entry: Entry) -> bool:
    return all(
        cell.empty
        for (_, column), cell in table.grid.items()
        if column == entry.column and cell.column_span < table.width
    )


def _row_label(table: Table, entry: Entry) -> str:
    """The label at the left: directly, or at the start of the row where a list stands between."""
    column = entry.column - 1
    direct = True
    listed = bool(_column_heads(table, entry)) and not _is_form_row(table, entry.row)
    while column >= 0:
        left = table.grid.get((entry.row, column))
        if left is None:
            return ""
        if not left.empty and is_label(left.text):
            if not direct and not _heads_row(table, entry, left):
                return ""
            if not direct and not listed and not _is_row_of_digits(table, entry):
                return ""
            if listed and (not _heads_row(table, entry, left) or left.row_span > entry.row_span):
                # A section's name beside a list of its own (家庭成员), or a cell in the middle of one.
                return ""
            return head_text(left.text)
        if not left.empty and not listed:
            return ""
        direct = False
        column = left.column - 1
    return ""


def _is_row_of_digits(table: Table, entry: Entry) -> bool:
    """A cell for each digit of a number, after one label."""
    empties = [cell for cell in table.rows[entry.row] if cell.empty]
    return len(empties) >= _DIGITS_OF_A_NUMBER


def _is_form_row(table: Table, row: int) -> bool:
    """Label, empty, label, empty: the labels speak for the cell at their right."""
    pairs = 0
    for entry in table.rows[row]:
        right = table.grid.get((row, entry.column + entry.column_span))
        if not entry.empty and is_label(entry.text) and right is not None and right.empty:
            pairs += 1
    return pairs >= 2


def _heads_row(table: Table, entry: Entry, left: Entry) -> bool:
    """`left` is the first label of its row (a number before it doesn't count): the rest of the row is about it."""
    for column in table.columns:
        if column >= left.column:
            break
        before = table.grid.get((entry.row, column))
        if (
            before is not None
            and before is not left
            and not before.empty
            and not _DATA.match(before.text)
            and before.row_span <= 1
        ):
            return False
    return True


def _column_heads(table: Table, entry: Entry) -> tuple[str, ...]:
    """The heads above, from the top; only rows that hold nothing but labels are heads."""
    place = (entry.row, entry.column)
    if place not in table.heads:
        above = table.grid.get((entry.row - 1, entry.column))
        if (
            above is not None
            and (above.row, above.column) in table.heads
            and above.empty
            and (above.column, above.column_span) == (entry.column, entry.column_span)
            and not table.is_head_row(above.row)
        ):
            # A list goes on: looked up once, not from every row.
            table.heads[place] = table.heads[above.row, above.column]
        else:
            table.heads[place] = _find_column_heads(table, entry)
    return table.heads[place]


def _find_column_heads(table: Table, entry: Entry) -> tuple[str, ...]:
    heads: list[str] = []
    row = entry.row - 1
    seen: set[int] = set()
    in_heads = False
    first = min(table.rows, default=0)
    while row >= first:
        above = table.grid.get((row, entry.column))
        if above is None:
            break
        if table.is_head_row(row) and not above.empty and above.column_span < table.width:
            in_heads = True
            if id(above) not in seen and (not heads or above.column_span > 1):
                heads.append(head_text(above.text))
                seen.add(id(above))
        elif in_heads or _breaks_list(table, row, above, entry):
            break
        row = min(above.row, row) - 1 if above.row < row else row - 1
    return tuple(reversed(heads))


def _breaks_list(table: Table, row: int, above: Entry, entry: Entry) -> bool:
    """A row of another shape ends the list that a head begins."""
    if above.column != entry.column or above.column_span != entry.column_span:
        return True
    return above.column_span >= table.width > 1


def _is_answered(table: Table, entry: Entry, head: str) -> bool:
    """A remark left empty in a row that is filled in, of a table that is filled in."""
    if not _OPTIONAL.match(bare(head)):
        return False
    others = [
        cell
        for cell in table.rows[entry.row]
        if cell is not entry and not (set(range(cell.column, cell.column + cell.column_span)) <= table.spacers)
    ]
    if any(cell.empty for cell in others):
        return False
    data = [cell for cell in others if re.match(r"[¥￥]?\d", cell.text.strip())]
    return len(data) >= (2 if others and _DATA.match(others[0].text) else 1)


def is_serial(head: str) -> bool:
    return bool(_SERIAL.match(bare(head)))


def caption_unit(passages: Sequence[Passage], first: int) -> str:
    """The unit that the line above a table names for its figures: 单位：万元."""
    for earlier in reversed(passages[max(0, first - 2) : first]):
        if earlier.cell is not None:
            break
        match = re.search(r"(?:金额)?单位[：:]\s*([^\s，。；、）)_＿]{1,6})\s*[）)]?\s*$", earlier.text)
        if match and field_type(match.group(1)) is None:
            return match.group(1)
    return ""


def heads_of(table: Table, entry: Entry) -> tuple[str, ...]:
    """The row head and column heads of a cell, those there are; a cell of a head row has none."""
    if table.is_head_row(entry.row) and entry.row == min(table.rows):
        return ()
    row_label = _row_label(table, entry)
    columns = (
        () if row_label and (_is_form_row(table, entry.row) or entry.column_span > 1) else _column_heads(table, entry)
    )
    return ((row_label,) if row_label else ()) + columns
