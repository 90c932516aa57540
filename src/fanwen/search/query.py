"""What a person typed, understood. Every text is a query: nothing raises, and what makes no sense as syntax is words.

Typed words need no spaces between them. ``"..."`` (also “…”, 「…」, 『…』) is an exact phrase, ``-word`` must not occur,
``title:word`` must stand in the title, ``in:123456789`` searches one document. `docs/search.md` has it for readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fanwen.search.analysis import TOKEN
from fanwen.search.folding import CJK, JOIN, canonical, fold_characters, is_han

LONGEST = 400
"""Characters of a query that are read; a longer one is cut."""
MOST_CLAUSES = 32
"""Clauses that are read; further ones are left out."""

_OPENING = {'"': '"', "“": "”", "「": "」", "『": "』", "”": "”", "„": "”", "《": "》"}
_QUOTES = {'"', "“", "”", "„", "「", "」", "『", "』"}
_FIELDS = {"title": "title", "标题": "title", "in": "in", "文档": "in"}
_PREFIX = re.compile(rf"(?P<name>{'|'.join(_FIELDS)}):")
_NUMBER = re.compile(r"\d{9}")
_LETTERSPACED = re.compile(rf"\s*[{CJK}](?:\s+[{CJK}])+\s*")


@dataclass(frozen=True)
class Clause:
    """One thing asked for."""

    text: str
    """Canonical, never without a token."""
    phrase: bool = False
    """Exactly so; otherwise all its parts anywhere on the page, nearer ones first."""
    title: bool = False
    """In the title; otherwise anywhere."""


@dataclass(frozen=True)
class Plan:
    """A parsed query."""

    typed: str
    clauses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    document: str = ""
    """The number of the one document searched, or empty."""
    number: str = ""
    """The whole query is a document's number: that one comes first."""

    @property
    def empty(self) -> bool:
        """Nothing is asked for."""
        return not self.clauses and not self.without and not self.document

    @property
    def plain(self) -> str:
        """The text of the clauses that are not phrases, for the speller; empty where there is any syntax."""
        if self.without or self.document or any(clause.phrase or clause.title for clause in self.clauses):
            return ""
        return " ".join(clause.text for clause in self.clauses)


@dataclass
class _Reading:
    clauses: list[Clause] = field(default_factory=list)
    without: list[Clause] = field(default_factory=list)
    document: str = ""

    def add(self, text: str, *, phrase: bool, title: bool, excluded: bool) -> None:
        plain = canonical(text).strip()
        if not TOKEN.search(plain) or len(self.clauses) + len(self.without) >= MOST_CLAUSES:
            return
        clause = Clause(core(plain) if phrase else plain, phrase, title)
        target = self.without if excluded else self.clauses
        if clause not in target:
            target.append(clause)


def parse(typed: str) -> Plan:
    """The plan for what was typed."""
    text = typed[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    reading = _Reading()
    folded = fold_characters(text).replace(JOIN, "")
    if _LETTERSPACED.fullmatch(folded):
        folded = "".join(folded.split())
    for token, quoted, negated, name in _split(folded):
        if name == "in":
            if match := _NUMBER.fullmatch(token):
                reading.document = match[0]
                continue
            token = f"{name}:{token}"
        reading.add(token, phrase=quoted, title=name == "title", excluded=negated)
    number = folded.strip()
    return Plan(
        typed=typed,
        clauses=tuple(reading.clauses),
        without=tuple(reading.without),
        document=reading.document,
        number=number if _NUMBER.fullmatch(number) else "",
    )


def _split(text: str) -> list[tuple[str, bool, bool, str]]:
    """The parts of folded `text`: (text, is quoted, is excluded, field name)."""
    parts: list[tuple[str, bool, bool, str]] = []
    position, length = 0, len(text)
    while position < length:
        if text[position].isspace():
            position += 1
            continue
        negated = text[position] == "-" and position + 1 < length and not text[position + 1].isspace()
        if negated:
            position += 1
        name = ""
        if (match := _PREFIX.match(text, position)) and match.end() < length:
            name, position = _FIELDS[match["name"]], match.end()
        if text[position] in _QUOTES:
            closing = {_OPENING.get(text[position], text[position]), '"'} if text[position] != '"' else {'"'}
            end = next((at for at in range(position + 1, length) if text[at] in closing), length)
            parts.append((text[position + 1 : end], True, negated, name))
            position = end + 1
        else:
            end = position
            while end < length and not text[end].isspace() and text[end] not in _QUOTES:
                end += 1
            parts.append((text[position:end], False, negated, name))
            position = max(end, position + 1)
    return parts


def core(text: str) -> str:
    """Canonical phrase `text` without a single Han character that punctuation parts from the rest at either end.

    The index holds such a character only inside the pairs of its own run, so 大，精神 is looked up as 精神.
    """
    spans = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    first, last = 0, len(spans) - 1
    while first < last and _lone(text, spans[first]) and spans[first][1] != spans[first + 1][0]:
        first += 1
    while first < last and _lone(text, spans[last]) and spans[last][0] != spans[last - 1][1]:
        last -= 1
    return text[spans[first][0] : spans[last][1]]


def _lone(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] == 1 and is_han(text[span[0]])
