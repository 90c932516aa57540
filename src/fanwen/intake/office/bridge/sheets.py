"""Spreadsheets: laid out to the width of a page, within a number of pages.

Lengths are 1/100 mm.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from com.sun.star.table import CellRangeAddress

A4_SHORT, A4_LONG = 21000, 29700
MARGIN = 1000
LEAST_SCALE = 0.6
"""A sheet that would have to shrink further gets a larger page instead: pages are read on screens, not paper."""
LARGEST_PAGE = 400000
WIDEST_COLUMN = 8000
ROWS_A_PAGE = 250
"""More rows than stand on any page: what lies beyond the limit's worth of them is left out before layout."""


def lay_out(document: Any, pages: int, *, columns: bool) -> bool:
    """Fit every sheet to page width; with `columns`, columns to their content. True when rows had to be left out."""
    cut = False
    styles = document.getStyleFamilies().getByName("PageStyles")
    sheets = document.getSheets()
    widths: dict[str, int] = {}
    for sheet in (sheets.getByIndex(index) for index in range(sheets.getCount())):
        if not sheet.IsVisible:
            continue
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        used = cursor.getRangeAddress()
        if columns:
            _fit_columns(sheet, used.EndColumn)
        printed = list(sheet.getPrintAreas())
        if not printed and used.EndRow >= pages * ROWS_A_PAGE:
            area = CellRangeAddress()
            area.Sheet = used.Sheet
            area.EndColumn = used.EndColumn
            area.EndRow = pages * ROWS_A_PAGE - 1
            sheet.setPrintAreas((area,))
            cut = True
        right = max((area.EndColumn for area in printed), default=used.EndColumn)
        left = min((area.StartColumn for area in printed), default=0)
        width = sheet.getCellRangeByPosition(left, 0, right, 0).Size.Width
        page_style = sheet.PageStyle
        widths[page_style] = max(widths.get(page_style, 0), width)
    for name, width in widths.items():
        _fit_page(styles.getByName(name), width)
    return cut


def _fit_columns(sheet: Any, last: int) -> None:
    columns = sheet.getCellRangeByPosition(0, 0, last, 0).getColumns()
    columns.OptimalWidth = True
    for column in (columns.getByIndex(index) for index in range(min(last + 1, 200))):
        if column.Width > WIDEST_COLUMN:
            column.Width = WIDEST_COLUMN
            column.IsTextWrapped = True


def _fit_page(style: Any, width: int) -> None:
    short, long = A4_SHORT, A4_LONG
    landscape = style.IsLandscape or width > short - 2 * MARGIN
    page_width, page_height = (long, short) if landscape else (short, long)
    room = page_width - 2 * MARGIN
    if width * LEAST_SCALE > room:
        grown = min((width * LEAST_SCALE + 2 * MARGIN) / page_width, LARGEST_PAGE / page_width)
        page_width, page_height = int(page_width * grown), int(page_height * grown)
    style.IsLandscape = landscape
    style.Width, style.Height = page_width, page_height
    style.LeftMargin = style.RightMargin = style.TopMargin = style.BottomMargin = MARGIN
    style.PageScale = 100
    style.ScaleToPagesX = 1
    style.ScaleToPagesY = 0
    # Comments and formulas are for whoever works on the sheet.
    style.PrintAnnotations = False
    style.PrintFormulas = False


def more_than(document: Any, pages: int, pdf: Path) -> bool:
    """Whether the document has more pages than the `pages` that were exported to `pdf`.

    Counting all pages lays the whole document out, so it is asked only when the PDF has reached the limit.
    """
    counts = [int(count) for count in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", pdf.read_bytes())]
    if not counts or max(counts) < pages:
        return False
    return bool(document.getRendererCount(document, ()) > pages)
