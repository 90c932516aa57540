"""Where a query's matches stand in a page's original text."""

from __future__ import annotations

import re
from functools import lru_cache

from fanwen.search.analysis import TOKEN, cut, is_han
from fanwen.search.folding import CJK, JOIN, LETTER, fold_with_origins
from fanwen.search.query import Clause, Plan

_BREAK = rf"(?:(?!{LETTER})[^{CJK}])+"


@lru_cache(maxsize=256)
def pattern(plan: Plan) -> re.Pattern[str] | None:
    """A pattern for everything of `plan` that is to be marked, to be used on folded text; none if there is nothing."""
    wanted: list[str] = []
    for clause in plan.clauses:
        wanted.append(phrase_pattern(clause.text))
        if not clause.phrase:
            wanted.extend(phrase_pattern(part) for part in _parts(clause))
    ordered = sorted(dict.fromkeys(wanted), key=len, reverse=True)
    return re.compile("|".join(ordered)) if ordered else None


def matches(plan: Plan, text: str) -> list[tuple[int, int]]:
    """The spans of `text` that `plan` finds: sorted, apart from one another, offsets into the original text.

    A phrase is found across line breaks. Words are found whole first, then by their parts.
    """
    wanted = pattern(plan)
    if wanted is None or not text:
        return []
    folded = fold_with_origins(text)
    spans: list[tuple[int, int]] = []
    for match in wanted.finditer(folded.text):
        start, end = folded.span(*match.span())
        if spans and start < spans[-1][1]:
            start = spans[-1][1]
        if start < end:
            spans.append((start, end))
    return spans


def phrase_pattern(text: str) -> str:
    """A pattern that finds canonical `text` in folded text, Latin words and numbers only whole."""
    pieces: list[str] = []
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        han = is_han(match[0][0])
        if before is not None:
            if not han and not is_han(before[0][0]):
                pieces.append(f"(?:{_BREAK})?")  # what parts Latin words does not matter
            else:
                pieces.append(f"{JOIN}*" if match.start() == before.end() else _BREAK)
        pieces.append(_joined(match[0]) if han else _whole(match[0]))
        before = match
    return "".join(pieces)


def _joined(token: str) -> str:
    return f"{JOIN}*".join(map(re.escape, token))


def _whole(token: str) -> str:
    """A Latin token, not as a part of a longer one."""
    if not token[0].isalnum():
        return re.escape(token)
    before = rf"(?<!{LETTER})(?<!{LETTER}{JOIN})" + (r"(?<!\d\.)" if token[0].isdigit() else "")
    after = rf"(?!{JOIN}*{LETTER})" + (r"(?!\.\d)" if token[-1].isdigit() else "")
    return before + _joined(token) + after


def _parts(clause: Clause) -> list[str]:
    """The words of a clause and, for a Han run that no dictionary knows, its pairs; single characters and signs only alone."""
    parts = [part for part in cut(clause.text) if len(part) > 1 or (part.isalnum() and not is_han(part))]
    known = {part for part in parts if is_han(part[0])}
    for match in TOKEN.finditer(clause.text):
        run = match[0]
        if is_han(run[0]):
            pairs = (run[at : at + 2] for at in range(len(run) - 1))
            parts.extend(pair for pair in pairs if not any(pair in word for word in known))
    return parts
