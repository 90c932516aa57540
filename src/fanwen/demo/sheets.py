"""A source as an XLSX workbook: every title is a sheet, its table the cells."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fanwen.demo.inline import plain
from fanwen.demo.markup import Paragraph, Source, Table

_THIN = Side(style="thin", color="666666")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_TOTAL = PatternFill("solid", fgColor="F7F3E3")
_TOTALS = ("合计", "小计", "总计", "Total")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def write(source: Source, target: Path, *, author: str, date: datetime) -> None:
    """Write `target`. The head may give `landscape`; a table its `widths` in characters, the `height` of its rows in
    points, and the number `formats` of columns with formulas, parted by semicolons."""
    book = Workbook()
    book.remove(book.active)
    sheet: Worksheet | None = None
    for block in source.blocks():
        if isinstance(block, Paragraph) and block.style == "title":
            sheet = book.create_sheet(block.text)
            _set_up_page(sheet, landscape=bool(source.head.get("landscape")))
        elif sheet is None:
            raise ValueError("a workbook's source starts with the title of its first sheet")
        elif isinstance(block, Paragraph):
            _line(sheet, block)
        elif isinstance(block, Table):
            _table(sheet, block)
        else:
            raise ValueError(f"a workbook can't hold {block!r}")
    for sheet in book.worksheets:
        _span_lines(sheet)
    book.properties.creator = book.properties.lastModifiedBy = author
    book.properties.title = source.head.get("title", "")
    book.properties.created = book.properties.modified = date
    book.save(target)


def _set_up_page(sheet: Worksheet, *, landscape: bool) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _line(sheet: Worksheet, line: Paragraph) -> None:
    """A line across the sheet; the first is its heading."""
    row = sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1
    cell = sheet.cell(row, 1, plain(line.text))
    is_heading = row == 1
    cell.font = Font(name="方正小标宋简体", size=18) if is_heading else Font(name="楷体", size=11)
    horizontal = "center" if is_heading else "right" if line.style == "right" else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 36 if is_heading else 16 * (1 + len(line.text) // 60) + 4


def _span_lines(sheet: Worksheet) -> None:
    """Lines across the sheet span its columns, known only when all tables are in."""
    for row in range(1, sheet.max_row + 1):
        if sheet.max_column > 1 and not sheet.cell(row, 1).border.left.style:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=sheet.max_column)


def _table(sheet: Worksheet, source: Table) -> None:
    first = sheet.max_row + 1
    for column, width in enumerate(source.numbers("widths"), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    formats = source.options.get("formats", "").split(";")
    for number, texts in enumerate(source.rows):
        row = first + number
        is_head = number < source.head
        is_total = texts[0] in _TOTALS
        height = float(source.options.get("height", 0)) or 20.0
        if is_head and any(
            len(text) * 2.2 > width for text, width in zip(texts, source.numbers("widths"), strict=True)
        ):
            height = max(height, 36.0)
        sheet.row_dimensions[row].height = height
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            cell.border = _GRID
            cell.font = Font(name="黑体" if is_head else "宋体", size=11, bold=is_total)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if is_head or is_total:
                cell.fill = _HEAD if is_head else _TOTAL
            if text not in ("<", "^"):
                cell.value = _value(text)
                cell.number_format = _number_format(cell.value, text)
                if text.startswith("=") and column <= len(formats) and formats[column - 1]:
                    cell.number_format = formats[column - 1]
                if isinstance(cell.value, str) and len(text) > 12 and not is_head:
                    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    _merge(sheet, source, first)
    if source.head and first + source.head <= 6:
        sheet.freeze_panes = sheet.cell(first + source.head, 1)
        sheet.print_title_rows = f"1:{first + source.head - 1}"


def _merge(sheet: Worksheet, source: Table, first: int) -> None:
    rows, columns = len(source.rows), len(source.rows[0])
    for row in range(rows):
        for column in range(columns):
            if source.rows[row][column] in ("<", "^"):
                continue
            right, below = column, row
            while right + 1 < columns and source.rows[row][right + 1] == "<":
                right += 1
            while below + 1 < rows and source.rows[below + 1][column] == "^":
                below += 1
            if (right, below) != (column, row):
                sheet.merge_cells(
                    start_row=first + row, end_row=first + below, start_column=column + 1, end_column=right + 1
                )


def _value(text: str) -> str | int | float | date | None:
    """Numbers, percentages and dates are stored as such; what starts with an apostrophe stays text."""
    if not text:
        return None
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"-?[1-9]\d{0,8}|0", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d+(\.\d+)?%", text):
        return round(float(text[:-1]) / 100, 6)
    if _DATE.fullmatch(text):
        return datetime.fromisoformat(text).date()
    return plain(text)


def _number_format(value: object, text: str) -> str:
    if text.endswith("%"):
        return f"0.{'0' * len(text.rstrip('%').partition('.')[2])}%".replace(".%", "%")
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, float):
        return "#,##0." + "0" * len(text.partition(".")[2])
    return "General"
