"""A workbook: its visible sheets, each cell that is there as a passage.

A cell's text is what is stored: numbers are not formatted, formulas show their last result and are never filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fanwen.blanks.change import Change
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.package import Package
from fanwen.blanks.relations import main_part, relations
from fanwen.blanks.story import Cell, Mark, Passage, Story
from fanwen.blanks.xlsx.cells import Stored, held, rewritten, stored
from fanwen.blanks.xlsx.recalculate import recalculating
from fanwen.intake.types import IntakeError

URIS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_NAMES = "comment text sheets sheet c v f is si r t rPh mergeCell calcPr definedNames externalReferences functionGroups"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
TAGS = {
    **{f"{uri} {name}": name for uri in URIS for name in _NAMES.split()},
    f"{_THREADED} threadedComment": "comment",
    f"{_THREADED} text": "plain",
}
TEXTS = frozenset({"v", "t", "plain"})
_OBSTACLE = re.compile(
    rb"""<(?:\w+:)?(?:(?P<name>(?:legacyD|d)rawing(?:HF)?|tableParts|autoFilter|(?:row|col)Breaks|hyperlinks|extLst|oleObjects|controls
    |scenarios|protectedRanges|customSheetViews|sortState|dataConsolidate|smartTags|cellWatches)\b
    |f\s[^>]*?\bt\s*=|(?:row|c)(?=[\s/>])(?![^>]*\sr\s*=))""",
    re.VERBOSE,
)
"""What in a sheet names cells in ways of its own; formulas shared by many cells; rows and cells that don't say where they
stand."""
_FOLLOWERS = re.compile(r"/(?:charts|pivot\w*)/")
"""Parts that may name cells of any sheet."""
_COMMENTS = ("comments", "threadedComment")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")


@dataclass(frozen=True)
class SheetCell:
    part: str
    reference: str
    """Such as B3."""
    node: Node
    stored: Stored
    place: Cell
    sheet: str

    @property
    def id(self) -> str:
        return f"{self.part}#{self.reference}"


class Workbook:
    """Read once; `cells` are by passage id."""

    def __init__(self, package: Package, format_: str = "xlsx") -> None:
        self.package = package
        self._format = format_
        self.main = main_part(package)
        if not self.main:
            raise IntakeError("damaged")
        self.sources: dict[str, Source] = {}
        self._obstacles: dict[str, str] = {}
        self._relations = relations(package, self.main)
        self._shared = self._shared_strings()
        self.cells: dict[str, SheetCell] = {cell.id: cell for cell in self._read()}

    @cached_property
    def story(self) -> Story:
        fixed = {cell.place.table for cell in self.cells.values() if self.obstacle(cell.part)}
        return Story(self._format, tuple(_passage(cell) for cell in self.cells.values()), fixed=frozenset(fixed))

    def rendered(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, bytes]:
        """The sheets that `changes` alter, with their new bytes. Shared strings stay as they are: a changed cell keeps
        its text itself. Where there are formulas, the workbook is told to compute them anew. Raises `FillError`."""
        by_part: dict[str, Splices] = {}
        for id_, wanted in changes.items():
            if not wanted:
                continue
            if id_ not in self.cells:
                raise FillError("gone", place=id_)
            cell = self.cells[id_]
            place = f"{cell.sheet}!{cell.reference}"
            source = self.sources[cell.part]
            by_part.setdefault(cell.part, Splices(place)).replace(
                cell.node.start, source.end(cell.node), rewritten(source, cell.node, cell.stored, wanted, place)
            )
        changed = {
            part: self.sources[part].stored(apply(self.sources[part].data, splices.ordered()))
            for part, splices in by_part.items()
        }
        if changed and any(cell.stored.formula for cell in self.cells.values()):
            source = self._source(self.main)
            settings = source.stored(recalculating(source))
            if settings != self.package.read(self.main):
                changed[self.main] = settings
        return changed

    @cached_property
    def beside(self) -> dict[str, SheetCell]:
        """What no reader sees, by id: cells of hidden sheets, and comments as if they were cells. No part of the story."""
        found = {cell.id: cell for part, name in self._sheets(hidden=True) for cell in self._sheet(part, name, 0)}
        for part, name in self.parts():
            for relation in relations(self.package, part):
                if relation.kind in _COMMENTS and relation.target in self.package:
                    found |= {cell.id: cell for cell in self._comments(relation.target, name)}
        return found

    def _comments(self, part: str, sheet: str) -> Iterator[SheetCell]:
        """Notes, whose text is held as a cell's is, and threaded comments, which are plain text."""
        source = self._source(part)
        for number, node in enumerate(node for node in source.nodes if node.tag in ("text", "plain")):
            around = node.parent.attribute("ref") if node.parent is not None else ""
            said = held(source, node) if node.tag == "text" else Stored(node.text, holder=node, source=source)
            yield SheetCell(part, f"{around}.{number}", node, said, Cell(0, 0, 0), sheet)

    def parts(self) -> list[tuple[str, str]]:
        """The parts of all sheets with their names."""
        return [*self._sheets(hidden=False), *self._sheets(hidden=True)]

    def obstacle(self, part: str) -> str:
        """Why no rows can be added to the sheet `part`: what it (or a chart of the workbook) holds that could not follow.
        Empty where they can."""
        if part not in self._obstacles:
            found = _OBSTACLE.search(self.sources[part].data)
            following = next((name for name in self.package.names if _FOLLOWERS.search(name)), "")
            self._obstacles[part] = (found["name"] or b"f").decode() if found else following
        return self._obstacles[part]

    @property
    def shared_parts(self) -> list[str]:
        """The parts of shared strings: what they say is seen in the cells."""
        return [found.target for found in self._relations if found.kind == "sharedStrings"]

    @property
    def shared(self) -> Source | None:
        """The shared strings themselves."""
        return self._shared[0]

    def sheet_names(self) -> list[tuple[str, bool]]:
        """The sheets by name, and whether they are hidden."""
        listing = self._source(self.main).root.child("sheets")
        sheets = listing.all("sheet") if listing else ()
        return [(one.attribute("name"), one.attribute("state") in ("hidden", "veryHidden")) for one in sheets]

    def _source(self, part: str) -> Source:
        if part not in self.sources:
            self.sources[part] = Source(self.package.read(part), TAGS, TEXTS)
        return self.sources[part]

    def _shared_strings(self) -> tuple[Source | None, list[Node]]:
        for relation in self._relations:
            if relation.kind == "sharedStrings" and relation.target in self.package:
                source = Source(self.package.read(relation.target), TAGS, TEXTS)
                return source, source.root.all("si")
        return None, []

    def _read(self) -> Iterator[SheetCell]:
        for number, (part, name) in enumerate(self._sheets(hidden=False)):
            yield from self._sheet(part, name, number)

    def _sheets(self, *, hidden: bool) -> Iterator[tuple[str, str]]:
        """The parts and names of the sheets that are shown, or of those that are not."""
        targets = {relation.id: relation.target for relation in self._relations if relation.kind == "worksheet"}
        listing = self._source(self.main).root.child("sheets")
        for sheet in listing.all("sheet") if listing else ():
            part = targets.get(_relation_id(sheet), "")
            if (sheet.attribute("state") in ("hidden", "veryHidden")) == hidden and part in self.package:
                yield part, sheet.attribute("name")

    def _sheet(self, part: str, name: str, number: int) -> Iterator[SheetCell]:
        source = self._source(part)
        spans, covered = _merged(source)
        for node in source.nodes:
            if node.tag != "c":
                continue
            reference = node.attribute("r")
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise IntakeError("damaged")
            row, column = int(found.group(2)) - 1, _column(found.group(1))
            if (row, column) in covered:
                continue
            down, right = spans.get((row, column), (1, 1))
            place = Cell(number, row, column, down, right)
            yield SheetCell(part, reference, node, stored(source, node, self._shared), place, name)


def _relation_id(sheet: Node) -> str:
    return next((value for key, value in sheet.attributes.items() if key.endswith("relationships id")), "")


def _merged(source: Source) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans (rows, columns) by first cell, and the cells that others cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for node in source.nodes:
        found = _RANGE.fullmatch(node.attribute("ref")) if node.tag == "mergeCell" else None
        if found is None:
            continue
        left, right = _column(found.group(1)), _column(found.group(3))
        top, bottom = int(found.group(2)) - 1, int(found.group(4)) - 1
        if (bottom - top + 1) * (right - left + 1) > 100_000:
            continue  # a whole column: its other cells are not there anyway
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    return spans, covered


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _passage(cell: SheetCell) -> Passage:
    text = cell.stored.text
    marks = (Mark(0, len(text), "field"),) if cell.stored.formula else ()
    return Passage(cell.id, "table", text, marks, cell.place, container=cell.part)
