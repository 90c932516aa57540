"""A presentation: shapes and tables of its slides in order, each paragraph a passage. Masters and notes are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from fanwen.blanks.change import Change
from fanwen.blanks.docx.paragraph import Atom, Paragraph
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.package import Package
from fanwen.blanks.pptx.edit import change
from fanwen.blanks.relations import main_part, relations
from fanwen.blanks.story import Cell, Mark, Passage, Story
from fanwen.intake.types import IntakeError

DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_SLIDES = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://purl.oclc.org/ooxml/presentationml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NAMES = "p pPr r rPr t br fld hlinkClick endParaRPr tbl tr tc"
TAGS = {
    **{f"{uri} {name}": f"a:{name}" for uri in DRAWING for name in _NAMES.split()},
    **{f"{uri} {name}": f"p:{name}" for uri in _SLIDES for name in ("sldId", "sp", "sld", "graphicFrame", "text")},
    f"{_COMPATIBILITY} Fallback": "mc:Fallback",
}
TEXTS = frozenset({"a:t", "p:text"})
_BESIDE = ("notesSlide", "comments", "slideLayout", "slideMaster", "notesMaster")


class Presentation:
    """Read once; `paragraphs` are by passage id."""

    def __init__(self, package: Package, format_: str = "pptx") -> None:
        self.package = package
        self._format = format_
        main = main_part(package)
        if not main:
            raise IntakeError("damaged")
        self.sources: dict[str, Source] = {}
        self.paragraphs: dict[str, Paragraph] = {}
        self.hidden: list[str] = []
        """The slides that are not shown."""
        targets = {found.id: found.target for found in relations(package, main) if found.kind == "slide"}
        tables = 0
        for node in Source(package.read(main), TAGS, TEXTS).nodes:
            relation = next((v for key, v in node.attributes.items() if key.endswith("relationships id")), "")
            part = targets.get(relation, "")
            if node.tag == "p:sldId" and part in package:
                source = self.sources[part] = Source(package.read(part), TAGS, TEXTS)
                if source.root.child("p:sld") is not None and _hidden(source.root):
                    self.hidden.append(part)
                    continue
                slide = _Slide(part, source, tables)
                tables = slide.tables
                self.paragraphs.update((paragraph.id, paragraph) for paragraph in slide.paragraphs)

    @cached_property
    def beside(self) -> dict[str, Paragraph]:
        """What is no slide that is shown, by id: paragraphs of hidden slides, speaker notes, comments and masters. No part
        of the story."""
        found = list(self.sources)
        for part in found:
            for relation in relations(self.package, part):
                if relation.kind in _BESIDE and relation.target in self.package and relation.target not in found:
                    found.append(relation.target)
        shown = {paragraph.part for paragraph in self.paragraphs.values()}
        paragraphs: dict[str, Paragraph] = {}
        for part in found:
            if part in shown:
                continue
            source = self.sources.setdefault(part, Source(self.package.read(part), TAGS, TEXTS))
            for paragraph in (*_Slide(part, source, 0).paragraphs, *_plain_texts(part, source)):
                paragraphs[paragraph.id] = paragraph
        return paragraphs

    @cached_property
    def story(self) -> Story:
        passages = [
            Passage(one.id, one.where, one.text, tuple(one.marks), one.cell, container=one.container)
            for one in self.paragraphs.values()
        ]
        return Story(self._format, tuple(passages))

    def rendered(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, bytes]:
        """The slides that `changes` alter, with their new bytes. Raises `FillError` and `ValueProblem`."""
        return {
            part: self.sources[part].stored(apply(self.sources[part].data, splices))
            for part, splices in self.splices_of(changes).items()
        }

    def splices_of(
        self, changes: Mapping[str, Sequence[Change]], paragraphs: Mapping[str, Paragraph] | None = None
    ) -> dict[str, list[tuple[int, int, bytes]]]:
        """By part, the byte ranges that `changes` (by passage id) replace. `paragraphs` are those meant, where others than
        those of the story are to be changed too. Raises as `rendered`."""
        known = self.paragraphs if paragraphs is None else paragraphs
        by_part: dict[str, Splices] = {}
        for id_, wanted in changes.items():
            if not wanted:
                continue
            if id_ not in known:
                raise FillError("gone", place=id_)
            paragraph = known[id_]
            splices = by_part.setdefault(paragraph.part, Splices(paragraph.part))
            change(self.sources[paragraph.part], splices, paragraph, wanted)
        return {part: splices.ordered() for part, splices in by_part.items()}


def _plain_texts(part: str, source: Source) -> Iterator[Paragraph]:
    """The texts of comments that are kept without formatting."""
    for number, node in enumerate(node for node in source.nodes if node.tag == "p:text"):
        made = Paragraph(f"{part}#text{number}", part, node, "body", node.text)
        made.atoms.append(Atom(0, node.text, node, "text", None))
        yield made


def _hidden(root: Node) -> bool:
    slide = root.child("p:sld")
    return slide is not None and slide.attribute("show", "1") in ("0", "false")


class _Slide:
    """Reads one slide; `tables` counts the tables of the whole presentation."""

    def __init__(self, part: str, source: Source, tables: int) -> None:
        self.part = part
        self.tables = tables
        self.paragraphs: list[Paragraph] = []
        self._shapes = 0
        starts = [node.start for node in source.nodes if node.tag == "a:p"]
        self._numbers = {start: number for number, start in enumerate(starts)}
        self._walk(source.root, part, None)

    def _walk(self, node: Node, container: str, cell: Cell | None) -> None:
        for child in node.children:
            if child.tag == "mc:Fallback":
                continue
            if child.tag == "a:p":
                self.paragraphs.append(self._paragraph(child, container, cell))
            elif child.tag == "a:tbl":
                for paragraph_cell, inner, place in self._cells(child):
                    self._walk(paragraph_cell, inner, place)
            elif child.tag == "p:sp":
                self._shapes += 1
                self._walk(child, f"{self.part}/shape{self._shapes}", None)
            else:
                self._walk(child, container, cell)

    def _cells(self, table: Node) -> Iterator[tuple[Node, str, Cell]]:
        number = self.tables
        self.tables += 1
        for row, line in enumerate(table.all("a:tr")):
            for column, cell in enumerate(line.all("a:tc")):
                if cell.attribute("hMerge") in ("1", "true") or cell.attribute("vMerge") in ("1", "true"):
                    continue
                down, right = (int(cell.attribute(name, "1") or 1) for name in ("rowSpan", "gridSpan"))
                yield cell, f"{self.part}/table{number}/r{row}c{column}", Cell(number, row, column, down, right)

    def _paragraph(self, node: Node, container: str, cell: Cell | None) -> Paragraph:
        made = Paragraph(f"{self.part}#{self._numbers[node.start]}", self.part, node, "table" if cell else "body")
        made.cell, made.container = cell, container
        for run in node.children:
            start = len(made.text)
            if run.tag == "a:br":
                made.atoms.append(Atom(start, "\n", run, "page_break", None))
                made.text += "\n"
                continue
            text = run.child("a:t") if run.tag in ("a:r", "a:fld") else None
            if text is None:
                continue
            made.atoms.append(Atom(start, text.text, text, "text", run, computed=run.tag == "a:fld"))
            made.text += text.text
            properties = run.child("a:rPr")
            if run.tag == "a:fld" and text.text:
                made.marks.append(Mark(start, len(made.text), "field"))
            if properties is not None and text.text:
                if properties.attribute("u", "none") not in ("none", "words"):
                    made.marks.append(Mark(start, len(made.text), "underline"))
                if properties.child("a:hlinkClick") is not None:
                    made.marks.append(Mark(start, len(made.text), "hyperlink", {"target": ""}))
        return made
