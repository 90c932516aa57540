"""Page hits gathered by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from fanwen.search.types import DocumentHit, PageHit

BONUS = 0.04


class RecordHit(NamedTuple):
    """One record found: page 0 is the header."""

    number: str
    page: int
    score: float


class Group(NamedTuple):
    """The records of one entry of the results."""

    score: float
    records: list[RecordHit]

    def hit(self, most: int) -> DocumentHit:
        """The entry as it is given out, with up to `most` pages: pages before the header, which only stands where there is none."""
        number = self.records[0].number
        pages = [hit for hit in self.records if hit.page] or self.records
        return DocumentHit(number, self.score, tuple(PageHit(number, hit.page, hit.score) for hit in pages[:most]))


def by_document(hits: Iterable[RecordHit], *, bonus: float = BONUS) -> list[Group]:
    """Documents in order of their best record, a little raised by their further pages. `hits` come best first.

    Each of up to four further pages adds `bonus` times its own score.
    """
    groups: defaultdict[str, list[RecordHit]] = defaultdict(list)
    for hit in hits:
        groups[hit.number].append(hit)
    scored = [
        Group(group[0].score + (bonus * sum([hit.score for hit in group[1:5]]) if len(group) > 1 else 0.0), group)
        for group in groups.values()
    ]
    scored.sort(key=lambda group: -group.score)
    return scored


def by_page(hits: list[RecordHit]) -> list[Group]:
    """One entry a page; a header stands for its document only if none of its pages was found."""
    with_pages = {hit.number for hit in hits if hit.page}
    return [Group(hit.score, [hit]) for hit in hits if hit.page or hit.number not in with_pages]
