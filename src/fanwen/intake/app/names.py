"""File names as people give them, made safe to keep, show and send back."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 200
"""Characters kept of a name, ending included."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean_name(name: str) -> str:
    """The last part of `name` without control, direction and format characters, at most `LIMIT` characters.

    The ending survives shortening; a name of nothing becomes ``document``.
    """
    name = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE)
    name = " ".join(name.split()).strip(". ") or "document"
    if len(name) > LIMIT:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: LIMIT - len(ending) - 1]}.{ending}" if dot and len(ending) <= 10 else name[:LIMIT]
    return name


def stem(name: str) -> str:
    """`name` without its ending, for use as a title until a better one is found."""
    head, dot, ending = name.rpartition(".")
    return head if dot and head and len(ending) <= 5 else name
