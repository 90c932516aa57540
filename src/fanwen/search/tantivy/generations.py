"""Generations of an index: a folder each, and a pointer file that names the live one and is replaced in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fanwen.search.engine import IndexBusy
from fanwen.search.tantivy.schema import VERSION

_PREFIX = f"v{VERSION}-"
_TRIES = 10


class Generations:
    """The generations in `folder`. Those of another version of the schema are as good as not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "live"

    def live(self) -> Path | None:
        """The live generation's folder; none before there is one."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        path = self.folder / name
        return path if name.startswith(_PREFIX) and (path / "meta.json").is_file() else None

    def stamp(self) -> tuple[int, int]:
        """Something that changes when the pointer does."""
        try:
            status = self._pointer.stat()
        except (FileNotFoundError, NotADirectoryError):
            return 0, 0
        return status.st_ino, status.st_mtime_ns

    def create(self) -> Path:
        """An empty folder for a new generation, not live yet."""
        path = self.folder / f"{_PREFIX}{time.time_ns():x}"
        path.mkdir(parents=True)
        return path

    def publish(self, generation: Path) -> None:
        """Make `generation` the live one, on disk before this returns."""
        draft = self._pointer.with_suffix(f".{os.getpid()}")
        with draft.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._pointer)
        _sync_folder(self.folder)

    def sweep(self) -> None:
        """Remove every generation but the live one. Only for who holds `building`: nobody else makes any."""
        live = self.live()
        for path in self.folder.glob("v*-*"):
            if path != live and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Held while a generation is made beside the live one; a second maker gets `IndexBusy`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "building.lock").open("a") as file:
            for left in range(_TRIES, -1, -1):
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if not left:
                        raise IndexBusy("the index is being rebuilt already") from error
                    time.sleep(0.02)  # it may only be `is_building` looking
            yield

    def is_building(self) -> bool:
        """Whether someone, in this process or another, holds `building`."""
        try:
            with (self.folder / "building.lock").open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
