"""Tags of template languages that would be code: loops, conditions, comments, filters. Values are data, so none is run."""

from __future__ import annotations

import re

from fanwen.blanks.story import Story

_CODE = re.compile(r"\{%.{0,80}?%\}|\{#.{0,80}?#\}|\{\{[^{}|]{1,60}\|[^{}]{1,40}\}\}")
_MOST = 5


def code_tags(story: Story) -> tuple[str, ...]:
    """The first few of them as they are written, each once. Of a tag with a filter the value is asked for and written as
    it is given; the others are text."""
    found: dict[str, None] = {}
    for passage in story.passages:
        if "{" in passage.text:
            found |= dict.fromkeys(_CODE.findall(passage.text))
    return tuple(found)[:_MOST]
