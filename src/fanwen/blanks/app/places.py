"""Where a blank of a story stands in the text of the pages made of it.

The two texts agree in their characters, not in their spaces and line ends, so both are compared without white space. A
blank is looked for between the words before and after it, with fewer words each time it is not found, and from where
the last one was found, since most of a story is in the order of its pages.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank

_CONTEXT = (24, 10, 5, 3)
"""Characters of context on each side, tried in turn."""

_TABLE = 400
"""Characters before the last blank found in which the head of a column is looked for."""

_DRAWN = r"[_＿\-—.…·xX×*□☐○■☑☒]"
"""What a blank may look like on paper: a font may draw a box with another character than the file has."""


@dataclass(frozen=True)
class Place:
    """``text[start:end]`` of a page; an empty range is the place after the character before `start`."""

    page: int
    start: int
    end: int
    below: tuple[int, int] | None = None
    """For an empty cell, the text of its column's head: the cell stands below it."""


def places(story: Story, blanks: Iterable[Blank], pages: Sequence[tuple[int, str]]) -> dict[str, Place]:
    """By blank id, its place. `pages` are (number, text). A blank that can't be found is left out."""
    paper = _Paper(pages)
    by_passage: dict[str, list[Blank]] = {}
    for blank in blanks:
        by_passage.setdefault(blank.passage, []).append(blank)
    found: dict[str, Place] = {}
    cursors: dict[str, int] = {}
    last = ""
    tables = _Tables(story)
    following = _following(story)
    for passage in story.passages:
        for blank in by_passage.get(passage.id, ()):
            stream = "body" if passage.where in ("body", "table") else passage.where
            if not passage.text.strip() and (cell := tables.place(passage, paper, cursors.get(stream, 0))):
                found[blank.id] = cell
                continue
            span = None
            for around in _around(passage, blank, last, following[passage.id]):
                span = span or paper.find(*around, cursors.get(stream, 0))
            if span is None:
                continue
            cursors[stream] = span[1]
            if place := paper.place(*span):
                found[blank.id] = place
        if passage.text.strip():
            last = passage.text
    return found


def _following(story: Story) -> dict[str, str]:
    """By passage id, the text of the next passage that has any."""
    found: dict[str, str] = {}
    text = ""
    for passage in reversed(story.passages):
        found[passage.id] = text
        if passage.text.strip():
            text = passage.text
    return found


def _around(passage: Passage, blank: Blank, last: str, following: str) -> Iterator[tuple[str, str, str]]:
    """What to look for: the words before a blank, in it and after it; the likeliest first."""
    before, after = _bare(passage.text[: blank.start]), _bare(passage.text[blank.end :])
    middle = _bare(passage.text[blank.start : blank.end])
    if before or after:
        yield before, middle, after
        return
    if middle.strip("_＿"):
        # a cell that is filled stands between its neighbours; in a cell of several lines they are not next to it
        yield _bare(last), middle, _bare(following)
    # an empty cell stands beside its label
    yield _bare(blank.label or last), middle, ""
    if middle.strip("_＿"):
        yield "", middle, ""


class _Tables:
    """What stands in the cells round an empty one."""

    def __init__(self, story: Story) -> None:
        self._rows: dict[tuple[int, int], list[Passage]] = {}
        self._columns: dict[tuple[int, int], list[Passage]] = {}
        for passage in story.passages:
            if passage.cell and passage.text.strip():
                self._rows.setdefault((passage.cell.table, passage.cell.row), []).append(passage)
                self._columns.setdefault((passage.cell.table, passage.cell.column), []).append(passage)

    def place(self, passage: Passage, paper: _Paper, cursor: int) -> Place | None:
        """Beside the nearest cell to the left that says something, below the one that heads the column."""
        cell = passage.cell
        if cell is None:
            return None
        left = [one for one in self._rows.get((cell.table, cell.row), ()) if one.cell and one.cell.column < cell.column]
        heads = [
            one for one in self._columns.get((cell.table, cell.column), ()) if one.cell and one.cell.row < cell.row
        ]
        if not left or not heads:
            return None
        head = paper.find("", _bare(heads[-1].text), "", max(0, cursor - _TABLE))
        row = head and paper.find("", _bare(left[-1].text), "", head[1])
        if not head or not row:
            return None
        above, beside = paper.place(*head), paper.place(row[1], row[1])
        if above is None or beside is None or above.page != beside.page:
            return beside
        return Place(beside.page, beside.start, beside.end, (above.start, above.end))


def _bare(text: str) -> str:
    return "".join(
        _fold(character)
        for character in text
        if not character.isspace() and (character.isprintable() or character in _BOXES)
    )


_BOXES = "☐◻▢☑☒\uf0a8\uf06f\uf0fe\uf0a3"
"""Boxes, the last ones as symbol fonts number them."""


def _fold(character: str) -> str:
    if character in _BOXES:
        return "□"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


class _Paper:
    def __init__(self, pages: Sequence[tuple[int, str]]) -> None:
        self._pages = pages
        self._starts: list[int] = []
        self._offsets: list[int] = []
        characters: list[str] = []
        for _, text in pages:
            self._starts.append(len(characters))
            for offset, character in enumerate(text):
                if not character.isspace() and (character.isprintable() or character in _BOXES):
                    characters.append(_fold(character))
                    self._offsets.append(offset)
        self._text = "".join(characters)

    def find(self, before: str, middle: str, after: str, cursor: int) -> tuple[int, int] | None:
        """The span of the blank in the bare text; at `cursor` or after it, else anywhere."""
        if middle and not before and not after:
            at = self._text.find(middle, cursor)
            at = at if at >= 0 else self._text.find(middle)
            return (at, at + len(middle)) if at >= 0 else None
        for length in _CONTEXT:
            near, far = before[-length:], after[:length]
            if len(near) + len(far) < min(2, len(before) + len(after)) or not near + far:
                continue
            # what is written must be there in some form; spaces under a rule need not be
            drawn = f"{_DRAWN}{{{1 if middle else 0},{max(4, 2 * len(middle))}}}"
            between = f"{re.escape(middle)}|{drawn}" if middle else f"{drawn}?"
            pattern = re.compile(f"{re.escape(near)}({between}){re.escape(far)}")
            found = pattern.search(self._text, max(0, cursor - length)) or pattern.search(self._text)
            if found:
                return found.span(1)
        return None

    def place(self, start: int, end: int) -> Place | None:
        if end > start:
            index = bisect_right(self._starts, start) - 1
            # a blank that runs over the end of a page is shown where it begins
            limit = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._offsets)
            end = min(end, limit)
            return Place(self._pages[index][0], self._offsets[start], self._offsets[end - 1] + 1)
        if start == 0:
            return None
        index = bisect_right(self._starts, start - 1) - 1
        place = self._offsets[start - 1] + 1
        return Place(self._pages[index][0], place, place)


def to_json(found: Mapping[str, Place]) -> dict[str, list[int]]:
    return {id_: [place.page, place.start, place.end, *(place.below or ())] for id_, place in found.items()}
