"""A row of the table."""

from __future__ import annotations

from typing import Any


def row(
    name: str, ours: float, theirs: float | None, unit: str, *, times: float | None = None, most: float | None = None
) -> dict[str, Any]:
    """`times`: theirs must be at least that many times ours; `most`: ours at most that many times theirs."""
    goal, met = "", None
    if theirs is not None and times is not None:
        goal, met = f"at least {times:g} times less", theirs >= times * ours
    elif theirs is not None and most is not None:
        goal, met = f"at most {most:g} times", ours <= most * theirs
    return {"row": name, "ours": ours, "theirs": theirs, "unit": unit, "goal": goal, "met": met}
