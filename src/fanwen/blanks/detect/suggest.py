"""Words for elisions. A filter takes the same few words out of a whole text, so the holes are judged together: a word that
fits many of them is likely, and a word that still stands in the text was not filtered."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import rjieba

from fanwen.blanks.detect.evidence import Evidence
from fanwen.blanks.detect.hole import Hole
from fanwen.blanks.detect.roles import neighbours
from fanwen.blanks.detect.word_lists import character_rates, lexicon, listed_words

_CANDIDATES = 80
_LEAST_SPREAD = 3
# Parts of speech of single characters that bind no word beside them: particles, prepositions, conjunctions, directions.
_LOOSE = frozenset("ucpfymqrtd")


@dataclass
class _Fits:
    """What may stand in one hole: words with scores, and which of them the evidence is firm about."""

    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    firm: set[str] = field(default_factory=set)

    def add(self, word: str, score: float, *, firm: bool) -> None:
        self.scores[word] += score
        if firm:
            self.firm.add(word)

    def best(self) -> dict[str, float]:
        return dict(sorted(self.scores.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES])


def suggest(holes: Sequence[Hole], text: str, evidence: Evidence | None) -> None:
    """Sets `suggestion` of the elisions among `holes`. `text` is the whole document's text."""
    elisions = [hole for hole in holes if hole.role == "elision"]
    fits = [_fits(hole, evidence) for hole in elisions]
    best = [fit.best() for fit in fits]
    standing = {word for words in best for word in words if word in text}
    support: dict[str, float] = defaultdict(float)
    for words in best:
        top = max(words.values(), default=1.0)
        for word, score in words.items():
            if word not in standing:
                support[word] += score / top
    kinship = _Kinship(text)
    for hole, fit, words in zip(elisions, fits, best, strict=True):
        ranked = []
        for word, score in words.items():
            if word not in fit.firm and support[word] < 1.5:
                continue
            points = score + 1.5 * math.log1p(support[word]) + 0.6 * kinship(word) + _grammar(hole, word)
            ranked.append((points - (2.0 if word in standing else 0.0), word))
        if ranked:
            hole.suggestion = max(ranked)[1]
    _spread(elisions, support)


def _fits(hole: Hole, evidence: Evidence | None) -> _Fits:
    fits = _Fits()
    left, right = neighbours(hole)
    _of_dictionary(fits, left, right)
    if not right or right[0] == "下":
        _of_frames(fits, hole)
    if evidence is not None:
        _of_evidence(fits, evidence, left, right)
    return fits


def _of_dictionary(fits: _Fits, left: str, right: str) -> None:
    """Words that join the last word at the left or the first at the right to one entry: 精心组织, 共产党员."""
    words = lexicon()
    stems = []
    if left:
        token, kind = rjieba.tag(left)[-1]
        if len(token) > 1 or kind[:1] not in _LOOSE:
            stems.append((token[-2:], True))
    if right:
        token, kind = rjieba.tag(right)[0]
        if len(token) > 1 or kind[:1] not in _LOOSE:
            stems.append((token[:2], False))
    for stem, at_left in stems:
        for entry in words.beginning(stem) if at_left else words.ending(stem):
            rest = entry[len(stem) :] if at_left else entry[: -len(stem)]
            if len(rest) >= 2 and rest in words:
                fits.add(
                    rest,
                    (0.25 * len(stem) + 0.5) * math.log10(10 + words.frequency(entry)),
                    firm=len(stem) > 1 or len(entry) > 3,
                )


def _of_frames(fits: _Fits, hole: Hole) -> None:
    clause = re.split(r"[，。；：,;]", hole.near)[-1][-24:]
    under = hole.gap.startswith("下")
    for verb, nouns in listed_words("frames.txt").items():
        if verb in clause and under == (verb == "在"):
            for rank, noun in enumerate(nouns):
                fits.add(noun, 1.6 - 0.05 * rank, firm=True)


def _of_evidence(fits: _Fits, evidence: Evidence, left: str, right: str) -> None:
    words = lexicon()
    for reach in (3, 2, 1):
        if len(left) >= reach and right:
            for word, count in evidence.between(left[-reach:], right[: min(2, reach)]).items():
                fits.add(word, reach * math.log2(1 + count), firm=True)
    for reach in (2, 3):
        for a, b in ((left[-reach:], ""), ("", right[:reach])):
            if len(a + b) == reach:
                for word, count in evidence.between(a, b).items():
                    if word in words:
                        fits.add(word, 1.5 * math.log2(1 + count), firm=count > 1)


def _grammar(hole: Hole, word: str) -> float:
    """After 一批 or 的 and before a noun a quality is wanted, not an action."""
    kind = lexicon().kind(word)
    if re.search(r"(?:一批|一名|一个|一支|批)$", hole.near) and hole.gap:
        return 1.0 if kind[:1] in "ab" else -1.0 if kind[:1] == "v" else 0.0
    return 0.0


def _spread(elisions: Sequence[Hole], support: dict[str, float]) -> None:
    """A hole within a clause that nothing fits gets the word that fits most of the others."""
    counts = Counter(hole.suggestion for hole in elisions if hole.suggestion)
    if not counts:
        return
    word, count = counts.most_common(1)[0]
    for hole in elisions:
        if (
            hole.suggestion is None
            and count >= _LEAST_SPREAD
            and support[word] >= _LEAST_SPREAD
            and all(neighbours(hole))
        ):
            hole.suggestion = word
            hole.confidence = min(hole.confidence, 0.6)


class _Kinship:
    """How much more often a word's characters stand in this text than in general: a word of the text's own subject."""

    def __init__(self, text: str) -> None:
        self._counts = Counter(character for character in text if "一" <= character <= "龥")
        self._total = max(1, sum(self._counts.values()))
        self._rates = character_rates()
        # A few sentences say little about a subject.
        self._weight = min(1.0, self._total / 1500)

    def __call__(self, word: str) -> float:
        ratios = [
            math.log(max(1.0, self._counts[character] / self._total / self._rates.get(character, 1e-5)))
            for character in word
        ]
        return self._weight * 0.5 * (max(ratios) + sum(ratios) / len(ratios))
