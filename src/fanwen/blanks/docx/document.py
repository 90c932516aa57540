"""A Word document: its package, the parts that hold text, and the story they tell together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from fanwen.blanks.change import Change
from fanwen.blanks.docx.binding import Bindings
from fanwen.blanks.docx.blocks import BlockReader, Counter, Place
from fanwen.blanks.docx.edit import render
from fanwen.blanks.docx.paragraph import Paragraph
from fanwen.blanks.docx.styles import Styles
from fanwen.blanks.docx.tags import TAGS, TEXTS
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import apply
from fanwen.blanks.package import Package
from fanwen.blanks.relations import Relation, main_part, relations
from fanwen.blanks.story import Passage, Story, Where
from fanwen.intake.types import IntakeError

_NOTES: tuple[tuple[str, str, Where], ...] = (
    ("footnotes", "w:footnote", "footnote"),
    ("endnotes", "w:endnote", "endnote"),
)


class WordDocument:
    """Read once; `story` is what detection sees, `paragraphs` what editing needs, by passage id."""

    def __init__(self, package: Package, format_: str = "docx") -> None:
        self.package = package
        self._format = format_
        self.main = main_part(package)
        if not self.main:
            raise IntakeError("damaged")
        self.sources: dict[str, Source] = {}
        self.unread: dict[str, list[str]] = {}
        """By part: text that no reader sees (hidden, deleted with changes tracked, in older versions of a text box)."""
        self._relations = relations(package, self.main)
        self._tables = Counter()
        self.bindings = Bindings(package, self.main)
        self.paragraphs: dict[str, Paragraph] = {}
        for paragraph in self._all_paragraphs():
            self.paragraphs[paragraph.id] = paragraph

    @cached_property
    def story(self) -> Story:
        return Story(self._format, tuple(_passage(paragraph) for paragraph in self.paragraphs.values()))

    @cached_property
    def styles(self) -> Styles:
        parts = self._parts("styles")
        return _styles(self.package.read(parts[0])) if parts else Styles(None)

    def comments(self) -> list[Paragraph]:
        """The paragraphs of comments, which are no part of the story."""
        return [
            paragraph
            for part in self._parts("comments")
            for paragraph in self._read(part, "body", "w:comment", numbered=True)
        ]

    def splices_of(
        self, changes: Mapping[str, Sequence[Change]], paragraphs: Mapping[str, Paragraph] | None = None
    ) -> dict[str, list[tuple[int, int, bytes]]]:
        """By part, the byte ranges (of its UTF-8 form) that `changes` (by paragraph id) replace. Raises `FillError`.

        `paragraphs` are those meant, where comments are to be changed too.
        """
        return render(self.sources, paragraphs or self.paragraphs, changes, self.styles.dim, self.bindings)

    def source(self, part: str) -> Source:
        """A part that holds text, or data that bound controls show."""
        return self.sources[part] if part in self.sources else self.bindings.sources[part]

    def rendered(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, bytes]:
        """The parts that `changes` alter, with their new bytes. Raises `FillError` and `ValueProblem`."""
        return {
            part: self.source(part).stored(apply(self.source(part).data, splices))
            for part, splices in self.splices_of(changes).items()
        }

    def _all_paragraphs(self) -> list[Paragraph]:
        headers = [paragraph for part in self._shown("header") for paragraph in self._read(part, "header")]
        body = self._read(self.main, "body")
        footers = [paragraph for part in self._shown("footer") for paragraph in self._read(part, "footer")]
        notes = [
            paragraph
            for kind, tag, where in _NOTES
            for part in self._parts(kind)
            for paragraph in self._read(part, where, tag, numbered=True)
        ]
        return [*headers, *body, *footers, *notes]

    def _shown(self, kind: str) -> list[str]:
        """Header or footer parts in the order of the sections that use them, then those that none does."""
        targets = {relation.id: relation.target for relation in self._relations if relation.kind == kind}
        order = [
            targets[node.attribute("id")]
            for node in self._source(self.main).nodes
            if node.tag == f"w:{kind}Reference" and node.attribute("id") in targets
        ]
        return [part for part in dict.fromkeys([*order, *targets.values()]) if part in self.package]

    def _parts(self, kind: str) -> list[str]:
        return [found.target for found in self._relations if found.kind == kind and found.target in self.package]

    def _source(self, part: str) -> Source:
        if part not in self.sources:
            self.sources[part] = Source(self.package.read(part), TAGS, TEXTS)
        return self.sources[part]

    def _read(self, part: str, where: Where, tag: str = "", *, numbered: bool = False) -> list[Paragraph]:
        source = self._source(part)
        own = self._relations if part == self.main else relations(self.package, part)
        reader = BlockReader(part, source, self.styles, _targets(own), self._tables)
        if not numbered:
            reader.read(source.root, Place(where, part))
        for note in source.root.all(tag) if numbered else ():
            if not _is_separator(note):
                reader.read(note, Place(where, f"{part}/{note.attribute('id')}"))
        unread = [*reader.unread, *(text for paragraph in reader.paragraphs for text in paragraph.unread)]
        if unread:
            self.unread[part] = unread
        return reader.paragraphs


@lru_cache(maxsize=16)
def _styles(data: bytes) -> Styles:
    """Documents of one origin share their styles, which are often larger than the text."""
    return Styles(data)


def _targets(found: list[Relation]) -> dict[str, str]:
    return {relation.id: relation.target for relation in found if relation.kind == "hyperlink"}


def _is_separator(note: Node) -> bool:
    return note.attribute("type") not in ("", "normal")


def _passage(paragraph: Paragraph) -> Passage:
    return Passage(
        paragraph.id,
        paragraph.where,
        paragraph.text,
        tuple(paragraph.marks),
        paragraph.cell,
        paragraph.style,
        paragraph.container,
        paragraph.listed,
    )
