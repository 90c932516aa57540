"""How many of the found records fall to each category, format, year, uploader and length, and to templates."""

from __future__ import annotations

from typing import Any

import tantivy

from fanwen.search.types import Facet

FIELDS = ("category", "format", "year", "uploader", "length", "template")
_MOST = 40
_REQUEST = {field: {"terms": {"field": field, "size": _MOST}} for field in FIELDS}


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[Facet, ...]]:
    """Facets of all records that `query` finds, most frequent first; values without a name (no year) are left out."""
    answer: dict[str, Any] = searcher.aggregate(query, _REQUEST)
    facets: dict[str, tuple[Facet, ...]] = {}
    for field in FIELDS:
        values = ((_value(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[field]["buckets"])
        facets[field] = tuple(Facet(value, "", times) for value, times in values if value not in {"", "0"})
    return facets


def _value(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
