"""What a filled document says, and where in it the blanks stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fanwen.blanks.change import Change
from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank


def outcome(
    story: Story, blanks: Sequence[Blank], changes: Mapping[str, Sequence[Change]]
) -> tuple[Story, tuple[Blank, ...]]:
    """`story` after `changes` (by passage id), and `blanks` with the offsets and the text they have there.

    Marks keep the offsets they had: they are for detection, which is over.
    """
    told: dict[str, Passage] = {}
    for passage in story.passages:
        told[passage.id] = _changed(passage, changes.get(passage.id, ()))
    moved = []
    for blank in blanks:
        start, end = _moved(blank, changes.get(blank.passage, ()))
        moved.append(replace(blank, start=start, end=end, text=told[blank.passage].text[start:end]))
    return replace(story, passages=tuple(told.values())), tuple(moved)


def _text(change: Change) -> str:
    """A box that is ticked or cleared stays one character, whatever draws it."""
    if change.checked is None:
        return change.text
    return change.text or ("☑" if change.checked else "□")


def _changed(passage: Passage, changes: Sequence[Change]) -> Passage:
    if not changes:
        return passage
    pieces, at = [], 0
    for change in sorted(changes):
        pieces += [passage.text[at : change.start], _text(change)]
        at = change.end
    return replace(passage, text="".join([*pieces, passage.text[at:]]))


def _moved(blank: Blank, changes: Sequence[Change]) -> tuple[int, int]:
    shift, grown = 0, 0
    for change in changes:
        longer = len(_text(change)) - (change.end - change.start)
        if (change.start, change.end) == (blank.start, blank.end):
            grown = longer
        elif change.end <= blank.start:
            shift += longer
    return blank.start + shift, blank.end + shift + grown
