"""The bundled word lists of masking, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `name`."""
    text = files("fanwen.blanks.mask.data").joinpath("names.txt").read_text(encoding="utf-8")
    found: set[str] = set()
    for line in text.splitlines():
        title, colon, listed = line.partition(": ")
        if colon and title == name:
            found.update(listed.split())
    return frozenset(found)
