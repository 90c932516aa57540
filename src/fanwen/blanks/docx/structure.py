"""The elements that say where whole blocks of a Word document begin and end, and what is tied to them."""

from __future__ import annotations

from collections.abc import Iterator

from fanwen.blanks.docx.tags import WORD_2010, WORD_URIS
from fanwen.blanks.markup.nodes import Node

_WORD = """
    body p pPr r tr trPr tc tcPr tbl sdt sdtPr sdtContent id vMerge sectPr txbxContent dataBinding ins del
    bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference permStart permEnd
    moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd fldChar instrText hyperlink
    footnoteReference endnoteReference drawing pict object
"""

NAMES: dict[str, str] = {
    **{f"{uri} {name}": name for uri in WORD_URIS for name in _WORD.split()},
    **{f"{uri} {name}": f"w14:{name}" for uri in WORD_2010 for name in ("conflictIns", "conflictDel")},
}

PAIRS = {
    "bookmarkStart": "bookmarkEnd",
    "commentRangeStart": "commentRangeEnd",
    "permStart": "permEnd",
    "moveFromRangeStart": "moveFromRangeEnd",
    "moveToRangeStart": "moveToRangeEnd",
}
"""Markers that belong together by their id."""


def ancestor(node: Node, tag: str) -> Node | None:
    """The nearest element around `node` with this tag, within the same paragraph's own story: a text box ends the way."""
    at = node.parent
    while at is not None and at.tag != "txbxContent":
        if at.tag == tag:
            return at
        at = at.parent
    return None


def inside(node: Node) -> Iterator[Node]:
    """`node` and all below it, in document order."""
    yield node
    yield from node.descendants()


def open_fields(nodes: Iterator[Node]) -> bool:
    """Whether a field begins among `nodes` and does not end there, or the other way round."""
    depth = 0
    for node in nodes:
        if node.tag == "fldChar":
            depth += {"begin": 1, "end": -1}.get(node.attribute("fldCharType"), 0)
            if depth < 0:
                return True
    return depth != 0
