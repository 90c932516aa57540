"""Items of a list with nothing in them: a number or bullet after the line that announces the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import clean, unspaced
from fanwen.blanks.story import Passage

BULLETS = "·•●◆■◦▪➢—–*"
_TYPED = re.compile(rf"\s*(?:[（(]?\d{{1,3}}(?:[)）][.．、]?|[.．、])|[{re.escape(BULLETS)}]{{1,2}})\s*")
_RULE_ITEM = re.compile(rf"\s*[{re.escape(BULLETS)}-]{{1,2}}\s*[_＿]{{2,}}\s*[；;。，,、]?\s*")
_RULE, _STOPS, _COLONS = "_＿", "；;。，,、", ("：", ":")
_LONGEST_HEAD = 20
_UNLISTED = ("heading", "title", "toc", "标题")
"""Styles whose empty paragraphs are left over, whatever numbers them."""


def empty_items(passages: Sequence[Passage]) -> Iterator[tuple[int, int, str]]:
    """(index of the passage, where the item's text would begin, the words that announce the list).

    An item that is left over at the end of a list, or stands under no line that announces it, asks for nothing.
    """
    index = 0
    while index < len(passages):
        kind = _kind(passages[index])
        first = index
        index += 1
        if not kind:
            continue
        while index < len(passages) and _kind(passages[index]) == kind:
            index += 1
        head = _head(passages, first, kind)
        after = passages[index] if index < len(passages) else None
        if head and (after is None or not _goes_on(after, kind)):
            for at in range(first, index):
                yield at, len(passages[at].text), head


def announces(passages: Sequence[Passage], index: int) -> bool:
    """Whether what follows is the list that this line, which ends with a colon, stands before: its items are to be filled
    in, not the line."""
    after = passages[index + 1] if index + 1 < len(passages) else None
    if (
        after is None
        or after.container != passages[index].container
        or not passages[index].text.rstrip().endswith(_COLONS)
    ):
        return False
    if after.listed:
        return after.listed != passages[index].listed and not after.text.strip(SPACES + _RULE + _STOPS)
    item = _TYPED.match(after.text)
    return item is not None and not after.text[item.end() :].strip(SPACES + _RULE + _STOPS)


def is_item_of_rules(line: str) -> bool:
    """A bullet and a rule to write on: · ______"""
    return _RULE_ITEM.fullmatch(line) is not None


def _kind(passage: Passage) -> str:
    """What makes an empty item of it; items of one list have the same. Empty for everything else."""
    if passage.where != "body" or passage.cell is not None or passage.style.startswith(_UNLISTED):
        return ""
    if any(mark.kind in ("control", "merge_field", "form_field", "field", "code") for mark in passage.marks):
        return ""
    if passage.listed:
        return "" if passage.text.strip(SPACES) else passage.listed
    if not _TYPED.fullmatch(passage.text):
        return ""
    typed = passage.text.strip()
    return "number" if any(character.isdecimal() for character in typed) else typed


def _goes_on(passage: Passage, kind: str) -> bool:
    """Whether it is a further item of the list, with text."""
    if passage.listed:
        return passage.listed == kind
    return kind != "number" and "/" not in kind and passage.text.lstrip().startswith(kind)


def _head(passages: Sequence[Passage], first: int, kind: str) -> str:
    """The line before the list, if it announces one: it ends with a colon, or is short and no sentence where the program
    draws the numbers."""
    before = passages[first - 1] if first else None
    if before is None or before.container != passages[first].container or before.listed == kind:
        return ""
    text = unspaced(before.text).strip()
    announced = text.endswith(_COLONS)
    heading = "/" in kind and not re.search(r"[，。；;！？!?_＿：:]", text) and len(text) <= _LONGEST_HEAD
    if not text or before.cell is not None or not (announced or heading):
        return ""
    return clean(re.split(r"[，。；;]", text)[-1])[-_LONGEST_HEAD:]
