"""Did you mean: words typed with the wrong character of the right sound, and slips of the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from math import log

from fanwen.search.analysis import TOKEN
from fanwen.search.folding import is_han
from fanwen.search.keys import KeyTable, deletions, has_near_keys
from fanwen.search.pinyin import syllables

Frequency = Callable[[str], int]
_LONGEST_RUN = 24
_LONGEST_WORD = 6
_SOUND_COST = 0.5
"""What a replacement by a word of the same sound has to win over the words as typed, in natural logarithms."""
_SLIP_COST = 3.5
_UNKNOWN_COST = 3.0


def correct(keys: KeyTable, text: str, frequency: Frequency, records: int) -> str:
    """Canonical `text` with the likelier words in place of those typed; empty if it stands as it is.

    A Han run is cut into the likeliest words, by how many of the `records` hold each; a word of the same sound may stand
    in for what was typed at a cost, and so may one that differs in one character.
    """
    corrected: list[str] = []
    end = 0
    for match in TOKEN.finditer(text):
        token = match[0]
        corrected.append(text[end : match.start()])
        if is_han(token[0]):
            corrected.append(_correct_run(keys, token, frequency, records) if len(token) <= _LONGEST_RUN else token)
        else:
            corrected.append(_correct_word(keys, token, frequency))
        end = match.end()
    corrected.append(text[end:])
    result = "".join(corrected)
    return result if result != text else ""


def _correct_run(keys: KeyTable, run: str, frequency: Frequency, records: int) -> str:
    total = log(records + 1.0)
    best: list[tuple[float, str]] = [(0.0, "")]
    for end in range(1, len(run) + 1):
        options: list[tuple[float, str]] = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            score, before = best[start]
            piece = run[start:end]
            seen = frequency(piece)
            if seen or len(piece) == 1:
                cost = total - log(seen + 0.5) + (_UNKNOWN_COST if not seen else 0.0)
                options.append((score - cost, before + piece))
            if len(piece) > 1:
                options.extend(
                    (score - (total - log(count + 0.5)) - cost, before + term)
                    for term, count, cost in _alternatives(keys, piece, frequency)
                )
        best.append(max(options, key=lambda option: option[0]))
    return best[-1][1]


def _alternatives(keys: KeyTable, piece: str, frequency: Frequency) -> list[tuple[str, int, float]]:
    """Words of as many characters that `piece` may have been meant to be: (word, pages, cost)."""
    costs: dict[str, float] = {}
    if has_near_keys(piece):
        marks = ",".join("?" * len(deletions(piece)))
        for (term,) in keys.rows(f"SELECT term FROM near WHERE key IN ({marks}) LIMIT 60", *deletions(piece)):
            if len(str(term)) == len(piece):
                costs[str(term)] = _SLIP_COST
    for (term,) in keys.rows(
        "SELECT term FROM terms WHERE pinyin = ? AND pinyin != '' LIMIT 60", "".join(syllables([piece]))
    ):
        if len(str(term)) == len(piece):
            costs[str(term)] = _SOUND_COST
    costs.pop(piece, None)
    return [(term, count, cost) for term, cost in costs.items() if (count := frequency(term))]


def _correct_word(keys: KeyTable, word: str, frequency: Frequency) -> str:
    """A Latin word, replaced by the most frequent one a slip away if it is itself nowhere."""
    if not has_near_keys(word) or frequency(word):
        return word
    lookups = [word, *deletions(word)]
    marks = ",".join("?" * len(lookups))
    near = keys.rows(
        f"SELECT term FROM near WHERE key IN ({marks}) UNION SELECT term FROM terms WHERE term IN ({marks}) AND word",
        *lookups,
        *lookups,
    )
    candidates = [str(term) for (term,) in near if abs(len(str(term)) - len(word)) <= 1]
    best = max(candidates, key=frequency, default="")
    return best if best and frequency(best) else word
