"""A workbook as masking sees it: the texts of its sheets (hidden ones too) and comments, where they are stored.

Cells that say the same share one stored text, so that is what is changed: nothing of it stays behind in the file. A
figure that no finder takes (a bare one, without a unit that would say what it counts) is listed as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fanwen.blanks.change import Change
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices
from fanwen.blanks.mask.leftovers import metadata_left, parts_left
from fanwen.blanks.mask.types import Figure, Splice, Unjudged
from fanwen.blanks.xlsx.cells import edited, rewritten
from fanwen.blanks.xlsx.workbook import SheetCell, Workbook

_KNOWN = (
    "/worksheets/_rels/",
    "/commentsDrawing",
    "/calcChain.xml",
    "/printerSettings/",
    "/sheetMetadata.xml",
    "/metadata.xml",
)


class SheetTarget:
    def __init__(self, document: Workbook) -> None:
        self._document = document
        self.package = document.package
        self._cells: dict[str, SheetCell] = {}
        self.figures: list[Figure] = []
        self.texts: dict[str, str] = {}
        self._computed: list[Unjudged] = []
        seen: set[tuple[str, int]] = set()
        for cell in (*document.cells.values(), *document.beside.values()):
            text = cell.stored.text
            if not text.strip():
                continue
            if cell.stored.formula:
                self._computed.append(Unjudged(cell.id, "computed", text[:40]))
                continue
            holder = cell.stored.holder
            if holder is not None:
                key = (cell.part if cell.stored.source is document.sources[cell.part] else "", holder.start)
                if key in seen:
                    continue
                seen.add(key)
            self._cells[cell.id] = cell
            self.texts[cell.id] = text
            if holder is None:
                self.figures.append(Figure(cell.id, text))

    @property
    def data(self) -> Mapping[str, bytes]:
        return {part: source.data for part, source in self._sources().items()}

    def source(self, part: str) -> Source | None:
        return self._sources().get(part)

    def splices(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, list[Splice]]:
        found: dict[str, Splices] = {}
        for id_, wanted in changes.items():
            if not wanted:
                continue
            cell = self._cells[id_]
            stored, place = cell.stored, f"{cell.sheet}!{cell.reference}"
            if stored.holder is not None and stored.source is not None:
                part = next(name for name, source in self._sources().items() if source is stored.source)
                start, end = stored.source.open_end(stored.holder), stored.holder.stop
                if stored.source.is_empty_tag(stored.holder):
                    raise FillError("gone", place=place)
                new = edited(stored, sorted(wanted), place)
            else:
                part, source = cell.part, self._document.sources[cell.part]
                start, end = cell.node.start, source.end(cell.node)
                new = rewritten(source, cell.node, stored, wanted, place)
            found.setdefault(part, Splices(place)).replace(start, end, new)
        return {part: splices.ordered() for part, splices in found.items()}

    def leftovers(self, *, cleared: bool) -> Iterator[Unjudged]:
        """Results of formulas, names of sheets, which of them are hidden, and every part that is not looked into."""
        yield from self._computed
        for name, hidden in self._document.sheet_names():
            yield Unjudged(self._document.main, "hidden" if hidden else "attribute", name)
        shared = [part for part in self._document.shared_parts if part in self.package]
        known = {*self._document.sources, *shared}
        yield from parts_left(self.package, known, extra=_KNOWN)
        yield from metadata_left(self.package, cleared=cleared)

    def _sources(self) -> dict[str, Source]:
        found = dict(self._document.sources)
        if self._document.shared is not None:
            found[self._document.shared_parts[0]] = self._document.shared
        return found
