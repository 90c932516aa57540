"""Check that rows added to sheets are all that a workbook differs in, with openpyxl, which knows nothing of the splices."""

from __future__ import annotations

import io
import re
from string import ascii_uppercase
from typing import Any

import openpyxl
from openpyxl.formula.tokenizer import Token, Tokenizer

from fanwen.blanks.package import Package
from fanwen.blanks.reshaped import Reshaped
from fanwen.blanks.xlsx.workbook import Workbook

_NAMING = re.compile(r"(?:^|/)(?:workbook|calcChain|worksheets/[^/]+|sheet\d+)\.xml$")
"""Parts that name cells."""


def sheets_that_differ_in_more(template: Package, made: Package, reshaped: Reshaped) -> list[str]:
    """Names of parts and sheets with other changes than copies of rows, and what followed them."""
    wrong = [part for part in template.names if not _NAMING.search(part) and template.read(part) != made.read(part)]
    if template.names != made.names:
        wrong.append("[Content_Types].xml")
    moved: dict[tuple[str, int], int] = {}
    for old, new in reshaped.kept.items():
        part, row = _row(old)
        moved[part, row] = _row(new)[1]
    copied = [(_place(new), _place(old)) for old, news in reshaped.copies.items() for new in news]
    before, after = (openpyxl.load_workbook(io.BytesIO(one.written({}))) for one in (template, made))
    parts = {name: part for part, name in Workbook(template).parts()}
    for ours, theirs in zip(before.worksheets, after.worksheets, strict=True):
        part = parts.get(ours.title, "")
        for line in ours.iter_rows():
            for cell in line:
                now = moved.get((part, int(cell.row or 0)))
                # a row without a cell that is read says nothing, wherever it went
                if now is not None and not _same(cell, theirs.cell(now, int(cell.column or 0))):
                    wrong.append(f"{ours.title}!{cell.coordinate}")
        wrong += [
            f"{ours.title}!{new}"
            for (there, new), (_, old) in copied
            if there == part and not _same(ours[old], theirs[new])
        ]
    return wrong


def _place(id_: str) -> tuple[str, str]:
    part, _, reference = id_.rpartition("#")
    return part, reference


def _row(id_: str) -> tuple[str, int]:
    part, reference = _place(id_)
    return part, int(reference.lstrip(ascii_uppercase))


def _same(ours: Any, theirs: Any) -> bool:
    """The same value in the same style; of formulas, all but the cells they name."""
    return bool(_said(ours.value) == _said(theirs.value) and ours._style == theirs._style)


def _said(value: Any) -> Any:
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    tokens = Tokenizer(value).items
    return [(one.type, "" if one.subtype == Token.RANGE else one.value) for one in tokens]
