"""How many of the found records fall to each category, format, year, uploader and length, and to templates."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fanwen.search.tantivy import part
from fanwen.search.tantivy.reader import View
from fanwen.search.tantivy.schema import KINDS, TRAIL
from fanwen.search.tantivy.searching import Found
from fanwen.search.types import Facet

_MOST = 40
_MOST_TRAILS = 2_000
"""Categories that are counted; a library with more counts those with most."""
_MOST_KINDS = 4_000
"""The same for what formats, years and lengths make together."""
_REQUEST: dict[str, dict[str, Any]] = {
    "category": {"terms": {"field": "trail", "size": _MOST_TRAILS, "segment_size": _MOST_TRAILS}},
    "kind": {"terms": {"field": "kind", "size": _MOST_KINDS, "segment_size": _MOST_KINDS}},
    "uploader": {"terms": {"field": "uploader", "size": _MOST}},
}


def share_of(found: Found) -> int:
    """The share of the library that facets of what was `found` are counted on: 1 for all of it."""
    return found.share if found.share > 1 else part.share_for(found.total)


def count(view: View, found: Found) -> dict[str, tuple[Facet, ...]]:
    """Facets of all that was `found`, most frequent first; values without a name (no year) are left out."""
    if found.listed is None:
        return {}
    share = share_of(found)
    query = found.listed if share == found.share else part.within(view.schema, found.listed, share)
    answer: dict[str, Any] = view.searcher.aggregate(query, _REQUEST)
    uploaders = Counter({str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["uploader"]["buckets"]})
    counts = {"category": _categories(answer["category"]["buckets"]), "uploader": uploaders}
    counts |= _kinds(answer["kind"]["buckets"])
    return {
        field: tuple(
            Facet(value, "", part.reckoned(times, share))
            for value, times in each.most_common(_MOST)
            if value not in {"", "0"}
        )
        for field, each in counts.items()
    }


def _kinds(buckets: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Each of `KINDS` by itself."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in KINDS}
    for bucket in buckets:
        times = int(bucket["doc_count"])
        for field, value in zip(KINDS, str(bucket["key"]).split(TRAIL, len(KINDS) - 1), strict=True):
            counts[field][value] += times
    return counts


def _categories(buckets: list[dict[str, Any]]) -> Counter[str]:
    """Each category with what is in it and below it."""
    counts: Counter[str] = Counter()
    for bucket in buckets:
        for key in str(bucket["key"]).split(TRAIL):
            counts[key] += int(bucket["doc_count"])
    return counts
