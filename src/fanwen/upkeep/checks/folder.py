"""The data folder and the disk it is on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from fanwen.config.options import read
from fanwen.upkeep.findings import Finding, count, in_bytes, ok, problem, some, warning

LOW = 5_000_000_000
"""Free bytes below which a library is likely to run out soon."""
TOO_LOW = 200_000_000
"""Free bytes below which it is about to."""


def findings() -> Iterator[Finding]:
    root: Path = settings.FOLDERS.root
    if not root.exists():
        yield ok("data folder", f"{root} does not exist yet; it is made at the first start")
        return
    yield _writable(root)
    yield _space(root)
    yield _debug()
    yield from _leftovers()


def _writable(root: Path) -> Finding:
    for folder in (root, *(child for child in _folders() if child.exists())):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            return problem(
                "data folder",
                f"{folder} can't be written ({error.strerror})",
                f"chown -R USER {root}, where USER is who runs fanwen",
            )
    return ok("data folder", f"{root} can be written")


def _folders() -> tuple[Path, ...]:
    folders = settings.FOLDERS
    return (folders.originals, folders.renditions, folders.index, folders.incoming, folders.cache, folders.run)


def _space(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    text = f"{in_bytes(free)} free"
    if free < TOO_LOW:
        return problem("disk", f"{text}: uploads are about to be refused", "make room, or move the data folder")
    if free < LOW:
        return warning("disk", text, "make room, or move the data folder, before it is full")
    return ok("disk", text)


def _debug() -> Finding:
    if read("FANWEN_DEBUG"):
        return warning("debug", "pages show the program's inside to anybody when they fail", "unset FANWEN_DEBUG")
    return ok("debug", "off")


def _leftovers() -> Iterator[Finding]:
    """What processes that died left behind."""
    folders = settings.FOLDERS
    scratch = [path for path in folders.run.glob("scratch-*") if not _runs(path.name.partition("-")[2])]
    if scratch:
        yield warning(
            "run",
            f"scratch folders of processes that are gone: {some([path.name for path in scratch])}",
            "fanwen check --repair",
            lambda: _remove(scratch, "scratch folder"),
        )


def _runs(pid: str) -> bool:
    return pid.isdigit() and Path(f"/proc/{pid}").exists()


def _remove(paths: list[Path], thing: str) -> str:
    for path in paths:
        shutil.rmtree(path)
    return f"removed {count(len(paths), thing)}"
