"""Words that are in every paper and tell nothing of one."""

from __future__ import annotations

from importlib.resources import files


def _words(name: str) -> frozenset[str]:
    return frozenset((files(__package__) / name).read_text(encoding="utf-8").split())


COMMON = _words("common.txt")
"""Chinese words that are no keyword of anything."""

GENERAL = _words("general.txt")
"""Words too wide to say much alone; they count for less than a particular one."""

ENGLISH = _words("english.txt")
