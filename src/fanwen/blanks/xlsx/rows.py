"""Rows of a sheet copied behind themselves: what stands below moves down, and everything that names it follows.

What can't be followed safely (drawings, tables, formulas shared by many cells, ...) is an obstacle: then no rows are added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply, escape
from fanwen.blanks.relations import relations
from fanwen.blanks.reshaped import Reshaped
from fanwen.blanks.xlsx.references import Beyond, Moves, below, formula
from fanwen.blanks.xlsx.workbook import URIS, Workbook

_NAMES = """
    sheets sheet definedName row c f mergeCells mergeCell dimension selection conditionalFormatting cfRule formula
    dataValidation formula1 formula2 ignoredError
"""
_TAGS = {f"{uri} {name}": name for uri in URIS for name in _NAMES.split()}
_TEXTS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_CHAIN_TAGS = {f"{uri} {name}": name for uri in URIS for name in ("calcChain", "c")}
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def add_rows(document: Workbook, copies: Mapping[str, int]) -> Reshaped:
    """Copy the row of each cell in `copies` so many times behind itself. Raises `FillError` (``no_rows``)."""
    package = document.package
    changed: dict[str, bytes] = {}
    made = Reshaped(b"", kept={id_: id_ for id_ in document.cells})
    for part in dict.fromkeys(document.cells[id_].part for id_ in copies):
        wanted = {_row_of(id_): times for id_, times in copies.items() if document.cells[id_].part == part}
        name = document.cells[next(id_ for id_ in copies if document.cells[id_].part == part)].sheet
        if found := document.obstacle(part):
            raise FillError("no_rows", place=name, what=found)
        moves = Moves(wanted)
        try:
            for other, data in _Sheets(document, changed).moved(part, name, moves, wanted).items():
                changed[other] = data
        except Beyond as error:
            raise FillError("no_rows", place=name, what="f") from error
        for id_, cell in document.cells.items():
            if cell.part == part:
                row = _row_of(id_)
                made.kept[id_] = f"{part}#{moves.cell(cell.reference)}"
                base = moves.row(row)
                column = cell.reference.rstrip("0123456789")
                made.copies[id_] = [f"{part}#{column}{base + n}" for n in range(1, wanted.get(row, 0) + 1)]
    made.data = package.written(changed)
    return made


def _row_of(id_: str) -> int:
    found = _CELL.fullmatch(id_.rpartition("#")[2])
    assert found is not None
    return int(found[2])


class _Sheets:
    """The parts of a workbook that name cells."""

    def __init__(self, document: Workbook, changed: Mapping[str, bytes]) -> None:
        self._document = document
        self._package = document.package
        self._changed = changed

    def _read(self, part: str) -> Source:
        return Source(self._changed.get(part) or self._package.read(part), _TAGS, _TEXTS)

    def moved(self, part: str, name: str, moves: Moves, wanted: Mapping[int, int]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for other, its_name in self._document.parts():
            source, splices = self._read(other), Splices(its_name)
            if other == part:
                _move_rows(source, splices, name, moves, wanted)
                _move_areas(source, splices, moves, wanted)
            _move_formulas(source, splices, moves, name, its_name)
            if splices:
                found[other] = source.stored(apply(source.data, splices.ordered()))
        book, splices = self._read(self._document.main), Splices(self._document.main)
        for node in book.nodes:
            if node.tag == "definedName":
                _rewrite(book, splices, node, formula(node.text, moves, name, ""))
        if splices:
            found[self._document.main] = book.stored(apply(book.data, splices.ordered()))
        return found | self._chain(name, moves)

    def _chain(self, name: str, moves: Moves) -> dict[str, bytes]:
        """The order in which formulas are computed names their cells; a name that holds no formula is damage."""
        sheets = [node for node in self._read(self._document.main).nodes if node.tag == "sheet"]
        number = next(node.attribute("sheetId") for node in sheets if node.attribute("name") == name)
        for relation in relations(self._package, self._document.main):
            if relation.kind != "calcChain" or relation.target not in self._package:
                continue
            source = Source(
                self._changed.get(relation.target) or self._package.read(relation.target), _CHAIN_TAGS, frozenset()
            )
            splices, sheet = Splices(relation.target), ""
            for node in source.nodes:
                if node.tag == "c":
                    sheet = node.attribute("i") or sheet
                    if sheet == number:
                        _set(source, splices, node, "r", moves.cell(node.attribute("r")))
            return {relation.target: source.stored(apply(source.data, splices.ordered()))} if splices else {}
        return {}


def _move_rows(source: Source, splices: Splices, sheet: str, moves: Moves, wanted: Mapping[int, int]) -> None:
    for row in (node for node in source.nodes if node.tag == "row"):
        number = int(row.attribute("r"))
        times = wanted.get(number, 0)
        if moves.row(number) != number or times:
            opened, end = row.start, source.end(row)
            raw = [_row(source, row, moves, sheet, copy) for copy in range(times + 1)]
            splices.replace(opened, end, b"".join(raw))
        elif any(node.tag == "f" for node in row.descendants()):
            splices.replace(row.start, source.end(row), _row(source, row, moves, sheet, 0))


def _row(source: Source, row: Node, moves: Moves, sheet: str, copy: int) -> bytes:
    """The bytes of a row where it is then, or of its copy `copy` rows further down."""
    splices = Splices(sheet)
    own = int(row.attribute("r"))
    number = moves.row(own) + copy
    _set(source, splices, row, "r", str(number))
    for cell in row.children:
        if cell.tag != "c":
            continue
        _set(source, splices, cell, "r", cell.attribute("r").rstrip("0123456789") + str(number))
        inner = cell.child("f")
        if inner is not None and inner.text:
            # a row's own formula speaks of the row itself, so it doesn't grow
            said = formula(inner.text, moves, sheet, sheet, grows=not _within(inner.text, own))
            _rewrite(source, splices, inner, below(said, copy) if copy else said)
    return apply(source.raw(row), [(start - row.start, end - row.start, new) for start, end, new in splices.ordered()])


def _within(text: str, row: int) -> bool:
    """Whether a formula looks at nothing but its own row."""
    return all(int(found[2]) == row for found in _CELL.finditer(text.replace("$", "")))


def _move_areas(source: Source, splices: Splices, moves: Moves, wanted: Mapping[int, int]) -> None:
    """Merged cells, formats by condition, validations, what is selected, how far the sheet reaches."""
    for node in source.nodes:
        if node.tag == "mergeCells" and node.attribute("count"):
            more = sum(wanted.get(_only_row(one), 0) for one in node.all("mergeCell"))
            _set(source, splices, node, "count", str(len(node.all("mergeCell")) + more))
        elif node.tag == "mergeCell":
            row = _only_row(node)
            _set(source, splices, node, "ref", moves.range(node.attribute("ref"), grows=not row))
            copies = [_merged(source, node, moves.row(row) + n) for n in range(1, wanted.get(row, 0) + 1)]
            if copies:
                splices.replace(source.end(node), source.end(node), b"".join(copies))
        elif node.tag == "dimension":
            _set(source, splices, node, "ref", moves.area(node.attribute("ref")))
        elif node.tag in ("conditionalFormatting", "dataValidation", "ignoredError"):
            _set(source, splices, node, "sqref", moves.area(node.attribute("sqref")))
        elif node.tag == "selection" and node.attribute("activeCell"):
            _set(source, splices, node, "activeCell", moves.cell(node.attribute("activeCell")))
            _set(source, splices, node, "sqref", " ".join(map(moves.range, node.attribute("sqref").split())))


def _only_row(node: Node) -> int:
    """The row of cells merged side by side; 0 where several rows are merged."""
    rows = {int(found[2]) for found in _CELL.finditer(node.attribute("ref"))}
    return rows.pop() if len(rows) == 1 else 0


def _merged(source: Source, node: Node, row: int) -> bytes:
    reference = _CELL.sub(lambda found: f"{found[1]}{row}", node.attribute("ref"))
    return f'<{source.prefix(node)}mergeCell ref="{reference}"/>'.encode()


def _move_formulas(source: Source, splices: Splices, moves: Moves, sheet: str, home: str) -> None:
    """Formulas of formats and validations, and on other sheets those of cells; rows move with their own."""
    for node in source.nodes:
        if node.tag in ("formula", "formula1", "formula2") or (node.tag == "f" and sheet != home):
            moved = formula(node.text, moves, sheet, home) if node.text else ""
            if node.tag == "f" and moved != node.text and node.attribute("t", "normal") != "normal":
                raise Beyond  # shared by cells that would have to follow
            _rewrite(source, splices, node, moved)


def _set(source: Source, splices: Splices, node: Node, name: str, value: str) -> None:
    """Give an attribute that is there another value."""
    if not value or node.attribute(name) == value:
        return
    opening = source.data[node.start : source.open_end(node)]
    found = re.search(rb"\s%s\s*=\s*(\"[^\"]*\"|'[^']*')" % name.encode(), opening)
    if found is not None:
        start = node.start + found.start(1)
        splices.replace(start, node.start + found.end(1), f'"{value}"'.encode())


def _rewrite(source: Source, splices: Splices, node: Node, text: str) -> None:
    if text != node.text:
        splices.replace(source.open_end(node), node.stop, escape(text).encode())
