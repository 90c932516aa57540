"""Words for elisions. A filter takes the same few words out of a whole text, so the holes are judged together: a word that
fits many of them is likely, and a word that still stands in the text was not filtered."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from fanwen.blanks.detect.evidence import Evidence
from fanwen.blanks.detect.hole import Hole
from fanwen.blanks.detect.roles import neighbours
from fanwen.blanks.detect.word_lists import lexicon

_LEAST = 1.2
_CANDIDATES = 60


def suggest(holes: Sequence[Hole], text: str, evidence: Evidence | None) -> None:
    """Sets `suggestion` of the elisions among `holes`. `text` is the whole document's text."""
    elisions = [hole for hole in holes if hole.role == "elision"]
    if not elisions:
        return
    local = [_fits(hole, evidence) for hole in elisions]
    standing = {word for fits in local for word in fits if word in text}
    support: dict[str, float] = defaultdict(float)
    for fits in local:
        best = max(fits.values(), default=0.0)
        for word, score in fits.items():
            if word not in standing:
                support[word] += score / best if best else 0.0
    characters = Counter(text)
    total = max(1, sum(1 for character in text if "一" <= character <= "龥"))
    for hole, fits in zip(elisions, local, strict=True):
        ranked: list[tuple[float, str]] = []
        for word, score in fits.items():
            kinship = sum(math.log1p(1000 * characters[character] / total) for character in word) / len(word)
            points = score + 1.5 * math.log1p(support[word]) + 0.3 * kinship
            if word in standing:
                points -= 2.0
            ranked.append((points, word))
        if ranked:
            points, word = max(ranked, key=lambda item: (item[0], item[1]))
            if points >= _LEAST:
                hole.suggestion = word
    _spread(elisions, support)


def _fits(hole: Hole, evidence: Evidence | None) -> dict[str, float]:
    """Words that the dictionary or the evidence puts between the hole's neighbours, each with a score."""
    words = lexicon()
    left, right = neighbours(hole)
    found: dict[str, float] = defaultdict(float)
    for length in (1, 2):
        stem = left[-length:]
        if len(stem) == length:
            for word in words.beginning(stem):
                rest = word[length:]
                if len(rest) >= 2 and rest in words:
                    found[rest] += (0.25 * length + 0.5) * math.log10(10 + words.frequency(word))
        stem = right[:length]
        if len(stem) == length:
            for word in words.ending(stem):
                rest = word[:-length]
                if len(rest) >= 2 and rest in words:
                    found[rest] += (0.25 * length + 0.5) * math.log10(10 + words.frequency(word))
    if evidence is not None:
        for reach, weight in ((3, 1.5), (2, 1.0)):
            a, b = left[-reach:], right[:reach]
            if a and b:
                for word, count in evidence.between(a[-2:], b[:2]).items():
                    found[word] += 2 * weight * math.log2(1 + count)
            for a2, b2 in ((a, ""), ("", b)):
                if len(a2 + b2) >= 2:
                    for word, count in evidence.between(a2, b2).items():
                        if word in words:
                            found[word] += weight * math.log2(1 + count)
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]
    return dict(best)


def _spread(elisions: Sequence[Hole], support: dict[str, float]) -> None:
    """A hole that nothing fits gets the word that fits most of the others, where several others have it."""
    counts = Counter(hole.suggestion for hole in elisions if hole.suggestion)
    if not counts:
        return
    word, count = counts.most_common(1)[0]
    for hole in elisions:
        if hole.suggestion is None and count >= 3 and support[word] >= 3:
            hole.suggestion = word
            hole.confidence = min(hole.confidence, 0.6)
