"""Text into tokens: overlapping pairs of Han characters, words, and the words and numbers of other scripts.

Two token streams come of a text. `pairs` is complete: whatever stands in the text is found by it, with positions for exact
phrases. `words` are a dictionary's; they carry relevance. Which of both finds what was measured: see docs/search.md.
"""

from __future__ import annotations

import operator
import re
from typing import Literal

import rjieba

from fanwen.search.folding import CJK, LETTER, canonical, is_han

TOKEN = re.compile(rf"[{CJK}]+|(?<!{LETTER})(?:c\+\+|[cf]#)|{LETTER}+(?:(?<=\d)\.\d{LETTER}*)*|[%‰]")
"""In canonical text: a run of Han, a word or number of another script (c919, 3.5), a percent sign."""
_RUN = re.compile(rf"[{CJK}]+")
GAP = "|"
_LONGEST = 64
"""Characters of a Latin token that are kept; what is longer is no word (a key, encoded data)."""


def pairs(text: str) -> list[str]:
    """The positional tokens of canonical `text`.

    A run of Han gives its overlapping pairs. Where it touches a Latin word or a number it also gives its outermost
    character alone, on that side, so that 第3章 is a phrase inside 共第3章节. A character that is a run by itself is a token.
    `GAP` stands where neighbours that something parts would otherwise read as a phrase: 人民，民法 holds no 人民法.
    """
    tokens: list[str] = []
    before, was_han, end = "", False, -1
    for match in TOKEN.finditer(text):
        token = match[0]
        han = is_han(token[0])
        if han != was_han and before:
            if match.start() != end:
                if len(before) == 1 or len(token) == 1:
                    tokens.append(GAP)
            elif han and len(token) > 1:
                tokens.append(token[0])
            elif was_han and len(before) > 1:
                tokens.append(before[-1])
        elif han and before and before[-1] == token[0]:
            tokens.append(GAP)
        if not han:
            tokens.append(token[:_LONGEST])
        elif len(token) == 1:
            tokens.append(token)
        else:
            tokens.extend(map(operator.add, token, token[1:]))
        before, was_han, end = token, han, match.end()
    return tokens


def words(text: str) -> list[str]:
    """The dictionary's words in canonical `text`, long ones also by their parts (人民法院, 人民, 民法, 法院); Han only."""
    return _words(_RUN.findall(text))


def _words(runs: list[str]) -> list[str]:
    return [word for word in rjieba.cut_for_search(" ".join(runs), False) if word != " "] if runs else []


def field_of(word: str) -> Literal["pairs", "words"]:
    """The stream that holds a word: one of two characters is a pair already, and stands there only."""
    return "pairs" if len(word) == 2 or not is_han(word[0]) else "words"


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


def final(character: str) -> str:
    """The token that says that a run of Han ends with `character`."""
    return character + "$"


def finals(text: str) -> list[str]:
    """The last characters of the Han runs in canonical `text`, as tokens.

    A character inside a run begins a pair, so that all pairs that begin with it and its `final` find it anywhere.
    """
    return _finals(_RUN.findall(text))


def _finals(runs: list[str]) -> list[str]:
    return [final(character) for character in dict.fromkeys([run[-1] for run in runs if len(run) > 1])]


def streams(text: str) -> tuple[list[str], list[str], list[str]]:
    """`text` as an index takes it: its pairs, its words, of which `field_of` says where they go, and its finals."""
    plain = canonical(text)
    runs = _RUN.findall(plain)
    return pairs(plain), _words(runs), _finals(runs)


def phrases(parts: list[str], most: int = 3, longest: int = 10) -> set[str]:
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
