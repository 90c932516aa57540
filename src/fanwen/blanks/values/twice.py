"""A value that says once more what stands beside its blank: 砚川县 before 县教育局. It is told, never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.fields import Field
from fanwen.blanks.types import Blank
from fanwen.blanks.values.quantity import parse_quantity
from fanwen.blanks.values.write_number import asks_in_words

_ENDS = frozenset("省市县区镇乡村局厅部委院所处科室校会社队站厂班组届期批次号年月日元")
"""Single characters that end names and figures; others at an end are chance: 河源小学 before 学校."""
_BEGINS = frozenset("第共约近达超逾")
_WORD = re.compile(r"[一-龥A-Za-z]")
_AROUND = 4
"""Characters of the document shown on each side."""
_NUMBERS = ("number", "money", "percent", "ordinal")


@dataclass(frozen=True)
class Twice:
    """`part` is what would stand there twice, `shown` how the place would read, `rest` the value without it."""

    part: str
    shown: str
    rest: str


def twice(blank: Blank, value: Any) -> Twice | None:
    """What `value` would write twice beside `blank`; None where it would not. A number's own unit is read as such, and dates
    and choices are written in parts."""
    if not isinstance(value, str) or blank.type in ("date", "choice"):
        return None
    text = value.strip()
    before, after = blank.before.rstrip(), blank.after.lstrip()
    if (not after or after[0] not in text) and (not before or before[-1] not in text):
        return None
    ends = range(min(len(text) - 1, len(after)), 0, -1)
    end = next((n for n in ends if text.endswith(after[:n]) and _says(after[:n], _ENDS)), 0)
    kept = text[: len(text) - end]
    starts = range(min(len(kept) - 1, len(before)), 0, -1)
    start = next((n for n in starts if kept.startswith(before[-n:]) and _says(before[-n:], _BEGINS)), 0)
    if not (end or start) or asks_in_words(blank):
        return None
    if blank.type in _NUMBERS and parse_quantity(text.removeprefix("第"), blank.unit or "") is not None:
        return None
    part = "、".join(one for one in (before[len(before) - start :] if start else "", after[:end]) if one)
    return Twice(part, before[-_AROUND:] + text + after[:_AROUND], kept[start:].strip())


def twice_in(field: Field, value: Any) -> Twice | None:
    """As `twice`, for all places of a field. `rest` is empty where it would be wrong in another place."""
    if any(len(place) > 1 for place in field.places):
        return None
    found = [twice(place[0], value) for place in field.places]
    said = next((one for one in found if one is not None), None)
    if said is None or all(one is not None and one.rest == said.rest for one in found):
        return said
    return Twice(said.part, said.shown, "")


def told(blank: Blank, value: Any) -> Sequence[ValueProblem]:
    """What to warn of before `value` is written into `blank`."""
    found = twice(blank, value)
    if found is None:
        return ()
    return (ValueProblem("said_twice", name=blank.name, part=found.part, shown=found.shown, rest=found.rest),)


def _says(part: str, single: frozenset[str]) -> bool:
    """Whether it is more than chance that the value and the document have it in common."""
    if len(part) == 1:
        return part in single or not (part.isalnum() or part.isspace() or part in "_＿×□")
    return _WORD.search(part) is not None
