"""A page's text as flowing paragraphs: on the page a line ends where the paper does, on a phone it must not."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_FULL = 0.85
"""A line at least this long, measured against the page's longest, goes on in the next one."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a page's text. A line that ends well before the longest one ends its paragraph."""
    found: list[str] = []
    for paragraph in grouped([line.strip() for line in text.splitlines()]):
        joined = paragraph[0]
        for line in paragraph[1:]:
            joined = _joined(joined, line)
        found.append(joined)
    return found


def grouped(lines: Sequence[str]) -> list[list[str]]:
    """The lines that make up each paragraph; empty lines only part them."""
    lengths = [_length(line) for line in lines]
    longest = max(lengths, default=0)
    found: list[list[str]] = []
    open_ = False
    for line, length in zip(lines, lengths, strict=True):
        if not line:
            open_ = False
            continue
        if open_:
            found[-1].append(line)
        else:
            found.append([line])
        open_ = length >= _FULL * longest
    return found


def _length(line: str) -> int:
    """Half-widths: a Han character takes two."""
    return len(line) if line.isascii() else sum(map(_width, line))


@lru_cache(maxsize=10_000)
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _joined(before: str, after: str) -> str:
    """Latin words are parted by a space, Han characters by nothing."""
    latin = before[-1].isascii() and after[0].isascii() and not before.endswith("-")
    return f"{before} {after}" if latin else before + after
