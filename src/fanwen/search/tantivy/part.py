"""A part of the library that stands for the whole, where to look at all of it would take too long.

Whole documents fall into it by their number, every eighth or every sixty-fourth. Numbers are drawn at random, so it is a
fair sample.
"""

from __future__ import annotations

import tantivy
from tantivy import Occur, Query

FIELD = "part"
SHARES = (8, 64)
"""A part holds every eighth document, or every sixty-fourth. Every second would gain nothing: finding the next page of the
part costs as much as looking at the page between."""
MOST = 100_000
"""Records that are looked at one by one, before a part has to do."""
_DIGITS = 2
"""Of a number that was reckoned from a part."""


def parts_of(number: str) -> list[int]:
    """The parts that document `number` is in, named by their share."""
    return [share for share in SHARES if int(number) % share == 0]


def share_for(records: int) -> int:
    """The share by which `records` come down to `MOST`; 1 if they need not."""
    return next((share for share in (1, *SHARES) if records <= MOST * share), SHARES[-1])


def within(schema: tantivy.Schema, query: Query, share: int) -> Query:
    """`query`, looked for in a part only; with a share of 1 in the whole library."""
    if share == 1:
        return query
    part = Query.const_score_query(Query.term_query(schema, FIELD, share, "basic"), 0.0)
    return Query.boolean_query([(Occur.Must, part), (Occur.Must, query)])


def reckoned(found: int, share: int) -> int:
    """How many there are in all if a part holds `found`: to two digits, as more would not be true."""
    whole = found * share
    return whole if share == 1 else int(round(whole, _DIGITS - len(str(whole))))
