"""The part of a page that shows why it was found, as safe HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from itertools import accumulate

from fanwen.search.folding import is_han
from fanwen.search.highlight import matches
from fanwen.search.query import Plan

LENGTH = 120
"""Characters of a snippet, about."""
_BORDERS = tuple(
    re.compile(pattern) for pattern in (r"[。！？!?；;…]+[\"”’」』）)]*", r"\.(?<=[^\W\d_]\.)(?=\s)", r"\n\s*\n")
)
"""What a sentence ends with. Three patterns, since each alone is searched for by what it begins with."""
_LINE_END = re.compile(r"[ \t\r]*\n\s*")
_BEFORE_BREAK = frozenset("，。、；：！？）”」』》")
_AFTER_BREAK = frozenset("（“「『《")
"""Signs that like Han are set without a space where a line ends after or before them."""
_FULL_LINE = 0.7
_SPACE = re.compile(r"\s+")


def snippet(plan: Plan, text: str) -> str:
    """About `LENGTH` characters of `text` around its best matches, from a sentence's beginning where one is near.

    Matches are in ``<mark>``, all else is escaped; … stands where the text was cut inside a sentence.
    """
    spans = matches(plan, text)
    ends = [end.end() for border in _BORDERS for end in border.finditer(text)]
    borders = sorted({0, *ends, *_short_lines(text), len(text)})
    start, end = _window(text, borders, spans)
    shown = [(max(left, start), min(right, end)) for left, right in spans if left < end and right > start]
    before = "" if start in borders else "…"
    after = "" if end in borders else "…"
    return before + _html(text, start, end, shown, borders).strip() + after


def mark(plan: Plan, text: str) -> str:
    """All of `text`, escaped, with matches in ``<mark>``: for titles."""
    return _html(text, 0, len(text), matches(plan, text), [])


def _html(text: str, start: int, end: int, spans: list[tuple[int, int]], borders: list[int]) -> str:
    pieces: list[str] = []
    position = start
    for left, right in [*spans, (end, end)]:
        pieces.append(_plain(text, position, left, borders))
        if left < right:
            pieces += "<mark>", _plain(text, left, right, borders), "</mark>"
        position = right
    return _SPACE.sub(" ", "".join(pieces))


def _plain(text: str, start: int, end: int, borders: list[int]) -> str:
    """Escaped text in which line breaks inside a sentence of Han are gone, those between sentences become a space."""
    part = text[start:end]

    def joined(line: re.Match[str]) -> str:
        before, after = part[line.start() - 1 : line.start()], part[line.end() : line.end() + 1]
        if is_han(before) or before in _BEFORE_BREAK or is_han(after) or after in _AFTER_BREAK:
            return " " if start + line.end() in borders else ""
        return " "

    return escape(_LINE_END.sub(joined, part) if "\n" in part else part)


def _short_lines(text: str) -> list[int]:
    """Where lines end that are far shorter than the page's longest: headings, last lines of a paragraph."""
    lines = text.split("\n")
    full = _FULL_LINE * max(map(len, lines))
    ends = accumulate(len(line) + 1 for line in lines)
    return [end for line, end in zip(lines[:-1], ends, strict=False) if len(line) < full]


def _window(text: str, borders: list[int], spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the snippet begins and ends."""
    if not spans:
        return _fitted(text, borders, 0, 0)
    best, best_score = spans[0], -1.0
    for at, (left, right) in enumerate(spans):
        begin = borders[bisect_right(borders, left) - 1]
        begin = begin if left - begin <= LENGTH // 2 else left - LENGTH // 4
        near = [text[a:b] for a, b in spans[at : at + 24] if b <= begin + LENGTH]
        score = sum(len(part) ** 1.5 for part in set(near)) + 0.1 * len(near)
        if score > best_score + 1e-9:
            best, best_score = (left, right), score
    return _fitted(text, borders, *best)


def _fitted(text: str, borders: list[int], left: int, right: int) -> tuple[int, int]:
    """The sentence of ``text[left:right]`` and those after it, as far as there is room."""
    begin = borders[bisect_right(borders, left) - 1]
    if left - begin > LENGTH // 2:
        begin = left - LENGTH // 4
    limit = max(begin + LENGTH, right)
    if limit >= len(text):
        return begin, len(text)
    last = borders[bisect_right(borders, limit) - 1]
    return begin, last if last >= right and last - begin >= LENGTH // 2 else limit
