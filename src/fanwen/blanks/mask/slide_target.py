"""A presentation as masking sees it: the paragraphs of its slides (hidden ones too), notes, comments and
masters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fanwen.blanks.change import Change
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.mask.leftovers import metadata_left, parts_left
from fanwen.blanks.mask.types import Figure, Splice, Unjudged
from fanwen.blanks.pptx.presentation import Presentation

_KNOWN = (
    "/presProps.xml",
    "/viewProps.xml",
    "/tableStyles.xml",
    "/presentation.xml",
)


class SlideTarget:
    def __init__(self, document: Presentation) -> None:
        self._document = document
        self.package = document.package
        self._paragraphs = {**document.paragraphs, **document.beside}
        self.texts = {id_: paragraph.text for id_, paragraph in self._paragraphs.items()}
        self.figures: Sequence[Figure] = ()

    @property
    def data(self) -> Mapping[str, bytes]:
        return {part: source.data for part, source in self._document.sources.items()}

    def source(self, part: str) -> Source | None:
        return self._document.sources.get(part)

    def splices(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, list[Splice]]:
        return self._document.splices_of(changes, self._paragraphs)

    def leftovers(self, *, cleared: bool) -> Iterator[Unjudged]:
        """That there are hidden slides; pictures, charts, and every part that is not looked into."""
        for part in self._document.hidden:
            yield Unjudged(part, "hidden", "")
        yield from parts_left(self.package, set(self._document.sources), extra=_KNOWN)
        yield from metadata_left(self.package, cleared=cleared)
