"""Bytes on their way in: written to disk in blocks and hashed as they come, so that any size needs little memory."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from fanwen.config.options import read
from fanwen.config.upload_limit import upload_limit
from fanwen.intake.types import IntakeError

SPARE = 64 * 1024 * 1024
"""Bytes that must stay free on the disk: the database and the index need room to record what happened."""

CHECK_EVERY = 4 * 1024 * 1024
"""Bytes between two looks at how much room there is."""


def limit() -> int:
    """Bytes of the largest file accepted."""
    return int(read("FANWEN_MAX_UPLOAD_MB")) * 1024 * 1024


def too_large() -> IntakeError:
    return IntakeError("too_large", limit=upload_limit())


def check_room(expected: int) -> None:
    """Raises `IntakeError` ``no_space`` when `expected` more bytes would leave less than `SPARE`."""
    if shutil.disk_usage(settings.FOLDERS.incoming).free < expected + SPARE:
        raise IntakeError("no_space", permanent=False)


class Incoming:
    """A file being received. `write` blocks, then `finish`; `discard` at any time. Raises `IntakeError`
    ``too_large``, ``no_space`` or ``read_only``, and then leaves nothing behind."""

    def __init__(self, expected: int = 0) -> None:
        self.size = 0
        self._hash = hashlib.sha256()
        self._limit = limit()
        self._checked = 0
        if expected > self._limit:
            raise too_large()
        try:
            settings.FOLDERS.incoming.mkdir(parents=True, exist_ok=True)
            check_room(expected)
            handle, path = tempfile.mkstemp(dir=settings.FOLDERS.incoming, prefix="upload-")
        except OSError as error:
            raise refusal(error) from error
        self.path = Path(path)
        self._file = os.fdopen(handle, "wb")

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, block: bytes) -> None:
        self.size += len(block)
        if self.size > self._limit:
            self.discard()
            raise too_large()
        self._hash.update(block)
        try:
            if self.size - self._checked > CHECK_EVERY:
                check_room(0)
                self._checked = self.size
            self._file.write(block)
        except OSError as error:
            self.discard()
            raise refusal(error) from error
        except IntakeError:
            self.discard()
            raise

    def finish(self) -> Path:
        """Make sure every byte is on the disk; the path of the received file."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as error:
            self.discard()
            raise refusal(error) from error
        return self.path

    def discard(self) -> None:
        try:
            self._file.close()
        finally:
            self.path.unlink(missing_ok=True)


def refusal(error: OSError) -> IntakeError:
    """The cause a person is told for an error of the disk; any other error is passed on as it is."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return IntakeError("no_space", permanent=False)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return IntakeError("read_only", permanent=False)
    raise error
