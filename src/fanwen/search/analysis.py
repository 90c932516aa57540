"""Text into tokens: overlapping pairs of Han characters, words, and the words and numbers of other scripts.

Two token streams come of a text. `pairs` is complete: whatever stands in the text is found by it, with positions for exact
phrases. `words` are a dictionary's; they carry relevance. Which of both finds what was measured: see docs/search.md.
"""

from __future__ import annotations

import operator
import re

import rjieba

from fanwen.search.folding import CJK, LETTER, canonical

TOKEN = re.compile(rf"[{CJK}]+|(?<!{LETTER})(?:c\+\+|[cf]#)|{LETTER}+(?:(?<=\d)\.\d+)*|[%‰]")
"""In canonical text: a run of Han, a word or number of another script (c919, 3.5), a percent sign."""
_RUN = re.compile(rf"[{CJK}]+")
_CJK = re.compile(rf"[{CJK}]")
_LONGEST = 64
"""Characters of a Latin token that are kept; what is longer is no word (a key, encoded data)."""


def is_han(character: str) -> bool:
    """Whether `character` belongs to a script written without spaces."""
    return _CJK.match(character) is not None


def pairs(text: str) -> list[str]:
    """The positional tokens of canonical `text`.

    A run of Han gives its overlapping pairs. Where it touches a Latin word or a number it also gives its outermost
    character alone, on that side, so that 第3章 is a phrase inside 共第3章节. A character that is a run by itself is a token.
    """
    tokens: list[str] = []
    end, before_is_han, previous = -1, False, ""
    for match in TOKEN.finditer(text):
        token, start = match[0], match.start()
        han = is_han(token[0])
        touching = start == end and han != before_is_han
        if not han:
            if touching and len(previous) > 1:
                tokens.append(previous[-1])
            tokens.append(token[:_LONGEST])
        elif len(token) == 1:
            tokens.append(token)
        else:
            if touching:
                tokens.append(token[0])
            tokens.extend(map(operator.add, token, token[1:]))
        previous, end, before_is_han = token, match.end(), han
    return tokens


def words(text: str) -> list[str]:
    """The dictionary's words in canonical `text`, long ones also by their parts (人民法院, 人民, 民法, 法院); Han only."""
    runs = _RUN.findall(text)
    if not runs:
        return []
    return [word for word in rjieba.cut_for_search(" ".join(runs), False) if word != " "]


def cut(text: str) -> list[str]:
    """Canonical `text` cut once: Han words without overlaps, and the tokens of other scripts, in order."""
    parts: list[str] = []
    for match in TOKEN.finditer(text):
        token = match[0]
        if is_han(token[0]):
            parts.extend(rjieba.cut(token, False))
        else:
            parts.append(token[:_LONGEST])
    return parts


def streams(text: str) -> tuple[str, str]:
    """`text` as it is given to the index: its pairs and its words, each joined by spaces."""
    plain = canonical(text)
    return " ".join(pairs(plain)), " ".join(words(plain))


def phrases(parts: list[str], most: int = 4, longest: int = 12) -> set[str]:
    """Runs of two to `most` neighbouring words, at most `longest` characters together: 教育局简报 of 教育局, 简报.

    None begins or ends with a word of one character, which is mostly a particle.
    """
    found: set[str] = set()
    for start in range(len(parts)):
        phrase = parts[start]
        for part in parts[start + 1 : start + most]:
            phrase += part
            if len(phrase) > longest:
                break
            if len(parts[start]) > 1 and len(part) > 1:
                found.add(phrase)
    return found
