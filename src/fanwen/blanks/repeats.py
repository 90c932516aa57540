"""Parts of a document that may be filled any number of times: rows under a table's heads, items of a list."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fanwen.blanks.detect.list_items import BULLETS
from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank

_NUMBER = re.compile(r"^\s*[（(]?(\d{1,3})(?:[)）][.．、]?|[.．、])\s*")
_BULLET = re.compile(rf"^\s*[{re.escape(BULLETS)}-]{{1,2}}(?=[\s_＿]|$)\s*")
_REST = re.compile(r"^[\s；;。，,.、：:]*$")
_LONGEST_NAME = 20

_GROWS = frozenset({"docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "ppsx", "pptm"})
"""Formats in which rows can be added; elsewhere those that are there can be filled."""


@dataclass(frozen=True)
class Serial:
    """The number that counts a row or item: ``text[start:end]`` of a passage."""

    passage: str
    start: int
    end: int
    text: str

    @property
    def number(self) -> int:
        return int(self.text)


@dataclass(frozen=True)
class Part:
    """One row or item as the template has it."""

    passages: tuple[str, ...]
    blanks: tuple[str, ...]
    serial: Serial | None = None


@dataclass(frozen=True)
class Repeat:
    """`parts` are alike and stand one after the other. A value for it is a list with a row of values for each."""

    id: str
    """`r1`, `r2`, ... in document order."""
    name: str
    kind: Literal["row", "item"]
    parts: tuple[Part, ...]
    grows: bool
    """Whether there may be more of them than the template has."""

    def to_dict(self) -> dict[str, Any]:
        rows = [list(part.blanks) for part in self.parts]
        return {"id": self.id, "name": self.name, "kind": self.kind, "rows": rows, "grows": self.grows}


def find_repeats(story: Story, blanks: Sequence[Blank]) -> tuple[Repeat, ...]:
    """The repeating parts of `story`, in document order.

    A row repeats when it holds nothing but blanks and perhaps its number, at least two blanks, each under a head; an
    item when it is a number or a bullet and a blank, and the list has no other items. What follows and is just the same
    belongs to it.
    """
    by_passage: dict[str, list[Blank]] = {}
    for blank in blanks:
        by_passage.setdefault(blank.passage, []).append(blank)
    grows = story.format in _GROWS
    order = {passage.id: at for at, passage in enumerate(story.passages)}
    found = [*_rows(story, by_passage), *_items(story, by_passage)]
    found.sort(key=lambda one: order[one[2][0].passages[0]])
    cells = {passage.id: passage.cell for passage in story.passages}

    def room(part: Part) -> bool:
        cell = cells[part.passages[0]]
        return grows and (cell is None or cell.table not in story.fixed)

    return tuple(Repeat(f"r{n}", name, kind, parts, room(parts[-1])) for n, (name, kind, parts) in enumerate(found, 1))


_Found = tuple[str, Literal["row", "item"], tuple[Part, ...]]


def _rows(story: Story, blanks: dict[str, list[Blank]]) -> Iterator[_Found]:
    tables: dict[int, list[Passage]] = {}
    for passage in story.passages:
        if passage.cell is not None:
            tables.setdefault(passage.cell.table, []).append(passage)
    reckons = story.format.startswith("xls")  # a cell of a sheet that computes something says nothing of its own
    nested = {passage.cell.parent for passage in story.passages if passage.cell}
    for table, passages in tables.items():
        if table in nested:
            continue
        rows: dict[int, list[Passage]] = {}
        for passage in passages:
            if passage.cell is not None:
                rows.setdefault(passage.cell.row, []).append(passage)
        heads: dict[int, str] = {}
        run: list[tuple[int, Part, Any]] = []
        for number, row in sorted(rows.items()):
            part = _row([one for one in row if not (reckons and _computed(one))], blanks, heads)
            look = _look(row, part, blanks) if part else None
            if run and (part is None or look != run[-1][2] or number != run[-1][0] + 1 or not _next(run[-1][1], part)):
                yield _table_name(story, passages, blanks, run), "row", tuple(one for _, one, _ in run)
                run = []
            if part is not None:
                run.append((number, part, look))
                continue
            heads |= {p.cell.column: p.text.strip() for p in row if p.cell and p.text.strip()}
        if run:
            yield _table_name(story, passages, blanks, run), "row", tuple(one for _, one, _ in run)


def _row(row: Sequence[Passage], blanks: dict[str, list[Blank]], heads: dict[int, str]) -> Part | None:
    """`row` as a part, if it holds nothing but blanks and its number, all of them under heads."""
    ids: list[str] = []
    serial: Serial | None = None
    columns = [passage.cell.column for passage in row if passage.cell]
    if len(set(columns)) < len(columns):
        return None  # a cell of several paragraphs is more than a blank
    for passage in row:
        cell, text = passage.cell, passage.text.strip()
        if cell is None or cell.row_span > 1 or cell.column not in heads:
            return None
        held = blanks.get(passage.id, ())
        if len(held) == 1 and held[0].text.strip() == text and held[0].kind != "checkbox":
            ids.append(held[0].id)
        elif not held and text.isdecimal() and len(text) <= 3 and serial is None:
            start = passage.text.index(text)
            serial = Serial(passage.id, start, start + len(text), text)
        elif held or text:
            return None
    if len(ids) < 2:
        return None
    return Part(tuple(passage.id for passage in row), tuple(ids), serial)


def _computed(passage: Passage) -> bool:
    return any(mark.kind == "field" and mark.start == 0 and mark.end == len(passage.text) for mark in passage.marks)


def _look(row: Sequence[Passage], part: Part, blanks: dict[str, list[Blank]]) -> Any:
    """What rows must share to be one list: their cells, and which of them ask for something."""
    cells = tuple((p.cell.column, p.cell.column_span, bool(blanks.get(p.id))) for p in row if p.cell)
    return cells, part.serial is None


def _next(before: Part, part: Part) -> bool:
    if before.serial is None or part.serial is None:
        return before.serial is part.serial
    return part.serial.number == before.serial.number + 1


def _table_name(story: Story, passages: Sequence[Passage], blanks: dict[str, list[Blank]], run: Sequence[Any]) -> str:
    """The cell that heads the rows from the left, else the last words before the table, else the heads themselves."""
    row = run[0][0]
    for passage in passages:
        cell = passage.cell
        if cell and cell.row_span > 1 and cell.row <= row < cell.row + cell.row_span and passage.text.strip():
            return "".join(passage.text.split())[:_LONGEST_NAME]
    at = story.passages.index(passages[0])
    for before in reversed(story.passages[max(0, at - 3) : at]):
        text = "".join(before.text.split()).rstrip("：:。")
        if before.cell is not None:
            break
        if text:
            if len(text) <= _LONGEST_NAME and not re.search(r"[，。；;_＿]", text):
                return text
            break
    heads = [blank.label or blank.name for id_ in run[0][1].passages for blank in blanks.get(id_, ())]
    return "、".join(heads)[:_LONGEST_NAME].rstrip("、")


def _items(story: Story, blanks: dict[str, list[Blank]]) -> Iterator[_Found]:
    """Lists of nothing but blank items. The number of an item may be typed; numbers and bullets that the program draws
    come by themselves."""
    run: list[Part] = []
    name, last, mark, before = "", "", "", ""
    for passage in itertools.chain(story.passages, (None,)):
        outside = passage is not None and passage.cell is None and passage.where == "body"
        part = _item(passage, blanks) if passage is not None and outside else None
        listed = _mark(passage) if passage is not None and outside else ""
        if run and (part is None or listed != mark or not _next(run[-1], part)):
            if not _continues(run[-1], mark, passage, listed):
                yield name or last, "item", tuple(run)
            run = []
        if part is not None:
            begins = part.serial.number == 1 if part.serial is not None else listed != before
            if run or begins:
                name, mark = (name, mark) if run else (last, listed)
                run.append(part)
        elif passage is not None and passage.text.strip():
            last = "".join(passage.text.split()).rstrip("：:。")[-_LONGEST_NAME:]
        before = listed


def _mark(passage: Passage) -> str:
    """What items of one list have in common: the list that draws their numbers, a typed bullet; "1" for a typed number."""
    if passage.listed:
        return passage.listed
    if _NUMBER.match(passage.text):
        return "1"
    bullet = _BULLET.match(passage.text)
    return bullet.group().strip() if bullet else ""


def _continues(last: Part, mark: str, passage: Passage | None, listed: str) -> bool:
    """Whether `passage`, which is no blank item, goes on with the list of `last`: then the list says something."""
    if passage is None or listed != mark:
        return False
    number = _NUMBER.match(passage.text)
    return last.serial is None or (number is not None and int(number[1]) == last.serial.number + 1)


def _item(passage: Passage, blanks: dict[str, list[Blank]]) -> Part | None:
    held = blanks.get(passage.id, ())
    if len(held) != 1 or held[0].kind == "checkbox":
        return None
    number = None if passage.listed else _NUMBER.match(passage.text)
    typed = number or _BULLET.match(passage.text)
    if not (typed or passage.listed):
        return None
    begin = typed.end() if typed and not passage.listed else 0
    if held[0].start < begin or not _REST.match(passage.text[begin : held[0].start] + passage.text[held[0].end :]):
        return None
    serial = Serial(passage.id, number.start(1), number.end(1), number[1]) if number else None
    return Part((passage.id,), (held[0].id,), serial)
