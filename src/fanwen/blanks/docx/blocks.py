"""Paragraphs of one part in reading order, with their places: tables and their grids, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fanwen.blanks.docx.controls import control_data, control_kind
from fanwen.blanks.docx.inline import InlineReader
from fanwen.blanks.docx.paragraph import Control, Paragraph
from fanwen.blanks.docx.styles import Styles
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.story import Cell, Mark, Where

_TRANSPARENT = frozenset({"w:sdtContent", "w:ins", "w:moveTo", "mc:Choice"})


@dataclass(slots=True)
class Counter:
    """Numbers the tables of a whole document."""

    tables: int = 0

    def next(self) -> int:
        self.tables += 1
        return self.tables - 1


@dataclass(frozen=True, slots=True)
class Place:
    where: Where
    container: str
    cell: Cell | None = None
    controls: tuple[Node, ...] = ()
    """Content controls around whole paragraphs, the outermost first."""


class BlockReader:
    """Reads the block content below a node of the part `part` into `paragraphs`."""

    def __init__(self, part: str, source: Source, styles: Styles, targets: Mapping[str, str], tables: Counter) -> None:
        self.part = part
        self.paragraphs: list[Paragraph] = []
        self.unread: list[str] = []
        """Text of blocks deleted with changes tracked."""
        self._styles = styles
        self._targets = targets
        self._tables = tables
        self._boxes = 0
        paragraphs = [node.start for node in source.nodes if node.tag == "w:p"]
        self._numbers = {start: number for number, start in enumerate(paragraphs)}
        self._pending: list[tuple[Node, Paragraph]] = []

    def read(self, node: Node, place: Place) -> None:
        inline = InlineReader(self._styles, self._targets, lambda box, at: self._pending.append((box, at)))
        self._blocks(node, place, inline)

    def _blocks(self, node: Node, place: Place, inline: InlineReader) -> None:
        for child in node.children:
            tag = child.tag
            if tag == "w:p":
                self._paragraph(child, place, inline)
            elif tag == "w:tbl":
                self._table(child, place, inline)
            elif tag == "w:sdt":
                self._blocks(child, replace(place, controls=(*place.controls, child)), inline)
            elif tag in _TRANSPARENT or tag == "mc:AlternateContent":
                self._blocks(child, place, inline)
            elif tag in ("w:del", "w:moveFrom"):
                self._skip(child)

    def _paragraph(self, node: Node, place: Place, inline: InlineReader) -> None:
        paragraph = Paragraph(f"{self.part}#{self._numbers[node.start]}", self.part, node, place.where)
        paragraph.cell = place.cell
        paragraph.container = place.container
        style = ""
        if node.children and node.children[0].tag == "w:pPr":
            named = node.children[0].child("w:pStyle")
            style = named.attribute("val") if named is not None else ""
            paragraph.style = self._styles.name(style) if style else ""
            paragraph.listed = _list_of(node.children[0], self._styles.listed(style))
        inline.read(paragraph, style)
        for control in place.controls:
            end = len(paragraph.text)
            paragraph.marks.insert(0, Mark(0, end, "control", control_data(control)))
            paragraph.controls.append(Control(0, end, control, control.child("w:sdtContent"), control_kind(control)))
        self.paragraphs.append(paragraph)
        pending, self._pending = self._pending, []
        self._text_boxes(pending)

    def _text_boxes(self, pending: list[tuple[Node, Paragraph]]) -> None:
        shown: list[Paragraph] = []
        for box, anchor in pending:
            if _is_fallback(box, anchor.node):
                self._pair(self._box(box, ""), shown)
            else:
                self._boxes += 1
                box_paragraphs = self._box(box, f"{self.part}/textbox{self._boxes}")
                shown += box_paragraphs
                self.paragraphs += box_paragraphs

    def _box(self, box: Node, container: str) -> list[Paragraph]:
        kept, self.paragraphs = self.paragraphs, []
        tables = self._tables.tables
        self.read(box, Place("textbox", container))
        if not container:
            self._tables.tables = tables
        kept, self.paragraphs = self.paragraphs, kept
        return kept

    def _pair(self, fallback: list[Paragraph], shown: list[Paragraph]) -> None:
        """Give each paragraph shown its other version. What differs is text that a reader never sees."""
        free = [paragraph for paragraph in shown if not paragraph.twins]
        for paragraph in fallback:
            match = next((other for other in free if other.text == paragraph.text), None)
            if match is None:
                if paragraph.text.strip():
                    self.unread.append(paragraph.text)
                continue
            match.twins.append(paragraph)
            free.remove(match)

    def _table(self, node: Node, place: Place, inline: InlineReader) -> None:
        table = self._tables.next()
        parent = place.cell.table if place.cell else None
        where: Where = "table" if place.where == "body" else place.where
        rows = [list(_cells(row)) for row, _ in _rows(node, ())]
        for number, (row, controls) in enumerate(_rows(node, ())):
            if (properties := row.child("w:trPr")) is not None and properties.child("w:del") is not None:
                self._skip(row)
                continue
            for cell, column, span, cell_controls in rows[number]:
                if _merge(cell) == "continue":
                    self._skip(cell)
                    continue
                down = _row_span(rows, number, column) if _merge(cell) == "restart" else 1
                at = Cell(table, number, column, down, span, parent)
                container = f"{self.part}/table{table}/r{number}c{column}"
                around = (*place.controls, *controls, *cell_controls)
                self._blocks(cell, Place(where, container, at, around), inline)

    def _skip(self, node: Node) -> None:
        text = "".join(child.text for child in node.descendants() if child.tag in ("w:t", "w:delText"))
        if text.strip():
            self.unread.append(text)


def _is_fallback(box: Node, anchor: Node) -> bool:
    node = box.parent
    while node is not None and node is not anchor:
        if node.tag == "mc:Fallback" and node.parent is not None and node.parent.child("mc:Choice") is not None:
            return True
        node = node.parent
    return False


def _rows(node: Node, controls: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    for child in node.children:
        if child.tag == "w:tr":
            yield child, controls
        elif child.tag == "w:sdt":
            yield from _rows(child, (*controls, child))
        elif child.tag in _TRANSPARENT:
            yield from _rows(child, controls)


def _cells(row: Node) -> Iterator[tuple[Node, int, int, tuple[Node, ...]]]:
    """(cell, column in the grid, columns spanned, controls around it)."""
    properties = row.child("w:trPr")
    before = properties.child("w:gridBefore") if properties else None
    column = _number(before, 0)

    def walk(node: Node, controls: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        for child in node.children:
            if child.tag == "w:tc":
                yield child, controls
            elif child.tag == "w:sdt":
                yield from walk(child, (*controls, child))
            elif child.tag in _TRANSPARENT:
                yield from walk(child, controls)

    for cell, controls in walk(row, ()):
        cell_properties = cell.child("w:tcPr")
        span = max(1, _number(cell_properties.child("w:gridSpan") if cell_properties else None, 1))
        yield cell, column, span, controls
        column += span


def _list_of(properties: Node, by_style: str) -> str:
    """The list and level that a paragraph is numbered in: its own, else its style's. The list 0 is none."""
    numbering = properties.child("w:numPr")
    if numbering is None:
        return by_style
    own, level = numbering.child("w:numId"), numbering.child("w:ilvl")
    list_ = own.attribute("val") if own is not None else by_style.partition("/")[0]
    return f"{list_}/{level.attribute('val', '0') if level is not None else '0'}" if list_ not in ("", "0") else ""


def _number(node: Node | None, default: int) -> int:
    value = node.attribute("val") if node else ""
    return int(value) if value.isascii() and value.isdigit() else default


def _merge(cell: Node) -> str:
    """ "restart" or "continue" of a vertical merge; empty when the cell is not merged."""
    properties = cell.child("w:tcPr")
    merge = properties.child("w:vMerge") if properties else None
    return "" if merge is None else merge.attribute("val", "continue") or "continue"


def _row_span(rows: list[list[tuple[Node, int, int, tuple[Node, ...]]]], row: int, column: int) -> int:
    span = 1
    for below in rows[row + 1 :]:
        if not any(at == column and _merge(cell) == "continue" for cell, at, _, _ in below):
            break
        span += 1
    return span
