"""Finding a text inside one document: literally what was typed, folded, over the ends of lines and of pages.

A search of the library looks for words; who looks inside a document they are reading expects every place where the typed
characters stand, whatever they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fanwen.search.folding import CJK, JOIN, LETTER, canonical, fold_with_origins
from fanwen.search.page_numbers import body

LONGEST = 400
"""Characters of the typed text that are looked for."""


@dataclass(frozen=True)
class Part:
    """A stretch of a page's text: ``text[start:end]`` of page `page`."""

    page: int
    start: int
    end: int


Hit = tuple[Part, ...]
"""One place where the text stands: one part, or two where it goes on on the next page."""

_fold = lru_cache(maxsize=1024)(fold_with_origins)
"""Looking on in the same document as one types must not fold its pages each time."""

_LATIN = re.compile(LETTER)
_HAN = re.compile(f"[{CJK}]")
_HYPHENATED = rf"{JOIN}*(?:(?:[-‐]|(?<={JOIN})) ?\n ?)?"
_BROKEN = rf"{JOIN}*(?: ?\n ?)?"
_SPACE = rf"[ \n{JOIN}]"


@lru_cache(maxsize=256)
def pattern(typed: str) -> re.Pattern[str] | None:
    """What finds `typed` in folded text; none where nothing but spaces was typed."""
    plain = canonical(typed[:LONGEST]).strip()
    if not plain:
        return None
    pieces: list[str] = []
    before = ""
    for at, character in enumerate(plain):
        if character in " \n":
            between_han = _HAN.match(before) and at + 1 < len(plain) and _HAN.match(plain[at + 1])
            pieces.append(_SPACE + ("*" if between_han else "+"))
            before = ""
            continue
        if before:
            pieces.append(_HYPHENATED if _LATIN.match(before) and _LATIN.match(character) else _BROKEN)
        pieces.append(re.escape(character))
        before = character
    return re.compile("".join(pieces))


def find(pages: Sequence[tuple[int, str]], typed: str) -> Iterable[Hit]:
    """Where `typed` stands in `pages`, which are (number, text) in order: in reading order, none overlapping another
    on its page, one that runs over a page's end once."""
    wanted = pattern(typed)
    if wanted is None:
        return
    reach = 4 * len(typed[:LONGEST]) + 16
    begins = 0
    for at, (number, text) in enumerate(pages):
        for start, end in _spans(wanted, text):
            if start >= begins:
                yield (Part(number, start, end),)
        begins = 0
        if at + 1 < len(pages) and (over := _over_the_end(wanted, (number, text), pages[at + 1], reach)):
            yield over
            begins = over[1].end


def _over_the_end(wanted: re.Pattern[str], page: tuple[int, str], following: tuple[int, str], reach: int) -> Hit | None:
    """The hit that begins on `page` and ends on the `following` one; printed page numbers between are read over."""
    first, last = body(page[1])
    first = max(first, last - reach)
    begin, end = body(following[1])
    tail = page[1][first:last].rstrip()
    head = following[1][begin : min(end, begin + reach)]
    for start, stop in _spans(wanted, f"{tail}\n{head}"):
        if start < len(tail) and stop > len(tail) + 1:
            rest = stop - len(tail) - 1
            return Part(page[0], first + start, first + len(tail)), Part(following[0], begin, begin + rest)
    return None


def _spans(wanted: re.Pattern[str], text: str) -> Iterable[tuple[int, int]]:
    folded = _fold(text)
    return (folded.span(*match.span()) for match in wanted.finditer(folded.text))
