"""Whether fields of two documents ask for the same fact, told by name, type and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files

from fanwen.blanks.fields import plain

SURE = 0.9
"""From here on two fields may be taken for one without asking; below, a value is only proposed."""

NEAR = 0.6
"""From here on a value is worth proposing."""

_UNIT = re.compile(r"\([^()]*\)$")
_OWN = re.compile(r"^(?:我校|我局|我县|我们?|本校|本单位|本人|本|贵校|您的|你的)")
_NUMERIC = frozenset({"number", "money", "percent", "ordinal"})
_NAMED = frozenset({"person", "organization", "place", "text"})


@dataclass(frozen=True)
class Asked:
    """What a field asks for."""

    name: str
    type: str = ""
    unit: str = ""


def likeness(one: Asked, other: Asked) -> float:
    """0 (another fact) to 1 (the same name, type and unit)."""
    if not _compatible(one, other):
        return 0.0
    a, b = _bare(one.name), _bare(other.name)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0 if (one.type, one.unit) == (other.type, other.unit) else 0.95
    groups = _groups()
    if a in groups and groups[a] == groups.get(b):
        return 0.92
    if one.type in _NUMERIC:
        return 0.0  # 学校数 and 小学数 are near in letters only
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 2 and longer.endswith(shorter):
        return 0.5 + 0.4 * len(shorter) / len(longer)
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return 0.8 * ratio if ratio >= 0.75 else 0.0


def _compatible(one: Asked, other: Asked) -> bool:
    if not one.type or not other.type:
        return True  # someone typed the name themselves
    if (one.type in _NUMERIC or other.type in _NUMERIC) and (one.type, one.unit) != (other.type, other.unit):
        return False
    return one.type == other.type or (one.type in _NAMED and other.type in _NAMED)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """The name without its unit, what it belongs to (项目：日期) and whose it is (我校)."""
    last = re.split(r"[:：]", _UNIT.sub("", plain(name)))[-1]
    return _OWN.sub("", last).casefold() or last.casefold()


@lru_cache(maxsize=1)
def _groups() -> dict[str, int]:
    text = files("fanwen.blanks.detect.data").joinpath("same_names.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {_bare(name): number for number, names in enumerate(lines) for name in names}
