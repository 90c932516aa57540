"""The bundled word lists, read once."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Word(NamedTuple):
    frequency: int
    kind: str
    """Part of speech in the letters of the ICTCLAS tag set (n noun, v verb, a adjective, d adverb, ...)."""


def _lines(name: str) -> list[str]:
    text = files("fanwen.blanks.detect.data").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def typed_words(name: str) -> dict[str, str]:
    """Word -> type, of a list with lines ``type: word word ...``; the first type of a word holds."""
    table: dict[str, str] = {}
    for line in _lines(name):
        kind, _, words = line.partition(":")
        for word in words.split():
            table.setdefault(word.lower(), kind)
    return table


@cache
def listed_words(name: str) -> dict[str, tuple[str, ...]]:
    """Head -> words, of a list with lines ``head: word word ...``."""
    return {line.partition(":")[0]: tuple(line.partition(":")[2].split()) for line in _lines(name)}


class Lexicon:
    """Words of two to four characters, found by how they begin and how they end."""

    def __init__(self, words: dict[str, Word]) -> None:
        self.words = words
        self._forward = sorted(words)
        self._backward = sorted(word[::-1] for word in words)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def frequency(self, word: str) -> int:
        entry = self.words.get(word)
        return entry.frequency if entry else 0

    def kind(self, word: str) -> str:
        entry = self.words.get(word)
        return entry.kind if entry else ""

    def beginning(self, stem: str) -> list[str]:
        """The words longer than `stem` that begin with it."""
        return _range(self._forward, stem)

    def ending(self, stem: str) -> list[str]:
        """The words longer than `stem` that end with it."""
        return [word[::-1] for word in _range(self._backward, stem[::-1])]

    def longest_at(self, text: str, start: int = 0) -> str:
        """The longest word of the list at `start`, or ""."""
        for length in (4, 3, 2):
            word = text[start : start + length]
            if len(word) == length and word in self.words:
                return word
        return ""


def _range(ordered: list[str], stem: str) -> list[str]:
    found = []
    for index in range(bisect_left(ordered, stem), len(ordered)):
        word = ordered[index]
        if not word.startswith(stem):
            break
        if len(word) > len(stem):
            found.append(word)
    return found


@cache
def lexicon() -> Lexicon:
    words: dict[str, Word] = {}
    for line in _lines("words.txt"):
        word, frequency, kind = line.split()
        words[word] = Word(int(frequency), kind)
    for line in _lines("collocations.txt"):
        for word in line.split():
            words.setdefault(word, Word(100, "l"))
    return Lexicon(words)


@cache
def character_rates() -> dict[str, float]:
    """The share of each character in running text, as far as the word list tells."""
    counts: dict[str, int] = {}
    for word, entry in lexicon().words.items():
        for character in word:
            counts[character] = counts.get(character, 0) + entry.frequency
    total = sum(counts.values())
    return {character: count / total for character, count in counts.items()}
