"""Tell a spreadsheet program to compute all formulas when it opens the file: their stored results are old."""

from __future__ import annotations

from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices, apply

_BEFORE = ("definedNames", "externalReferences", "functionGroups", "sheets")


def recalculating(workbook: Source) -> bytes:
    """The workbook part with ``fullCalcOnLoad`` set (ECMA-376 18.2.2)."""
    splices = Splices("workbook")
    properties = workbook.root.child("calcPr")
    if properties is not None:
        if properties.attribute("fullCalcOnLoad") not in ("1", "true"):
            end = workbook.open_end(properties)
            at = end - (2 if workbook.is_empty_tag(properties) else 1)
            splices.replace(at, at, b' fullCalcOnLoad="1"')
        return apply(workbook.data, splices.ordered())
    for name in _BEFORE:
        node = workbook.root.child(name)
        if node is not None:
            at = workbook.end(node)
            splices.replace(at, at, f'<{workbook.prefix(node)}calcPr fullCalcOnLoad="1"/>'.encode())
            break
    return apply(workbook.data, splices.ordered())
