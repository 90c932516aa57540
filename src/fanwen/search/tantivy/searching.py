"""One search: strict first, widened if that finds little, gathered by document, with the number of pages found."""

from __future__ import annotations

from dataclasses import dataclass

from tantivy import Occur, Query

from fanwen.search.engine import Sort
from fanwen.search.query import Plan
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
_MOST_HEADERS = 200
"""With more headers found than this only pages are counted."""


@dataclass(frozen=True)
class Found:
    groups: list[Group]
    total: int
    query: Query | None
    """What facets are counted over."""
    widened: bool = False


def search(view: View, plan: Plan, filters: Filters, *, wanted: int, sort: Sort, grouped: bool) -> Found:
    """The first `wanted` entries, or more, of what `plan` finds."""
    queries = Queries(view.schema, view.searcher)
    strict = queries.strict(plan, filters)
    matched = count(view, strict)
    most = min(_MOST, max(_FIRST, 2 * wanted))
    records: list[RecordHit] = []
    documents: list[Group] = []
    if strict is not None and matched:
        while True:
            records = hits(view, strict, most, sort)
            documents = (
                by_document(records, bonus=BONUS if sort == "relevance" else 0.0) if grouped else by_page(records)
            )
            if len(documents) >= wanted or len(records) >= matched or most >= _MOST:
                break
            most = min(_MOST, most * 4)
    total = _pages(view, strict, matched, records)
    if matched >= FEW or not any(not clause.phrase and not clause.title for clause in plan.clauses):
        return Found(documents, total, strict)
    return _widened(view, queries, plan, filters, records, total, strict, grouped)


def _widened(
    view: View,
    queries: Queries,
    plan: Plan,
    filters: Filters,
    strict_records: list[RecordHit],
    total: int,
    strict: Query | None,
    grouped: bool,
) -> Found:
    loose = queries.loose(plan, filters)
    have = {(hit.number, hit.page) for hit in strict_records}
    more = (
        []
        if loose is None
        else [hit for hit in hits(view, loose, WIDENED, "relevance") if (hit.number, hit.page) not in have]
    )
    if loose is None or not more:
        gathered = by_document(strict_records) if grouped else by_page(strict_records)
        return Found(gathered, total, strict)
    above = more[0].score * 2
    records = [RecordHit(hit.number, hit.page, hit.score + above) for hit in strict_records] + more
    gathered = by_document(records) if grouped else by_page(records)
    among = _among(view, loose, [hit.number for hit in records])
    return Found(gathered, len(by_page(records)), among, widened=True)


def _among(view: View, query: Query, numbers: list[str]) -> Query:
    """`query` narrowed to the documents `numbers`."""
    within = Query.const_score_query(Query.term_set_query(view.schema, "key", sorted(set(numbers))), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, within)])


def hits(view: View, query: Query, most: int, sort: Sort) -> list[RecordHit]:
    """The best `most` records, or the newest; `score` is then the time of upload."""
    order = "uploaded_at" if sort == "newest" else None
    found = view.searcher.search(query, limit=most, count=False, order_by_field=order).hits
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


def _pages(view: View, query: Query | None, matched: int, records: list[RecordHit]) -> int:
    """Pages found: a header counts only where none of its document's pages was found."""
    if query is None or not matched:
        return 0
    if len(records) >= matched:
        return len(by_page(records))
    header = Query.const_score_query(Query.term_query(view.schema, "page", 0, "basic"), 0.0)
    narrowed = Query.boolean_query([(Occur.Must, query), (Occur.Must, header)])
    headers = hits(view, narrowed, _MOST_HEADERS, "relevance")
    if not headers:
        return matched
    if len(headers) == _MOST_HEADERS:
        return matched - count(view, narrowed)
    numbers = [hit.number for hit in headers]
    buckets = view.searcher.aggregate(
        _among(view, query, numbers),
        {"documents": {"terms": {"field": "number", "size": len(numbers), "min_doc_count": 2}}},
    )["documents"]["buckets"]
    return matched - len(buckets)
