"""What the reader of a document asks of search: every place in it where a text stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from fanwen.library.models import Document
from fanwen.search import inside
from fanwen.search.app import service
from fanwen.search.inside import Hit, Part

MOST = 2000
"""Places that are told; a document that has more of them is not read by going through them."""


@dataclass(frozen=True)
class Inside:
    """The places, in reading order."""

    hits: tuple[Hit, ...] = ()
    exact: bool = True
    """The typed text itself; otherwise it stands nowhere, and these are its words."""
    more: bool = False
    """There are more than `MOST`."""

    @property
    def pages(self) -> list[int]:
        """Pages on which a place begins."""
        return list(dict.fromkeys(hit[0].page for hit in self.hits))


def find_inside(document: Document, typed: str) -> Inside:
    """Where `typed` stands in `document`; where it does not, where its words do, as the search of the library marks
    them."""
    if not typed.strip():
        return Inside()
    pages = list(document.pages.values_list("number", "text"))
    hits = tuple(islice(inside.find(pages, typed), MOST + 1))
    if hits:
        return Inside(hits[:MOST], more=len(hits) > MOST)
    words = ((Part(number, *span),) for number, text in pages for span in service.matches(typed, text))
    hits = tuple(islice(words, MOST + 1))
    return Inside(hits[:MOST], exact=not hits, more=len(hits) > MOST)
