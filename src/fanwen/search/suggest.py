"""What a typed beginning may become: titles and frequent phrases, by their characters, their pinyin or their initials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanwen.search.folding import canonical
from fanwen.search.keys import HAN, INITIALS, PINYIN, KeyTable
from fanwen.search.types import Suggestion

Frequency = Callable[[str], int]
"""How many pages hold a word."""

_LOOKED_AT = 120
"""Rows of the key table that are weighed for each kind of key."""
_TERM_COLUMN = {HAN: "term", PINYIN: "pinyin", INITIALS: "initials"}


@dataclass(frozen=True)
class _Found:
    suggestion: Suggestion
    rank: tuple[int, float, int]
    """Smaller is better: how the key was met, then the weight, then the length."""


def suggest(keys: KeyTable, text: str, frequency: Frequency, *, limit: int = 8) -> list[Suggestion]:
    """Up to `limit` suggestions for `text`, best first; titles and phrases share the room."""
    typed = canonical(text).replace(" ", "").replace("'", "")
    if not typed or len(typed) > 40:
        return []
    found: list[_Found] = []
    if typed.isdigit() and 3 <= len(typed) <= 9:
        found.extend(_numbers(keys, typed))
    kinds = (PINYIN, INITIALS) if typed.isascii() and typed.isalpha() else ()
    for penalty, kind in enumerate((HAN, *kinds)):
        found.extend(_titles(keys, kind, typed, penalty))
        found.extend(_terms(keys, kind, typed, penalty, frequency))
    if kinds and len(typed) >= 4 and len(found) < limit:
        for variant in _slips(typed):
            for kind in kinds:
                found.extend(_titles(keys, kind, variant, 5 + kind))
                found.extend(_terms(keys, kind, variant, 5 + kind, frequency))
    return _share(found, limit)


def _numbers(keys: KeyTable, typed: str) -> list[_Found]:
    scale = 10 ** (9 - len(typed))
    rows = keys.rows(
        "SELECT number, title FROM titles WHERE number >= ? AND number < ? LIMIT 3",
        int(typed) * scale,
        (int(typed) + 1) * scale,
    )
    return [_Found(Suggestion(str(title), "number", str(number)), (0, 0.0, 0)) for number, title in rows]


def _titles(keys: KeyTable, kind: int, typed: str, penalty: int) -> list[_Found]:
    rows = keys.rows(
        "SELECT s.key, t.title, t.number FROM (SELECT key, number FROM starts WHERE kind = ? AND key >= ? AND key < ?"
        " LIMIT ?) s JOIN titles t ON t.number = s.number",
        kind,
        typed,
        typed + "\U0010ffff",
        _LOOKED_AT,
    )
    return [
        _Found(Suggestion(str(title), "title", str(number)), (penalty, float(len(str(key))), len(str(title))))
        for key, title, number in rows
    ]


def _terms(keys: KeyTable, kind: int, typed: str, penalty: int, frequency: Frequency) -> list[_Found]:
    column = _TERM_COLUMN[kind]
    rows = keys.rows(
        f"SELECT term, {column}, titles FROM terms WHERE {column} >= ? AND {column} < ? AND {column} != ''"
        " AND (word OR titles > 1) LIMIT ?",
        typed,
        typed + "\U0010ffff",
        _LOOKED_AT,
    )
    found: list[_Found] = []
    for term, key, titles in rows:
        weight = float(int(str(titles)) * 5 + frequency(str(term)))
        if weight > 0 and str(term) != typed:
            exact = str(key) == typed and kind != HAN
            found.append(_Found(Suggestion(str(term), "phrase"), (penalty - exact, -weight, len(str(term)))))
    return found


def _slips(typed: str) -> list[str]:
    """What `typed` may have been meant to be: two neighbouring letters swapped, or one too many."""
    swapped = [typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1)]
    shorter = [typed[:at] + typed[at + 1 :] for at in range(len(typed))] if len(typed) > 4 else []
    return [variant for variant in dict.fromkeys(swapped + shorter) if variant != typed]


def _share(found: list[_Found], limit: int) -> list[Suggestion]:
    """The best of `found`, each text once, at least a third of the room for either kind if there are enough."""
    ordered = [entry.suggestion for entry in sorted(found, key=lambda entry: entry.rank)]
    once: dict[tuple[str, str], Suggestion] = {}
    for suggestion in ordered:
        once.setdefault((suggestion.kind, suggestion.text), suggestion)
    titles = [suggestion for suggestion in once.values() if suggestion.kind != "phrase"]
    terms = [suggestion for suggestion in once.values() if suggestion.kind == "phrase"]
    least = limit // 3
    room = max(least, limit - len(titles)) if len(titles) > limit - least else limit - len(titles)
    kept = terms[: max(least, room)]
    return titles[: limit - len(kept)] + kept
