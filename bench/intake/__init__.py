"""Intake and page images measured beside what others do with the same files in the same run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["rows"]


def rows(cache: Path, *, rounds: int = 3, many: int = 1000) -> list[dict[str, Any]]:
    """The rows of the table: row, ours, theirs, unit, goal, met. `cache` keeps the files that are made once; `many` is
    how many files the memory is watched over."""
    from bench.intake.files import make_files
    from bench.intake.import_rows import import_rows
    from bench.intake.memory_rows import memory_rows
    from bench.intake.page_rows import page_rows

    files = make_files(cache / "intake")
    return [*import_rows(files, rounds), *page_rows(files, rounds), *memory_rows(files, many)]
