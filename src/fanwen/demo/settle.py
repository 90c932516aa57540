"""Packing an office file anew with fixed dates, so that the same source gives the same bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

_DATE = (2025, 1, 1, 0, 0, 0)


def settle(path: Path) -> None:
    """Rewrite the ZIP package at `path` with every member dated alike, in its own order."""
    with zipfile.ZipFile(path) as package:
        members = [(info.filename, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
