"""Sets of checkboxes: the boxes of one line, of one cell, or of the lines under one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fanwen.blanks.detect.boxes import EMPTY, TICKED
from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.labels import clean, short
from fanwen.blanks.story import Passage

_ASKS = ("：", ":", "？", "?", "）", ")")


def group_boxes(holes: Sequence[Hole], passages: Sequence[Passage], groups: int) -> None:
    """Sets `group` and `label` of checkboxes; group numbers continue from `groups`."""
    sets: dict[tuple[object, ...], list[Hole]] = defaultdict(list)
    for hole in holes:
        if hole.form == "checkbox" and hole.type == "choice":
            sets[_set_of(hole, passages)].append(hole)
    for number, members in enumerate(sets.values()):
        label = members[0].label or _question(members[0], passages)
        for hole in members:
            hole.label = hole.label or label
            hole.explicit = hole.label is not None
            if len(members) > 1:
                hole.group = groups + number


def _set_of(hole: Hole, passages: Sequence[Passage]) -> tuple[object, ...]:
    passage = passages[hole.passage]
    if hole.key.startswith("row "):
        return ("row", hole.key)
    if hole.key:
        return ("line", hole.passage, hole.key)
    first = hole.passage
    if passage.cell is not None:
        cell = passage.cell
        while first > 0 and passages[first - 1].cell == cell and _is_option_line(passages[first].text):
            first -= 1
        return ("cell", cell.table, cell.row, cell.column, first if not _is_option_line(passages[first].text) else -1)
    if not _is_option_line(passage.text):
        return ("line", hole.passage)
    while (
        first > 0
        and _is_option_line(passages[first - 1].text)
        and passages[first - 1].container == passage.container
        and passages[first - 1].cell is None
    ):
        first -= 1
    return ("lines", first)


def _is_option_line(text: str) -> bool:
    """Begins with a box."""
    return text.lstrip(SPACES)[:1] in tuple(EMPTY + TICKED) if text.strip(SPACES) else False


def _question(hole: Hole, passages: Sequence[Passage]) -> str | None:
    passage = passages[hole.passage]
    line = passage.text[: hole.start].rpartition("\n")[2]
    if hole.key.isdigit():
        line = passage.text[: int(hole.key)].rpartition("\n")[2]
    stem = clean(line.rstrip(SPACES + "：:"))
    for mark in EMPTY + TICKED:
        stem = stem.rpartition(mark)[2].strip() if mark in stem else stem
    if stem:
        for separator in ("\t", "   ", "；", "，", "：", ":"):
            stem = stem.rpartition(separator)[2] or stem
        return short(clean(stem), 30)
    first = hole.passage
    while first > 0 and passages[first].container == passage.container and _is_option_line(passages[first].text):
        first -= 1
    above = passages[first]
    if (
        first != hole.passage
        and above.container == passage.container
        and above.text.strip(SPACES)
        and (above.text.rstrip(SPACES + "。").endswith(_ASKS) or len(above.text) <= 40)
    ):
        return short(clean(above.text), 40)
    return None
