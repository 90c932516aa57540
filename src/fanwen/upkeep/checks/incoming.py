"""Uploads on their way: those that came to no end, and those that waited too long for their rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from fanwen.intake.app import uploads
from fanwen.upkeep.findings import Finding, count, warning

ABANDONED = 3600.0
"""Seconds without a new block after which an upload that can't be gone on with has come to its end."""


def findings() -> Iterator[Finding]:
    kept = uploads.kept_files()
    abandoned = [path for path in _files() if path.name not in kept and _age(path) > ABANDONED]
    if abandoned:
        yield warning(
            "incoming",
            f"{count(len(abandoned), 'upload')} that came to no end",
            "fanwen check --repair",
            lambda: _remove(abandoned),
        )
    if expired := uploads.expired().count():
        yield warning(
            "expired uploads",
            f"{count(expired, 'upload')} that waited too long for the rest",
            "fanwen check --repair",
            lambda: f"removed {count(uploads.sweep(at_once=None), 'expired upload')}",
        )


def _files() -> list[Path]:
    folder: Path = settings.FOLDERS.incoming
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _age(path: Path) -> float:
    """Seconds since the last block was written; 0 for a file that has just been moved to its place."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(paths: list[Path]) -> str:
    for path in paths:
        path.unlink(missing_ok=True)
    return f"removed {count(len(paths), 'abandoned upload')}"
