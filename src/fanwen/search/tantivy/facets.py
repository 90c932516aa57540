"""How many of the found records fall to each category, format, year, uploader and length, and to templates."""

from __future__ import annotations

from collections import Counter
from typing import Any

import tantivy

from fanwen.search.tantivy.schema import TRAIL
from fanwen.search.types import Facet

_FIELDS = ("format", "year", "uploader", "length")
_MOST = 40
_MOST_TRAILS = 2_000
"""Categories that are counted; a library with more counts those with most."""
_REQUEST: dict[str, dict[str, Any]] = {
    **{field: {"terms": {"field": field, "size": _MOST}} for field in _FIELDS},
    "category": {"terms": {"field": "trail", "size": _MOST_TRAILS, "segment_size": _MOST_TRAILS}},
    "template": {"sum": {"field": "template"}},  # 0 or 1
}


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[Facet, ...]]:
    """Facets of all records that `query` finds, most frequent first; values without a name (no year) are left out."""
    answer: dict[str, Any] = searcher.aggregate(query, _REQUEST)
    facets: dict[str, tuple[Facet, ...]] = {"category": _categories(answer["category"]["buckets"])}
    for field in _FIELDS:
        values = ((_value(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[field]["buckets"])
        facets[field] = tuple(Facet(value, "", times) for value, times in values if value not in {"", "0"})
    templates = int(answer["template"]["value"] or 0)
    facets["template"] = (Facet("1", "", templates),) if templates else ()
    return facets


def _categories(buckets: list[dict[str, Any]]) -> tuple[Facet, ...]:
    """Each category with what is in it and below it."""
    counts: Counter[str] = Counter()
    for bucket in buckets:
        for key in str(bucket["key"]).split(TRAIL):
            counts[key] += int(bucket["doc_count"])
    del counts[""]
    return tuple(Facet(key, "", times) for key, times in counts.most_common(_MOST))


def _value(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
