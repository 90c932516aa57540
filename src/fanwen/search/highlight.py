"""Where a query's matches stand in a page's original text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fanwen.search.analysis import TOKEN, cut
from fanwen.search.folding import JOIN, fold_with_origins, is_han, is_letter
from fanwen.search.query import Clause, Plan

_BREAK = rf"{JOIN}*(?:(?!{JOIN})[\W_]{JOIN}*)+"
"""What parts two words."""


@lru_cache(maxsize=256)
def pattern(plan: Plan) -> re.Pattern[str] | None:
    """A pattern for everything of `plan` that is to be marked, to be used on folded text; none if there is nothing.

    It finds Latin words inside longer ones too: to say in it where a word ends would take milliseconds to compile.
    """
    wanted: list[str] = []
    for clause in plan.clauses:
        wanted.append(_phrase(clause.text))
        if not clause.phrase:
            wanted.extend(_phrase(part) for part in _parts(clause))
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
    for match in _whole_matches(wanted, folded.text):
        start, end = folded.span(*match.span())
        if spans and start < spans[-1][1]:
            start = spans[-1][1]
        if start < end:
            spans.append((start, end))
    return spans


def _whole_matches(wanted: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches in folded `text` that begin and end no Latin word or number in its middle."""
    at = 0
    while match := wanted.search(text, at):
        start, whole = match.start(), match if _is_whole(match) else None
        while match and not whole:
            match = wanted.match(text, start, match.end() - 1)  # a shorter alternative
            whole = match if match and _is_whole(match) else None
        if whole:
            yield whole
        at = whole.end() if whole else start + 1


def _is_whole(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    return (not is_letter(text[start]) or _begins(text, start)) and (not is_letter(text[end - 1]) or _ends(text, end))


def _begins(text: str, start: int) -> bool:
    """Whether a Latin word or number begins at `start`, where one of its characters is."""
    before, further = text[start - 1 : start], text[max(0, start - 2) : max(0, start - 1)]
    if is_letter(before) or (before == JOIN and is_letter(further)):
        return False
    return not (before == "." and text[start].isdigit() and further.isdecimal())


def _ends(text: str, end: int) -> bool:
    """Whether a Latin word or number ends at `end`, before which one of its characters is."""
    after = end
    while text[after : after + 1] == JOIN:
        after += 1
    if is_letter(text[after : after + 1]):
        return False
    return not (text[end - 1].isdigit() and text[end : end + 1] == "." and text[end + 1 : end + 2].isdecimal())


def _phrase(text: str) -> str:
    """A pattern that finds canonical `text` in folded text."""
    pieces: list[str] = []
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        token = match[0]
        if before is not None:
            if is_han(token[0]) or is_han(before[0][0]):
                pieces.append(f"{JOIN}*" if match.start() == before.end() else _BREAK)
            elif token[0].isalnum() and before[0][-1].isalnum():
                pieces.append(rf"(?!\.\d){_BREAK}" if before[0][-1].isdigit() else _BREAK)
            else:
                pieces.append(r"[\W_]*")  # what parts a sign from a Latin word does not matter
        pieces.append(f"{JOIN}*".join(map(re.escape, token)))
        before = match
    return "".join(pieces)


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
