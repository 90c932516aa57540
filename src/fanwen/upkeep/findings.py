"""What a check found, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """One line of ``fanwen check``."""

    name: str
    """What was looked at: ``office``, ``fonts``, ``originals``..."""
    state: State
    """A `problem` keeps something from working or is lost; with a `warning` everything works, but less well."""
    detail: str
    mend: str = ""
    """The command to run, or what else to do; empty for ``ok``."""
    repair: Callable[[], str] | None = None
    """Puts it right and says what was done; None where that takes a person."""


def ok(name: str, detail: str) -> Finding:
    return Finding(name, "ok", detail)


def warning(name: str, detail: str, mend: str, repair: Callable[[], str] | None = None) -> Finding:
    return Finding(name, "warning", detail, mend, repair)


def problem(name: str, detail: str, mend: str, repair: Callable[[], str] | None = None) -> Finding:
    return Finding(name, "problem", detail, mend, repair)


def some(things: Sequence[str], *, of: int = 5) -> str:
    """The first few of `things` and how many more there are."""
    shown = ", ".join(things[:of])
    return f"{shown} and {len(things) - of} more" if len(things) > of else shown


def count(number: int, thing: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def in_bytes(size: float) -> str:
    """`size` bytes as people say it: ``312 bytes``, ``4.2 MB``."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
