"""Pages under load beside a bare Django page served the same way in the same run."""

from __future__ import annotations

from typing import Any

__all__ = ["rows"]


def rows(*, rounds: int = 3) -> list[dict[str, Any]]:
    """The rows of the table: row, ours, theirs, unit, goal, met."""
    from bench.reading.table import measure

    return measure(rounds)
