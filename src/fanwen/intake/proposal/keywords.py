"""The keywords: nouns, and nouns that keep standing together, that a text says often for their kind.

A variant of tf-idf. Without the document frequencies of a collection, a word's length stands in: longer words are rarer.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import rjieba

from fanwen.intake.proposal.stopwords import COMMON, ENGLISH, GENERAL

FEWEST, MOST = 5, 8
MAX_TEXT = 60_000
"""Characters looked at."""
_NOUNS = {"n", "ns", "nt", "nz", "vn", "l", "j", "eng", "i", "an"}
_COUNTED = tuple("一二两三四五六七八九十几每各某本该此第多")
"""What a word begins with that counts or points rather than names."""
_PLACES = tuple("县市省镇乡村区州局")
_BOUNDARY = "\0"
_Token = tuple[str, str]


def keywords_of(
    text: str, title: str, given: Sequence[str] = (), frequency: Callable[[str], float] | None = None
) -> tuple[str, ...]:
    """At most `MOST` keywords, the best first: of the author's own those that the text bears out, then what was counted.

    `frequency` gives the share (0..1) of a collection's documents that hold a word, where there is one to ask.
    """
    text = text[:MAX_TEXT]
    lowered = text.lower()
    chosen = [word for word in dict.fromkeys(part.strip() for part in given) if _is_given(word, lowered)][:MOST]
    for word in _ranked(text, title, frequency):
        if len(chosen) >= MOST:
            break
        if not any(_overlaps(word, other) for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def _is_given(word: str, text: str) -> bool:
    return 2 <= len(word) <= 20 and word.lower() in text and word not in COMMON


def _overlaps(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one in other or other in one


def _ranked(text: str, title: str, frequency: Callable[[str], float] | None) -> list[str]:
    tokens = _tokens(text)
    in_title = {word.lower() for word, _ in _tokens(title)}
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    candidates: set[_Token] = set()
    for (word, tag), count in Counter(tokens).items():
        if _is_candidate(word, tag):
            candidates.add((word, tag))
            counts[word.lower()] += count
            forms.setdefault(word.lower(), Counter())[word] += count
    compounds = _compounds(tokens, counts, candidates)
    scores: dict[str, float] = {}
    for word, count in counts.items():
        free = count - sum(number for compound, number in compounds.items() if word in compound)
        if free > 0:
            scores[word] = _score(word, free, word in in_title, frequency)
    for compound, count in compounds.items():
        scores[compound] = 1.2 * _score(compound, count, compound in title.lower().replace("\n", ""), frequency)
    # A word said once is a keyword only of a short text, or when the title says it.
    least = 2 if len(counts) > 30 else 1
    kept = [word for word in scores if counts.get(word, compounds.get(word, 0)) >= least or word in in_title]
    kept.sort(key=lambda word: (-scores[word], word))
    return [forms[word].most_common(1)[0][0] if word in forms else word for word in kept]


def _tokens(text: str) -> list[_Token]:
    """Words with their part of speech; white space and marks are boundaries. A line end between Han characters is none."""
    joined = re.sub(r"(?<=[\u3400-\u9fff])[ \u3000]*\n[ \u3000]*(?=[\u3400-\u9fff])", "", text)
    return [(bare, tag) if (bare := word.strip()) else (_BOUNDARY, "x") for word, tag in rjieba.tag(joined)]


def _is_candidate(word: str, tag: str) -> bool:
    if word.isascii():
        return len(word) >= 3 and word.isalpha() and word.lower() not in ENGLISH
    return (
        tag in _NOUNS
        and 2 <= len(word) <= 10
        and word not in COMMON
        and not word.startswith(_COUNTED)
        and not any(char.isdigit() for char in word)
    )


def _compounds(tokens: Sequence[_Token], counts: Counter[str], candidates: set[_Token]) -> dict[str, int]:
    """Two or three Han nouns that keep standing together, at least three times and in half of the rarest one's places.

    Of those within one another only the longest is kept, unless the shorter is often without it.
    """
    nouns = {token for token in candidates if not token[0].isascii()}
    neighbours: list[tuple[str, ...]] = []
    standing: list[str] = []
    for token in tokens:
        if token not in nouns:
            standing.clear()
            continue
        standing.append(token[0])
        neighbours += [tuple(standing[-length:]) for length in (2, 3) if len(standing) >= length]
    runs = Counter(neighbours)
    found = {
        run: count
        for run, count in runs.items()
        if count >= 3 and 2 * count >= min(counts[word] for word in run) and not run[0].endswith(_PLACES)
    }
    kept = {}
    for run, count in found.items():
        longer = max(
            (found[other] for other in found if len(other) > len(run) and "".join(run) in "".join(other)), default=0
        )
        if len("".join(run)) <= 8 and longer < 0.7 * count:
            kept["".join(run)] = count
    return kept


def _score(word: str, count: int, in_title: bool, frequency: Callable[[str], float] | None) -> float:
    if frequency is not None:
        rarity = math.log(1.0 / max(frequency(word), 1e-4))
    elif word.isascii():
        rarity = 1.0 + 0.12 * min(len(word), 12)
    else:
        rarity = 1.0 + 0.45 * min(len(word) - 1, 4)
    general = 0.4 if word in GENERAL else 1.0
    return (1 + math.log(count)) * rarity * general * (2.2 if in_title else 1.0)
