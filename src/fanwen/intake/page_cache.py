"""A bounded cache of page images on disk, shared by processes; what was not used for longest goes first.

A file's time of change is the time of its last use. Files are written beside their place and renamed into it, so that a
reader never sees half of one; everything here may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

logger = logging.getLogger(__name__)

ROOM_MADE = 0.8
"""Share of the limit that a sweep leaves."""
LOOK_EVERY = 0.05
"""Share of the limit that this process writes between two looks at the size of all."""
_TOUCH_AFTER = 60.0
"""Seconds for which a use need not be noted again."""
_ABANDONED = 3600.0
"""Seconds after which a file that was never renamed into place belongs to nobody."""
_PART = ".part"


class _Making:
    """An image being made: those who ask for it meanwhile wait for the one."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.data: bytes | None = None
        self.error: BaseException | None = None


class PageCache:
    """Images by key in `folder`, at most about `max_bytes` of them.

    Safe for several threads and processes. A disk that can't be written makes it useless, never an error.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._making: dict[str, _Making] = {}
        self._written = max_bytes  # look at the folder before long: another run may have left it full

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under `key`, or those that `make` gives, which are kept.

        Threads that ask for one key at the same time share one call of `make`; what it raises, all of them raise.
        """
        path = self._path(key)
        if (data := self._read(path)) is not None:
            return data
        with self._lock:
            making = self._making.get(key)
            first = making is None
            if making is None:
                making = self._making[key] = _Making()
        if not first:
            making.done.wait()
            if making.error is not None:
                raise making.error
            assert making.data is not None
            return making.data
        try:
            data = self._read(path)
            if data is None:
                data = make()
                self._keep(path, data)
            making.data = data
            return data
        except BaseException as error:
            making.error = error
            raise
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()

    def _path(self, key: str) -> Path:
        digest = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / digest[:2] / digest[2:]

    def _read(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as file:
                data = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _TOUCH_AFTER:
                    with contextlib.suppress(OSError):
                        os.utime(path)
        except OSError:
            return None
        return data or None

    def _keep(self, path: Path, data: bytes) -> None:
        if not data or len(data) > self._max_bytes:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(suffix=_PART, dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            logger.warning("the page cache can't be written: %s", error)
            return
        with self._lock:
            self._written += len(data)
            look = self._written > self._max_bytes * LOOK_EVERY
            if look:
                self._written = 0
        if look:
            self.sweep()

    def sweep(self) -> None:
        """Delete what was not used for longest until the cache fits; one process at a time, others go on."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "sweep.lock").open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
                self._sweep()
        except OSError as error:
            logger.warning("the page cache can't be swept: %s", error)

    def _sweep(self) -> None:
        files: list[tuple[float, int, str]] = []
        for shelf in os.scandir(self._folder):
            if not shelf.is_dir(follow_symlinks=False):
                continue
            for entry in os.scandir(shelf.path):
                with contextlib.suppress(FileNotFoundError):
                    status = entry.stat(follow_symlinks=False)
                    if not entry.name.endswith(_PART):
                        files.append((status.st_mtime, status.st_size, entry.path))
                    elif time.time() - status.st_mtime > _ABANDONED:
                        Path(entry.path).unlink(missing_ok=True)
        total = sum(size for _, size, _ in files)
        if total <= self._max_bytes:
            return
        for _, size, path in sorted(files):
            Path(path).unlink(missing_ok=True)
            total -= size
            if total <= self._max_bytes * ROOM_MADE:
                return
