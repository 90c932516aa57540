"""Blanks named by hand, so that tests of filling say themselves where the blanks are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank


def blank(passage: Passage, start: int, end: int, **said: Any) -> Blank:
    """A blank over ``passage.text[start:end]``; `said` sets its other properties."""
    text = passage.text
    values: dict[str, Any] = {
        "id": "b1",
        "before": text[max(0, start - 12) : start],
        "text": text[start:end],
        "after": text[end : end + 12],
        "where": passage.where,
        "role": "slot",
        "type": "text",
        "unit": None,
        "hedge": None,
        "group": None,
        "same_as": None,
        "label": None,
        "name": "field",
        "suggestion": None,
        "confidence": 1.0,
        "kind": "underscore",
        "passage": passage.id,
        "start": start,
        "end": end,
    }
    return Blank(**{**values, **said})


def holes(story: Story, pattern: str = r"_+|＿+", **said: Any) -> list[Blank]:
    """Every match of `pattern` as a blank: b1, b2, ... named field 1, field 2, ..."""
    found = [
        blank(passage, match.start(), match.end(), **said)
        for passage in story.passages
        for match in re.finditer(pattern, passage.text)
    ]
    return numbered(found)


def numbered(found: Iterable[Blank]) -> list[Blank]:
    return [
        replace(one, id=f"b{number}", name=one.name if one.name != "field" else f"field {number}")
        for number, one in enumerate(found, 1)
    ]
