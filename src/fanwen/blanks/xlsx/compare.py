"""Compare a filled workbook with its template, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from fanwen.blanks.compare import Other
from fanwen.blanks.docx.tokens import meaning
from fanwen.blanks.markup.plain import local, parse
from fanwen.blanks.types import Blank
from fanwen.blanks.xlsx.workbook import SheetCell, Workbook


def compare_workbooks(
    ours: Workbook, theirs: Workbook, blanks: Mapping[str, Sequence[Blank]]
) -> tuple[dict[str, str], list[Other]]:
    """By blank id, what stands in each; and what else changed in cells and around them."""
    taken: dict[str, str] = {}
    others: list[Other] = []
    for id_, cell in ours.cells.items():
        place = f"{cell.sheet}!{cell.reference}"
        other = theirs.cells.get(id_)
        if other is None:
            others.append(Other(place, "removed", cell.stored.text, ""))
            continue
        before, after = cell.stored.text, other.stored.text
        found = _matched(before, after, blanks.get(id_, ()))
        if found is None or cell.stored.formula != other.stored.formula:
            others.append(Other(place, "text", before, after))
        elif _style(cell) != _style(other):
            others.append(Other(place, "formatting", f"style {_style(cell)}", f"style {_style(other)}"))
        else:
            taken.update(found)
    for id_, cell in theirs.cells.items():
        if id_ not in ours.cells:
            others.append(Other(f"{cell.sheet}!{cell.reference}", "added", "", cell.stored.text))
    for part in sorted({cell.part for cell in ours.cells.values()} & set(theirs.package.names)):
        if _around(ours.package.read(part)) != _around(theirs.package.read(part)):
            others.append(Other(part, "structure", "", ""))
    if _settings(ours.package.read(ours.main)) != _settings(theirs.package.read(theirs.main)):
        others.append(Other(ours.main, "part", "", ""))
    return taken, others


def _matched(before: str, after: str, blanks: Sequence[Blank]) -> dict[str, str] | None:
    """What stands for each blank, where the text around them is the same."""
    pattern, at = "", 0
    for blank in blanks:
        pattern += re.escape(before[at : blank.start]) + "(.*?)"
        at = blank.end
    found = re.fullmatch(pattern + re.escape(before[at:]), after, re.DOTALL)
    if found is None:
        return None
    return {blank.id: found.group(number) for number, blank in enumerate(blanks, 1)}


def _style(cell: SheetCell) -> str:
    return cell.node.attribute("s", "0")


def _around(data: bytes) -> Any:
    """The sheet without what its cells hold."""
    root = parse(data)
    for element in list(root.iter()):
        if local(element) == "c":
            _empty(element)
    return meaning(root)


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        if local(child) in ("v", "is"):
            cell.remove(child)
    cell.attrib.pop("t", "")


def _settings(data: bytes) -> Any:
    """The workbook part but for the wish to compute anew."""
    root = parse(data)
    for element in list(root):
        if local(element) == "calcPr":
            element.attrib.pop("fullCalcOnLoad", "")
            if not element.attrib:
                root.remove(element)
    return meaning(root)
