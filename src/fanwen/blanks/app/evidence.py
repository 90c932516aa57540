"""The library's own text as evidence for words that a filter took out."""

from __future__ import annotations

from collections.abc import Sequence

from fanwen.blanks.detect import TextEvidence
from fanwen.library.models import Page

_MOST_CHARACTERS = 2_000_000


def evidence_of(numbers: Sequence[str]) -> TextEvidence:
    """The text of the documents `numbers`, the first ones first, as far as two million characters go."""
    order = {number: place for place, number in enumerate(numbers)}
    rows = Page.objects.filter(document__number__in=numbers).values_list("document__number", "text")
    texts: list[str] = []
    room = _MOST_CHARACTERS
    for _, text in sorted(rows, key=lambda row: order[row[0]]):
        if room <= 0:
            break
        texts.append(text[:room])
        room -= len(text)
    return TextEvidence(texts)
