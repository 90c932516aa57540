"""Page hits gathered by document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fanwen.search.types import DocumentHit, PageHit

SHOWN_PAGES = 5
"""Pages of a document that a result carries."""
BONUS = 0.04


@dataclass(frozen=True)
class RecordHit:
    """One record found: page 0 is the header."""

    number: str
    page: int
    score: float


def by_document(hits: Iterable[RecordHit], *, bonus: float = BONUS) -> list[DocumentHit]:
    """Documents in order of their best record, a little raised by their further pages. `hits` come best first.

    Each of up to four further pages adds `bonus` times its own score.
    """
    groups: dict[str, list[RecordHit]] = {}
    for hit in hits:
        groups.setdefault(hit.number, []).append(hit)
    documents = [_document(number, group, bonus) for number, group in groups.items()]
    return sorted(documents, key=lambda document: -document.score)


def by_page(hits: list[RecordHit]) -> list[DocumentHit]:
    """One entry a page; a header stands for its document only if none of its pages was found."""
    with_pages = {hit.number for hit in hits if hit.page}
    return [
        DocumentHit(hit.number, hit.score, (PageHit(hit.number, hit.page, hit.score),))
        for hit in hits
        if hit.page or hit.number not in with_pages
    ]


def _document(number: str, group: list[RecordHit], bonus: float) -> DocumentHit:
    score = group[0].score + bonus * sum(hit.score for hit in group[1:5])
    pages = [hit for hit in group if hit.page] or group
    return DocumentHit(number, score, tuple(PageHit(number, hit.page, hit.score) for hit in pages[:SHOWN_PAGES]))
