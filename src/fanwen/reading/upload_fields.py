"""What people type about the files they upload."""

from __future__ import annotations

MOST_TAGS = 20


def tags_of(typed: str) -> list[str]:
    """Tags parted by Latin or Chinese commas, each once."""
    for mark in "，、；;":
        typed = typed.replace(mark, ",")
    names = [" ".join(name.split())[:50] for name in typed.split(",")]
    return list(dict.fromkeys(name for name in names if name))[:MOST_TAGS]
