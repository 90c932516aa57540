"""The words that tell a text from the others of an index, by tf-idf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import log

from fanwen.search.analysis import cut
from fanwen.search.folding import canonical, is_han

_FEW = 50.0
"""A word in so few records always tells something, however small the index."""
READ = 40_000
"""Characters of a text that are looked at."""


def telling_words(
    texts: Iterable[str], frequency: Callable[[str], int], records: int, *, limit: int, share: float = 0.1
) -> list[tuple[str, float]]:
    """Up to `limit` words of `texts` with their weights, best first.

    A word that only one of the `records` holds, or more than `share` of them, tells nothing.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(part for part in cut(canonical(text[:READ])) if _is_word(part))
    weights: list[tuple[str, float]] = []
    for word, count in counts.items():
        seen = frequency(word)
        if 1 < seen <= max(_FEW, share * records):
            weights.append((word, (1 + log(count)) * log(1 + records / seen)))
    return sorted(weights, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _is_word(part: str) -> bool:
    return len(part) > 1 if is_han(part[0]) else part.isalpha() and len(part) > 2
