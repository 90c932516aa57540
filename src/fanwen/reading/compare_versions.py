"""What changed from one version's text to the next: paragraph by paragraph, and within a paragraph word by word (Han
character by character), under the page of the new version on which it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from fanwen.reading.flow import paragraphs

_ALIKE = 0.35
"""Paragraphs less alike than this are shown as one taken out and one put in, not mixed."""

_LONGEST = 1500
"""Characters of a paragraph that are compared within; two longer ones are shown whole."""

_AHEAD = 8
"""How many paragraphs ahead the one is looked for that another took the place of."""

_MOST_PAIRED = 300
"""Where more paragraphs than this were replaced at once it is another text, and is not compared within."""

_MANY = 4000
"""With more paragraphs than this, those that stand everywhere are passed over when looking for what stayed the same."""

_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)

Kind = Literal["same", "out", "in"]


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """A paragraph that was changed, put in or taken out."""

    pieces: tuple[Piece, ...]


@dataclass
class PageChanges:
    """The changes on page `number` of the new version; what was taken out stands where it would be. `number` is 0 when
    the new version has no page."""

    number: int
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class _Paragraph:
    page: int
    text: str


class Comparison:
    """Two versions' texts, one string a page, compared as wholes; the changes on a page are worked out when it is shown.
    Where a paragraph merely moved to another page, nothing changed. Paragraphs that go on over a page's end are two."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._old, self._new = _paragraphs(before), _paragraphs(after)
        junk = len(self._old) + len(self._new) > _MANY
        matcher = SequenceMatcher(a=[p.text for p in self._old], b=[p.text for p in self._new], autojunk=junk)
        self._places = [place for tag, *place in matcher.get_opcodes() if tag != "equal"]
        self.pages = sorted({page for _, _, j1, j2 in self._places for page in self._pages(j1, j2)})
        """The pages of the new version on which something changed."""

    def changes_on(self, pages: Collection[int]) -> list[PageChanges]:
        """The changes on those of `pages` that have any."""
        found: dict[int, PageChanges] = {}
        for i1, i2, j1, j2 in self._places:
            if self._pages(j1, j2).isdisjoint(pages):
                continue
            for page, change in _changes(self._old[i1:i2], self._new[j1:j2], _page_at(self._new, j1)):
                if page in pages:
                    found.setdefault(page, PageChanges(page)).changes.append(change)
        return [found[page] for page in sorted(found)]

    def _pages(self, j1: int, j2: int) -> set[int]:
        return {_page_at(self._new, j1), *(paragraph.page for paragraph in self._new[j1:j2])}


def _paragraphs(pages: Sequence[str]) -> list[_Paragraph]:
    return [_Paragraph(number, text) for number, page in enumerate(pages, 1) for text in paragraphs(page)]


def _page_at(new: Sequence[_Paragraph], at: int) -> int:
    """The page on which something taken out before paragraph `at` stood."""
    if at < len(new):
        return new[at].page
    return new[-1].page if new else 0


def _changes(old: Sequence[_Paragraph], new: Sequence[_Paragraph], page: int) -> list[tuple[int, Change]]:
    """Paragraphs that took one another's place in pairs, as far as they are alike; the rest as taken out or put in."""
    found: list[tuple[int, Change]] = []
    waiting = list(old)
    ahead = _AHEAD if min(len(old), len(new)) <= _MOST_PAIRED else 0
    for paragraph in new:
        at = next((n for n, other in enumerate(waiting[:ahead]) if _alike(other.text, paragraph.text)), None)
        if at is None:
            found.append((paragraph.page, Change((Piece("in", paragraph.text),))))
            continue
        found += [(paragraph.page, Change((Piece("out", gone.text),))) for gone in waiting[:at]]
        found.append((paragraph.page, Change(pieces(waiting[at].text, paragraph.text))))
        waiting = waiting[at + 1 :]
    return found + [(page, Change((Piece("out", gone.text),))) for gone in waiting]


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """One paragraph's way from `old` to `new`: the pieces that are not ``in`` make up `old`, those that are not ``out``
    make up `new`."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("out", "".join(a[i1:i2])))
        if j2 > j1:
            found.append(Piece("in", "".join(b[j1:j2])))
    return tuple(found)
