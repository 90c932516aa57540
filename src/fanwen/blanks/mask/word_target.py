"""A Word document as masking sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fanwen.blanks.change import Change
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.paragraph import Paragraph
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.mask.leftovers import leftovers
from fanwen.blanks.mask.types import Figure, Splice, Unjudged


class WordTarget:
    """Its paragraphs and comments."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self.package = document.package
        comments = {paragraph.id: paragraph for paragraph in document.comments()}
        self._paragraphs: dict[str, Paragraph] = {**document.paragraphs, **comments}
        self.texts = {id_: paragraph.text for id_, paragraph in self._paragraphs.items()}
        self.figures: Sequence[Figure] = ()

    @property
    def data(self) -> Mapping[str, bytes]:
        """The parts that hold text, as UTF-8."""
        return {part: source.data for part, source in self._document.sources.items()}

    def source(self, part: str) -> Source | None:
        document = self._document
        return document.source(part) if part in document.sources or part in document.bindings.sources else None

    def splices(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, list[Splice]]:
        return self._document.splices_of(changes, self._paragraphs)

    def leftovers(self, *, cleared: bool) -> Iterator[Unjudged]:
        return leftovers(self._document, cleared=cleared)
