"""What a query leaves out: pages that hold a word, headers of documents with such a page, documents by their title."""

from __future__ import annotations

import tantivy
from tantivy import Occur, Query

_MOST_HEADERS = 5_000
_MOST_EXCLUDED = 20_000


def exclusions(
    schema: tantivy.Schema, searcher: tantivy.Searcher, wanted: Query, words: list[Query], titles: list[Query]
) -> list[Query]:
    """Queries for what must not be found.

    `words` exclude records; of the headers that `wanted` finds, also those of documents with an excluded page, or a title
    would bring back the document that was to be left out. `titles` exclude whole documents.
    """
    excluded = list(words)
    if words:
        header = Query.const_score_query(Query.term_query(schema, "page", 0, "basic"), 0.0)
        headers = _numbers(searcher, Query.boolean_query([(Occur.Must, wanted), (Occur.Must, header)]), _MOST_HEADERS)
        if headers:
            spoilt = Query.boolean_query(
                [
                    (Occur.Must, Query.boolean_query([(Occur.Should, word) for word in words])),
                    (Occur.Must, Query.term_set_query(schema, "key", headers)),
                ]
            )
            if numbers := _numbers(searcher, spoilt, _MOST_EXCLUDED):
                among = Query.term_set_query(schema, "key", numbers)
                excluded.append(Query.boolean_query([(Occur.Must, header), (Occur.Must, among)]))
    for title in titles:
        if numbers := _numbers(searcher, title, _MOST_EXCLUDED):
            excluded.append(Query.term_set_query(schema, "key", numbers))
    return excluded


def _numbers(searcher: tantivy.Searcher, query: Query, most: int) -> list[str]:
    """Numbers of the documents that `query` finds records of."""
    found = searcher.search(Query.const_score_query(query, 1.0), limit=most, count=False).hits
    return sorted({str(value) for value in searcher.fast_field_values("number", [address for _, address in found])})
