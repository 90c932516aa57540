"""Search measured beside SQLite FTS5, with the same tokens on the same pages in the same run."""

from __future__ import annotations

from typing import Any

__all__ = ["rows"]


def rows(pages: int) -> list[dict[str, Any]]:
    """The rows of the table for a corpus of `pages` pages: row, ours, theirs, unit, goal, met."""
    from bench.search.table import measure

    return measure(pages)
