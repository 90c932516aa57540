"""The pages of a document as they stand on its page: image, proportions, text layer, found words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from fanwen.library.models import Document, Page
from fanwen.reading import rendering
from fanwen.reading.inside import Marks
from fanwen.reading.text_layer import text_layer

FIRST = 5
"""Pages in the page itself; the rest come with "view more"."""

BATCH = 5
MOST = 40
"""Pages in one answer, however many an address asks for."""

BY_ITSELF = 30
"""Up to this page the next batch loads when it is scrolled to; after that it takes a click, so that what stands below
the pages can be reached."""

_SHOWN_WIDTH = 1200


@dataclass(frozen=True)
class Sheet:
    """One page as shown. `width` and `height` are those of the image in pixels, for its true proportions."""

    number: int
    width: int
    height: int
    source: str
    source_set: str
    layer: SafeString
    text: str
    recognised: bool
    eager: bool
    """The first image of the page: loaded at once, the others when they come near."""


@dataclass(frozen=True)
class Window:
    """The pages `first`..`last` of `total`."""

    first: int
    last: int
    total: int

    @property
    def before(self) -> Window | None:
        """What "earlier pages" shows."""
        return Window(max(1, self.first - BATCH), self.first - 1, self.total) if self.first > 1 else None

    @property
    def after(self) -> Window | None:
        """What "view more" adds."""
        return Window(self.last + 1, min(self.total, self.last + BATCH), self.total) if self.last < self.total else None

    @property
    def loads_itself(self) -> bool:
        return self.last < BY_ITSELF

    @property
    def left(self) -> int:
        return self.total - self.last


def window(total: int, *, page: int = 0, first: int = 0, upto: int = 0) -> Window:
    """Which pages to show: `first`..`upto` where an address asks for them, otherwise the beginning; a `page` that
    would not be among them brings its own surroundings."""
    start = min(max(first, 1), max(total, 1))
    end = upto if upto >= start else start + FIRST - 1
    if page and not start <= page <= end:
        if not first and page <= FIRST + 2:
            end = page + 2
        else:
            start, end = max(1, page - 1), page + FIRST - 2
    end = min(end, total, start + MOST - 1)
    return Window(start, end, total)


def sheets(document: Document, shown: Window, marks: Marks | None = None, *, eager: int = 0) -> list[Sheet]:
    """The pages in `shown`, what is marked boxed; page `eager` is the one the visitor looks at first."""
    version = rendering.version(document)
    return [
        _sheet(document, page, version, marks or {}, page.number == eager)
        for page in document.pages.filter(number__gte=shown.first, number__lte=shown.last)
    ]


def _sheet(document: Document, page: Page, version: str, marks: Marks, eager: bool) -> Sheet:
    ratio = page.height / page.width if page.width else 1.414
    return Sheet(
        number=page.number,
        width=_SHOWN_WIDTH,
        height=max(1, round(_SHOWN_WIDTH * ratio)),
        source=rendering.image_path(document, version, page.number, 800),
        source_set=", ".join(
            f"{rendering.image_path(document, version, page.number, width)} {width}w"
            for width in rendering.READING_WIDTHS
        ),
        layer=text_layer(page, marks.get(page.number, ())),
        text=page.text,
        recognised=page.recognised,
        eager=eager,
    )
