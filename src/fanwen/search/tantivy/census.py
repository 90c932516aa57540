"""What an index holds, for comparing it with the catalogue."""

from __future__ import annotations

from tantivy import Query

from fanwen.search.tantivy.reader import View
from fanwen.search.tantivy.schema import SEQUENCE_KEY, reads_of
from fanwen.search.tantivy.searching import count


def documents(view: View) -> set[str]:
    """Numbers of all documents in the index."""
    return set(reads(view))


def reads(view: View) -> dict[str, int]:
    """By number of each document in the index, how often it had been read when it was indexed."""
    headers = Query.term_query(view.schema, "page", 0, "basic")
    found = view.searcher.search(headers, limit=max(1, view.searcher.num_docs), count=False).hits
    addresses = [address for _, address in found]
    numbers = view.searcher.fast_field_values("number", addresses)
    ranks = view.searcher.fast_field_values("reads", addresses)
    return {
        str(number): reads_of(int(rank or 0)) for number, rank in zip(numbers, ranks, strict=True) if number is not None
    }


def pages(view: View, number: str) -> int:
    """How many pages of document `number` are in the index."""
    records = count(view, Query.term_query(view.schema, "key", number, "basic"))
    return max(0, records - 1)  # the header


def total_pages(view: View) -> int:
    """How many pages of all documents are."""
    headers = count(view, Query.term_query(view.schema, "page", 0, "basic"))
    marks = count(view, Query.term_query(view.schema, "key", SEQUENCE_KEY, "basic"))
    return int(view.searcher.num_docs - headers - marks)
