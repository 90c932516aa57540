"""A content control that shows its prompt: filling it makes its text text."""

from __future__ import annotations

from fanwen.blanks.change import Change
from fanwen.blanks.docx.controls import is_on
from fanwen.blanks.docx.paragraph import Control, Paragraph
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices


def leave_placeholder(
    source: Source, splices: Splices, paragraph: Paragraph, change: Change, dim: frozenset[str]
) -> None:
    """Clear w:showingPlcHdr of every control that `change` fills, and the style that greys its prompt (`dim`)."""
    for control in paragraph.controls:
        if not fills(control, change):
            continue
        properties = control.node.child("w:sdtPr")
        for node in properties.children if properties else ():
            if node.tag == "w:showingPlcHdr" and is_on(node):
                splices.replace(node.start, source.end(node), b"")
                _undim(source, splices, paragraph, control, dim)


def fills(control: Control, change: Change) -> bool:
    """Whether `change` is made in `control`."""
    if change.start == change.end:
        return control.start == change.start == control.end
    return control.start < change.end and change.start < control.end


def _undim(source: Source, splices: Splices, paragraph: Paragraph, control: Control, dim: frozenset[str]) -> None:
    for node in control.content.descendants() if control.content else ():
        if node.tag != "w:rStyle" or node.attribute("val") not in dim:
            continue
        run = node.parent.parent if node.parent is not None else None
        if run is not None and run.tag == "w:r" and paragraph.node.start <= run.start < paragraph.node.stop:
            splices.replace(node.start, source.end(node), b"")
