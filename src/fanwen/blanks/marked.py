"""Passages that a document itself marks as optional, and clauses it words once for none, one and many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fanwen.blanks.story import Passage, Story

_OPTIONAL = re.compile(
    r"^\s*[【\[［](?:可选|选用|如有|若有|如适用|视情况|optional|if any)[：:，, ]?([^】\]］]{0,20})[】\]］]\s*",
    re.IGNORECASE,
)
_WORDING = re.compile(
    r"^\s*[【\[［](?:(无|没有|零|none)|(一|单|仅一|one)|(多|若干|many))[个项份名人条位家件 ]?([^】\]］]{0,10})[】\]］]\s*",
    re.IGNORECASE,
)
_KINDS = ("zero", "one", "many")
_LONGEST_NAME = 16


@dataclass(frozen=True)
class Marked:
    """A paragraph that may go. What marks it, its first `marker` characters, goes too when it is decided that it stays.
    `wording` is "zero", "one" or "many" where it is one of a `Wordings`."""

    id: str
    name: str
    passage: str
    marker: int
    wording: str = ""


@dataclass(frozen=True)
class Wordings:
    """A clause with a wording each for none, one and many, of which one stays."""

    id: str
    name: str
    wordings: tuple[Marked, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "wordings": [one.wording for one in self.wordings]}


@dataclass(frozen=True)
class Markings:
    optional: tuple[Marked, ...] = ()
    clauses: tuple[Wordings, ...] = field(default=())

    @property
    def all(self) -> tuple[Marked, ...]:
        return (*self.optional, *(one for clause in self.clauses for one in clause.wordings))

    def to_dict(self) -> list[dict[str, Any]]:
        """For a form: what may be switched off (no ``wordings``), and clauses to choose a wording of."""
        switches = [{"id": one.id, "name": one.name, "wordings": []} for one in self.optional]
        return [*switches, *(clause.to_dict() for clause in self.clauses)]


def find_marked(story: Story) -> Markings:
    """The markings of `story`: a paragraph that begins with 【可选】, 【如有担保人】 or the like may go; paragraphs one after
    the other that begin with 【无附件】, 【一个附件】, 【多个附件】 are one clause."""
    optional: list[Marked] = []
    clauses: list[Wordings] = []
    run: list[tuple[Passage, re.Match[str]]] = []
    for passage in (*story.passages, None):
        text = passage.text if passage is not None and passage.where == "body" and passage.cell is None else ""
        found = _WORDING.match(text)
        if run and (found is None or _kind(found) in [_kind(one) for _, one in run]):
            clauses += _clause(run, f"c{len(clauses) + 1}")
            run = []
        if passage is not None and found is not None:
            run.append((passage, found))
        elif passage is not None and (marker := _OPTIONAL.match(text)):
            name = marker[1].strip() or _beginning(text[marker.end() :])
            optional.append(Marked(f"m{len(optional) + 1}", name, passage.id, marker.end()))
    return Markings(tuple(optional), tuple(clauses))


def _clause(run: Sequence[tuple[Passage, re.Match[str]]], id_: str) -> Iterator[Wordings]:
    """A wording alone is no choice: 【一】 may be a heading."""
    if len(run) < 2:
        return
    names = [found[4].strip() for _, found in run if found[4].strip()]
    name = names[0] if names else _beginning(run[-1][0].text[run[-1][1].end() :])
    marked = [Marked(f"{id_}-{_kind(found)}", name, one.id, found.end(), _kind(found)) for one, found in run]
    yield Wordings(id_, name, tuple(marked))


def _kind(found: re.Match[str]) -> str:
    return _KINDS[next(at for at in range(3) if found[at + 1])]


def _beginning(text: str) -> str:
    return re.split(r"[，。；;：:,.]", "".join(text.split()))[0][:_LONGEST_NAME]
