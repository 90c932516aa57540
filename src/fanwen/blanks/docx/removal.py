"""Which elements go when paragraphs are taken out, and whether that leaves the document whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fanwen.blanks.docx.structure import PAIRS, ancestor, inside, open_fields
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source

_BLOCKS = frozenset({"p", "tbl", "sdt"})


class Removal:
    """Taking out the paragraphs that begin at the offsets `places` (with what an error calls them). `read` holds the
    offsets of all paragraphs that a reader sees: others, in cells merged with the one above, go along with their row."""

    def __init__(self, source: Source, places: Mapping[int, str], read: Collection[int]) -> None:
        self._source = source
        self._places = places
        self._read = frozenset(read)
        self._paragraphs = [node for node in source.nodes if node.tag == "p" and node.start in places]

    def blocks(self) -> list[Node]:
        """The elements to take out, in document order. Raises `FillError` (``removal_...``)."""
        found: dict[int, Node] = {}
        for paragraph in self._paragraphs:
            if any(block.start < paragraph.start < block.stop for block in found.values()):
                continue
            block = self._whole(paragraph)
            found[block.start] = block
        blocks = [found[start] for start in sorted(found)]
        gone = {node.start for block in blocks for node in inside(block)}
        for block in blocks:
            self._check(block, gone)
        self._check_pairs(blocks, gone)
        if open_fields(node for block in blocks for node in inside(block)):
            self._refuse(blocks[0], "removal_field")
        return blocks

    def _whole(self, paragraph: Node) -> Node:
        """The largest row, table or control all of whose paragraphs go; the paragraph where there is none."""
        block = at = paragraph
        while at.parent is not None and at.parent.tag not in ("body", "txbxContent"):
            at = at.parent
            if at.tag in ("tr", "tbl", "sdt") and self._covered(at):
                block = at
        return block

    def _covered(self, node: Node) -> bool:
        seen = [one.start for one in inside(node) if one.tag == "p" and one.start in self._read and _own(one, node)]
        return bool(seen) and all(start in self._places for start in seen)

    def _check(self, block: Node, gone: Collection[int]) -> None:
        if any(node.tag == "sectPr" for node in inside(block)):
            self._refuse(block, "removal_section")
        parent = block.parent
        if parent is None:
            return
        left = [one for one in parent.children if one.tag in _BLOCKS and one.start not in gone]
        if block.tag == "tr":
            self._check_row(block, gone)
        elif parent.tag == "tc" and (not left or left[-1].tag != "p"):
            self._refuse(block, "removal_cell")
        elif not any(one.tag == "p" for one in left) and parent.tag in ("body", "txbxContent", ""):
            self._refuse(block, "removal_empty")
        elif parent.tag == "sdtContent" and not left:
            self._refuse(block, "removal_control")
        elif block.tag == "p":
            before = [one for one in left if one.start < block.start][-1:]
            after = [one for one in left if one.start > block.start][:1]
            if before and after and before[0].tag == after[0].tag == "tbl":
                self._refuse(block, "removal_tables")

    def _check_row(self, row: Node, gone: Collection[int]) -> None:
        """A cell merged downwards must not lose its head."""
        table = ancestor(row, "tbl")
        rows = [one for one in inside(table) if one.tag == "tr" and ancestor(one, "tbl") is table] if table else []
        below = [one for one in rows if one.start > row.start and one.start not in gone][:1]
        starts = any(node.tag == "vMerge" and node.attribute("val") == "restart" for node in inside(row))
        goes_on = any(
            node.tag == "vMerge" and node.attribute("val", "continue") != "restart"
            for one in below
            for node in inside(one)
        )
        if starts and goes_on:
            self._refuse(row, "removal_merged")
        if all(one.start in gone for one in rows):
            self._refuse(row, "removal_cell")

    def _check_pairs(self, blocks: list[Node], gone: Collection[int]) -> None:
        for begin, end in PAIRS.items():
            inner = {
                tag: {n.attribute("id") for n in self._source.nodes if n.tag == tag and n.start in gone}
                for tag in (begin, end)
            }
            if inner[begin] != inner[end]:
                self._refuse(blocks[0], "removal_marks")
        names = {n.attribute("name") for n in self._source.nodes if n.tag == "bookmarkStart" and n.start in gone}
        for node in self._source.nodes:
            if node.start in gone or not names:
                continue
            said = (
                node.text.split()
                if node.tag == "instrText"
                else [node.attribute("anchor")]
                if node.tag == "hyperlink"
                else []
            )
            if names & set(said):
                self._refuse(blocks[0], "removal_referred")

    def _refuse(self, block: Node, code: str) -> None:
        first = next(node.start for node in inside(block) if node.tag == "p" and node.start in self._places)
        raise FillError(code, place=self._places[first])


def _own(paragraph: Node, block: Node) -> bool:
    """Whether a paragraph stands in `block` itself, not in a text box anchored there."""
    at = paragraph.parent
    while at is not None and at is not block:
        if at.tag == "txbxContent":
            return False
        at = at.parent
    return True
