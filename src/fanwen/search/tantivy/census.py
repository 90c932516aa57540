"""What an index holds, for comparing it with the catalogue."""

from __future__ import annotations

from tantivy import Query

from fanwen.search.tantivy.reader import View
from fanwen.search.tantivy.schema import SEQUENCE_KEY
from fanwen.search.tantivy.searching import count


def documents(view: View) -> set[str]:
    """Numbers of all documents in the index."""
    headers = Query.term_query(view.schema, "page", 0, "basic")
    found = view.searcher.search(headers, limit=max(1, view.searcher.num_docs), count=False).hits
    values = view.searcher.fast_field_values("number", [address for _, address in found])
    return {str(value) for value in values if value is not None}


def pages(view: View, number: str) -> int:
    """How many pages of document `number` are in the index."""
    records = count(view, Query.term_query(view.schema, "key", number, "basic"))
    return max(0, records - 1)  # the header


def total_pages(view: View) -> int:
    """How many pages of all documents are."""
    headers = count(view, Query.term_query(view.schema, "page", 0, "basic"))
    marks = count(view, Query.term_query(view.schema, "key", SEQUENCE_KEY, "basic"))
    return int(view.searcher.num_docs - headers - marks)
