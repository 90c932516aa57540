"""Tables of a demo document."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from fanwen.demo.inline import plain
from fanwen.demo.markup import Table
from fanwen.demo.word import runs
from fanwen.demo.word.footnotes import Footnotes

_SHADE = "EDF1F5"
_LEFT = "<"
_ABOVE = "^"


def add(document: Document, source: Table, footnotes: Footnotes) -> None:
    """Append `source`. Options: `widths` (parts of the text width), `label` (columns that are labels), `height` (of
    every row, cm), `heights` (of single rows, cm), `align=left`."""
    columns = len(source.rows[0])
    table = document.add_table(len(source.rows), columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    parts = source.numbers("widths") or [1.0] * columns
    widths = [Emu(int(room * part / sum(parts))) for part in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    centred = _short_columns(source)
    labels = {int(number) - 1 for number in source.numbers("label")}
    heights = source.numbers("heights") or (source.numbers("height") or [0.8]) * len(source.rows)
    for row_number, texts in enumerate(source.rows):
        row = table.rows[row_number]
        if heights and heights[row_number]:
            row.height = Cm(heights[row_number])
        _keep_whole(row, is_head=row_number < source.head)
        cells = row.cells
        for column, text in enumerate(texts):
            cell = cells[column]
            cell.width = widths[column]
            if text in (_LEFT, _ABOVE):
                continue
            is_head = row_number < source.head or column in labels
            _fill(cell, text, is_head, is_head or column in centred, footnotes)
    _merge(table, source)


def _short_columns(source: Table) -> set[int]:
    """The columns that are set centred: those in which every cell is short."""
    if source.options.get("align") == "left":
        return set()
    body = source.rows[source.head :]
    return {column for column in range(len(source.rows[0])) if all(len(plain(row[column])) <= 14 for row in body)}


def _fill(cell: _Cell, text: str, is_head: bool, centred: bool, footnotes: Footnotes) -> None:
    if is_head and text:
        # Before the alignment is set: the schema wants them in this order.
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:color"), "auto")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = text.split("{break}")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = "Table Text"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        runs.add(paragraph, f"**{line}**" if is_head and "**" not in line and line else line, footnotes)


def _merge(table: WordTable, source: Table) -> None:
    """Join the cells whose text says so; done last, since a joined cell stands at several places of the grid."""
    columns = len(source.rows[0])
    for row in range(len(source.rows)):
        for column in range(columns):
            if source.rows[row][column] in (_LEFT, _ABOVE):
                continue
            right, below = column, row
            while right + 1 < columns and source.rows[row][right + 1] == _LEFT:
                right += 1
            while below + 1 < len(source.rows) and source.rows[below + 1][column] == _ABOVE:
                below += 1
            if (right, below) != (column, row):
                joined = table.cell(row, column).merge(table.cell(below, right))
                # Joining leaves an empty paragraph for every empty cell joined.
                for paragraph in [p for p in joined.paragraphs[1:] if not p.text and not len(p._p.r_lst)]:
                    paragraph._p.getparent().remove(paragraph._p)


def _keep_whole(row: _Row, *, is_head: bool) -> None:
    """A row is not cut by a page's end, and the head stands on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
