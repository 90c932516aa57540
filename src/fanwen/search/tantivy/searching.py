"""One search: strict first, widened if that finds little, gathered by document, with the number of pages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Occur, Query

from fanwen.search.engine import Sort
from fanwen.search.query import Plan
from fanwen.search.tantivy import part
from fanwen.search.tantivy.grouping import BONUS, Group, RecordHit, by_document, by_page
from fanwen.search.tantivy.queries import Queries
from fanwen.search.tantivy.reader import View
from fanwen.search.types import Filters

FEW = 10
"""A strict search that finds fewer records is widened."""
WIDENED = 200
"""Records a widened search adds at most; fewer telling words stand behind each further one."""
_FIRST = 200
_MOST = 20_000
_FIELDS = {"newest": "uploaded_at", "reads": "reads"}
"""What records are sorted by."""
_MOST_HEADERS = 200
"""Headers that are looked at one by one for whether a page of their document was found too."""
_FEW_HEADERS = 0.02
"""A smaller share of headers makes no difference to numbers that people read; to leave them out of the facets costs a
quarter of those."""


@dataclass(frozen=True)
class Found:
    groups: list[Group]
    total: int
    listed: Query | None = None
    """Finds the records that `total` counts, for facets; may be left out where it was not asked for."""
    widened: bool = False
    share: int = 1
    """Of the library that was looked at, one in so many documents; where it is not 1, `total` is reckoned and `listed` finds
    only that part."""


def search(
    view: View, plan: Plan, filters: Filters, *, wanted: int, sort: Sort, grouped: bool, listed: bool = False
) -> Found:
    """The first `wanted` entries, or more, of what `plan` finds; with `listed` also a query for all that was found.

    A phrase that is on very many pages is looked for in the titles of all documents, but on the pages of a part only.
    """
    queries = Queries(view.schema, view.searcher)
    strict = queries.strict(plan, filters)
    matched = 0
    records: list[RecordHit] = []
    groups: list[Group] = []
    headers: tuple[list[RecordHit], int] = [], 0
    most = min(_MOST, max(_FIRST, 2 * wanted))
    share = part.share_for(queries.compared(plan, filters)) if strict is not None and sort == "relevance" else 1
    looked = strict and part.within(view.schema, strict, share)
    while strict is not None and looked is not None:
        records, matched = counted_hits(view, looked, most, sort)
        if (enough := part.share_for(matched * share)) < share:  # its parts are frequent, the phrase is not
            share, looked = enough, part.within(view.schema, strict, enough)
            continue
        if share > 1 or len(records) < matched or (sort == "relevance" and any(not hit.page for hit in records)):
            narrowed = queries.headers(plan, strict)
            headers = (
                ([], 0) if narrowed is None else counted_hits(view, narrowed, max(most, _MOST_HEADERS), "relevance")
            )
            records = _merged(headers[0], records) if sort == "relevance" else records
        groups = _grouped(records, grouped, bonus=BONUS if sort == "relevance" else 0.0)
        if len(groups) >= wanted or len(records) >= matched or most >= _MOST:
            break
        most = min(_MOST, most * 4)
    words = any(not clause.phrase and not clause.title for clause in plan.clauses)
    if words and matched < FEW and (sort == "relevance" or not matched):
        loose = queries.loose(plan, filters)
        have = {(hit.number, hit.page) for hit in records}
        found = [] if loose is None else hits(view, loose, WIDENED, "relevance")
        more = [hit for hit in found if (hit.number, hit.page) not in have]
        if more:
            return _widened(view, records, more, grouped, listed)
    if strict is None or not matched:
        return Found([], 0)
    if share > 1:
        return Found(groups, part.reckoned(matched, share), looked, share=share)
    total, counted = _pages(view, strict, matched, records, *headers)
    return Found(groups, total, counted)


def _merged(headers: list[RecordHit], records: list[RecordHit]) -> list[RecordHit]:
    """Both, best first; a header counts by its own list, in which its title adds to the score."""
    if not headers:
        return records
    own = {hit.number for hit in headers}
    merged = headers + [hit for hit in records if hit.page or hit.number not in own]
    merged.sort(key=lambda hit: -hit.score)
    return merged


def _grouped(records: list[RecordHit], grouped: bool, bonus: float = BONUS) -> list[Group]:
    return by_document(records, bonus=bonus) if grouped else by_page(records)


def _widened(view: View, strict: list[RecordHit], more: list[RecordHit], grouped: bool, listed: bool) -> Found:
    """`strict` records first, then `more`."""
    above = more[0].score * 2
    records = [RecordHit(hit.number, hit.page, hit.score + above) for hit in strict] + more
    entries = by_page(records)
    query = _each(view, entries) if listed else None
    return Found(_grouped(records, grouped), len(entries), query, widened=True)


def _each(view: View, entries: list[Group]) -> Query:
    """Finds the record of each entry."""
    pages: dict[str, list[int]] = {}
    for entry in entries:
        pages.setdefault(entry.records[0].number, []).append(entry.records[0].page)
    each = [
        _both(_term(view, "key", number), Query.term_set_query(view.schema, "page", numbers))
        for number, numbers in pages.items()
    ]
    return Query.boolean_query([(Occur.Should, query) for query in each])


def _term(view: View, field: str, value: str | int) -> Query:
    return Query.term_query(view.schema, field, value, "basic")


def _both(first: Query, second: Query) -> Query:
    return Query.boolean_query([(Occur.Must, first), (Occur.Must, second)])


def hits(view: View, query: Query, most: int, sort: Sort) -> list[RecordHit]:
    """The first `most` records by `sort`; where that is not relevance, `score` is what they are sorted by."""
    found = view.searcher.search(query, limit=most, count=False, order_by_field=_FIELDS.get(sort))
    return _records(view, found.hits)


def counted_hits(view: View, query: Query, most: int, sort: Sort) -> tuple[list[RecordHit], int]:
    """`hits`, and how many records there are in all: in one pass, since what ranking alone may skip costs less than a
    second pass to count."""
    found = view.searcher.search(query, limit=most, count=True, order_by_field=_FIELDS.get(sort))
    return _records(view, found.hits), int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _records(view: View, found: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[RecordHit]:
    addresses = [address for _, address in found]
    numbers = view.searcher.fast_field_values("number", addresses)
    pages = view.searcher.fast_field_values("page", addresses)
    return [
        RecordHit(str(number), int(page or 0), float(score or 0.0))
        for (score, _), number, page in zip(found, numbers, pages, strict=True)
    ]


def count(view: View, query: Query | None) -> int:
    """Records that `query` finds, without ranking them."""
    if query is None:
        return 0
    found = view.searcher.search(Query.const_score_query(query, 1.0), limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _pages(
    view: View, query: Query, matched: int, records: list[RecordHit], headers: list[RecordHit], of_headers: int
) -> tuple[int, Query]:
    """How many pages were found, and a query for them: a header counts only where none of its document's pages was.
    `headers` are the best of those found, `of_headers` says how many there are; neither is looked at where `records` are all.

    Where there are very many headers, only pages or only headers count, whichever are more; where they are few among very
    many records, all count: to look at each would cost more than the search.
    """
    header = Query.const_score_query(_term(view, "page", 0), 0.0)
    if len(records) >= matched:
        with_pages = {hit.number for hit in records if hit.page}
        both = [hit.number for hit in records if not hit.page and hit.number in with_pages]
    else:
        if of_headers < matched * _FEW_HEADERS:
            return matched, query
        if of_headers >= _MOST_HEADERS:
            if of_headers > matched - of_headers:
                return of_headers, _both(query, header)
            return matched - of_headers, _without(query, header)
        both = _with_pages(view, query, [hit.number for hit in headers])
    if not both:
        return matched, query
    return matched - len(both), _without(query, _both(header, Query.term_set_query(view.schema, "key", both)))


def _without(query: Query, excluded: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, excluded)])


def _with_pages(view: View, query: Query, numbers: list[str]) -> list[str]:
    """Those of the documents `numbers`, whose headers `query` finds, of which it finds pages too."""
    within = Query.const_score_query(Query.term_set_query(view.schema, "key", numbers), 0.0)
    by_number = {"documents": {"terms": {"field": "number", "size": len(numbers), "min_doc_count": 2}}}
    buckets = view.searcher.aggregate(_both(query, within), by_number)["documents"]["buckets"]
    return [str(int(bucket["key"])) for bucket in buckets]
