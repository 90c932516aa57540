"""Whole rows and paragraphs of a Word document copied or taken out, as splices of the bytes they stand in.

What would break by it is refused with the place named: sections, bookmarks and comments that begin inside and end
outside, fields, merged cells, cells and tables left without a paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fanwen.blanks.docx.copies import Copier
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.edit import place_of
from fanwen.blanks.docx.removal import Removal
from fanwen.blanks.docx.structure import NAMES, ancestor, inside
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.reshaped import Reshaped


def reshape(document: WordDocument, copies: Mapping[str, int], removed: Collection[str]) -> Reshaped:
    """Copy the row (or outside of tables the paragraph) of each passage in `copies` so many times behind itself, and take
    out the passages in `removed`. Raises `FillError` (``no_copy``, ``removal_...``)."""
    made: dict[str, bytes] = {}
    kept: dict[str, str] = {}
    copied: dict[str, list[str]] = {}
    origins: dict[str, list[tuple[int, int]]] = {}
    wanted = [*copies, *removed]
    for part in dict.fromkeys(document.paragraphs[id_].part for id_ in wanted):
        one = _Part(document, part)
        for id_, times in copies.items():
            if document.paragraphs[id_].part == part:
                one.copy(id_, times)
        one.remove([id_ for id_ in removed if document.paragraphs[id_].part == part])
        source = document.source(part)
        made[part] = source.stored(apply(source.data, one.splices.ordered()))
        origins[part] = one.origins()
    for part, found in origins.items():
        for new, (old, copy) in enumerate(found):
            if copy:
                copied.setdefault(f"{part}#{old}", []).append(f"{part}#{new}")
            else:
                kept[f"{part}#{old}"] = f"{part}#{new}"
    for id_, paragraph in document.paragraphs.items():
        if paragraph.part not in made:
            kept[id_] = id_
    return Reshaped(document.package.written(made), kept, copied, origins)


class _Part:
    def __init__(self, document: WordDocument, part: str) -> None:
        self._document = document
        self._part = part
        self._source = Source(document.source(part).data, NAMES, frozenset({"instrText"}))
        self._paragraphs = [node for node in self._source.nodes if node.tag == "p"]
        self._by_start = {node.start: node for node in self._paragraphs}
        self._copied: dict[int, tuple[Node, int]] = {}
        self._gone: list[Node] = []
        self.splices = Splices(part)

    def _node(self, id_: str) -> Node:
        return self._by_start[self._document.paragraphs[id_].node.start]

    def copy(self, id_: str, times: int) -> None:
        node = self._node(id_)
        block = ancestor(node, "tr") or node
        end = self._source.end(block)
        copier = Copier(self._source, place_of(self._document.paragraphs[id_]))
        for number in range(1, times + 1):
            self.splices.replace(end, end, copier.copy(block, number))
        self._copied[block.start] = (block, times)

    def remove(self, ids: Collection[str]) -> None:
        if not ids:
            return
        places = {self._node(id_).start: place_of(self._document.paragraphs[id_]) for id_ in ids}
        unread = {
            self._by_start[p.node.start].start for p in self._document.paragraphs.values() if p.part == self._part
        }
        self._gone = Removal(self._source, places, unread).blocks()
        for block in self._gone:
            if any(block.start <= start < block.stop for start in self._copied):
                raise FillError("removal_repeat", place=next(iter(places.values())))
            self.splices.replace(block.start, self._source.end(block), b"")

    def origins(self) -> list[tuple[int, int]]:
        """Paragraphs are numbered through their part: for each that there is now, its old number and which copy it is."""
        found: list[tuple[int, int]] = []
        numbers = {node.start: number for number, node in enumerate(self._paragraphs)}
        for node in self._paragraphs:
            if any(block.start <= node.start <= block.stop for block in self._gone):
                continue
            found.append((numbers[node.start], 0))
            block, times = self._copied.get((ancestor(node, "tr") or node).start, (None, 0))
            if block is not None and node is _last_paragraph(block):
                inner = [one for one in inside(block) if one.tag == "p"]
                found += [(numbers[one.start], copy) for copy in range(1, times + 1) for one in inner]
        return found


def _last_paragraph(block: Node) -> Node:
    return [one for one in inside(block) if one.tag == "p"][-1]
