"""Waking sleeping processes: a bell is a datagram socket in the data folder's `run/`.

A bell that is missed costs a second at most, since every sleeper also looks for itself; so ringing never fails.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from pathlib import Path
from types import TracebackType

from django.conf import settings


def _folder() -> Path:
    folder: Path = settings.FOLDERS.run
    return folder


class Bell:
    """A bell of the kind `name` (``worker``, ``index``) that this process sleeps beside."""

    def __init__(self, name: str) -> None:
        _folder().mkdir(parents=True, exist_ok=True)
        self.path = _folder() / f"{name}-{os.getpid()}.bell"
        self.path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        # A socket's address holds 107 bytes; a data folder's path may be longer, so it is reached by a descriptor.
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._socket.bind(f"/proc/self/fd/{folder}/{self.path.name}")
        finally:
            os.close(folder)

    def wait(self, seconds: float) -> bool:
        """Sleep until the bell rings (True) or `seconds` have passed (False)."""
        ready, _, _ = select.select([self._socket], [], [], seconds)
        if not ready:
            return False
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                pass
        return True

    def close(self) -> None:
        self._socket.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Bell:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ring(name: str) -> None:
    """Ring every bell of the kind `name`; bells whose owner is gone are cleared away."""
    try:
        folder = os.open(_folder(), os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            for bell in _folder().glob(f"{name}-*.bell"):
                try:
                    sender.sendto(b"!", f"/proc/self/fd/{folder}/{bell.name}")
                except ConnectionRefusedError:
                    bell.unlink(missing_ok=True)
                except (BlockingIOError, FileNotFoundError):
                    continue  # it has enough rings waiting, or has just closed
    finally:
        os.close(folder)
