"""What an index holds, for comparing it with the catalogue."""

from __future__ import annotations

from tantivy import Query

from fanwen.search.tantivy.reader import View
from fanwen.search.tantivy.schema import SEQUENCE_KEY


def documents(view: View) -> set[str]:
    """Numbers of all documents in the index."""
    headers = Query.term_query(view.schema, "page", 0, "basic")
    found = view.searcher.search(headers, limit=max(1, view.searcher.num_docs), count=False).hits
    values = view.searcher.fast_field_values("number", [address for _, address in found])
    return {str(value) for value in values if value is not None}


def pages(view: View, number: str) -> int:
    """How many pages of document `number` are in the index."""
    records = view.searcher.search(Query.term_query(view.schema, "key", number, "basic"), limit=1).count or 0
    return max(0, records - 1)  # the header


def total_pages(view: View) -> int:
    """How many pages of all documents are."""
    headers = view.searcher.search(Query.term_query(view.schema, "page", 0, "basic"), limit=1).count or 0
    marks = view.searcher.search(Query.term_query(view.schema, "key", SEQUENCE_KEY, "basic"), limit=1).count or 0
    return int(view.searcher.num_docs - headers - marks)
