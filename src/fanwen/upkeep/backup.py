"""Everything that can't be made again, in one file, taken while the library is in use."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from fanwen import __version__
from fanwen.config.folders import Folders
from fanwen.library.models import Original
from fanwen.upkeep.archive import ABOUT, BLOCK, DATABASE, FORM, SUMS, BackupError

MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz"}


@dataclass(frozen=True)
class Backup:
    path: Path
    documents: int
    size: int
    """Bytes of the archive."""
    missing: tuple[str, ...]
    """Originals that the catalogue names and the disk lacks, by their SHA-256."""
    damaged: tuple[str, ...]
    """Originals whose bytes are no longer those of their SHA-256; they are packed as they are."""


def back_up(target: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Backup:
    """Write a backup to `target`, whose name ends in .tar, .tar.gz or .tgz; it appears there when it is whole.

    `progress` is told the bytes packed and to pack. Raises `BackupError`.
    """
    mode = next((mode for suffix, mode in MODES.items() if target.name.endswith(suffix)), None)
    if mode is None:
        raise BackupError(f"{target.name}: the name of a backup ends in .tar, .tar.gz or .tgz")
    if not target.parent.is_dir():
        raise BackupError(f"there is no folder {target.parent}")
    folders: Folders = settings.FOLDERS
    try:
        with _draft(target) as draft, tempfile.TemporaryDirectory(dir=folders.run, prefix="backup-") as scratch:
            copy = Path(scratch, DATABASE)
            _copy_database(folders.database, copy)
            with closing(sqlite3.connect(copy)) as catalogue:
                documents, missing, damaged = _pack(draft, mode, folders, catalogue, copy, progress)
            size = draft.tell()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"the database can't be copied into {folders.run}: {error}; is the disk full?") from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise BackupError(f"no room for the backup on the disk of {target.parent}") from error
        raise BackupError(f"the backup can't be written: {error.strerror or error}") from error
    return Backup(target, documents, size, tuple(missing), tuple(damaged))


@contextmanager
def _draft(target: Path) -> Iterator[IO[bytes]]:
    """A file that becomes `target` in one step when everything went well, and is gone otherwise."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(handle)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _copy_database(source: Path, target: Path) -> None:
    """The database as of one moment. Writers go on meanwhile: in WAL mode a reader does not stop them."""
    with closing(sqlite3.connect(source, timeout=30)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("DELETE FROM django_session")
        copy.execute("UPDATE intake_task SET worker = '', lease_until = NULL")
        copy.commit()


def _pack(
    file: IO[bytes],
    mode: str,
    folders: Folders,
    catalogue: sqlite3.Connection,
    copy: Path,
    progress: Callable[[int, int], None],
) -> tuple[int, list[str], list[str]]:
    """Fill the archive; the number of documents, the originals that are missing though they should be there, and those
    that are not what they were."""
    about = _about(catalogue)
    total = about["bytes"] + copy.stat().st_size
    missing: list[str] = []
    with tarfile.open(fileobj=file, mode=mode, format=tarfile.PAX_FORMAT, copybufsize=BLOCK) as archive:  # type: ignore[call-overload]
        packer = _Packer(archive, lambda done: progress(done, total))
        packer.add_bytes(ABOUT, json.dumps(about, indent=2).encode())
        for (sha256,) in catalogue.execute("SELECT sha256 FROM library_original ORDER BY sha256").fetchall():
            if packer.add_file(folders.original(sha256), folders.root):
                packer.add_file(folders.rendition(sha256), folders.root)
            elif Original.objects.filter(sha256=sha256).exists():
                missing.append(sha256)
            else:
                _forget(catalogue, sha256)
        catalogue.commit()
        packer.add_file(copy, copy.parent)
        packer.add_bytes(SUMS, "".join(packer.sums).encode())
    documents: int = catalogue.execute("SELECT count(*) FROM library_document WHERE version_of_id IS NULL").fetchone()[
        0
    ]
    return documents, missing, packer.damaged


def _about(catalogue: sqlite3.Connection) -> dict[str, Any]:
    def one(query: str) -> Any:
        return catalogue.execute(query).fetchone()[0]

    return {
        "form": FORM,
        "fanwen": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": sorted(
            f"{app}.{name}" for app, name in catalogue.execute("SELECT app, name FROM django_migrations")
        ),
        "documents": one("SELECT count(*) FROM library_document WHERE version_of_id IS NULL"),
        "bytes": one("SELECT coalesce(sum(size), 0) FROM library_original"),
    }


def _forget(catalogue: sqlite3.Connection, sha256: str) -> None:
    """Take a document out of the copy, with its versions, that was deleted while the backup was made."""
    found = "SELECT id FROM library_document WHERE original_id = ?1"
    whole = f"{found} UNION SELECT id FROM library_document WHERE version_of_id IN ({found})"
    for (key,) in catalogue.execute(whole, (sha256,)).fetchall():
        for table in _tables_of_documents(catalogue):
            catalogue.execute(f'DELETE FROM "{table}" WHERE document_id = ?', (key,))
        catalogue.execute("DELETE FROM library_document WHERE id = ?", (key,))
    catalogue.execute("DELETE FROM library_original WHERE sha256 = ?", (sha256,))


def _tables_of_documents(catalogue: sqlite3.Connection) -> list[str]:
    tables = [name for (name,) in catalogue.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [
        table
        for table in tables
        if any(row[3] == "document_id" for row in catalogue.execute(f'PRAGMA foreign_key_list("{table}")'))
        or any(row[1] == "document_id" for row in catalogue.execute(f'PRAGMA table_info("{table}")'))
    ]


class _Packer:
    """Puts members into `archive`, keeping their sums."""

    def __init__(self, archive: tarfile.TarFile, progress: Callable[[int], None]) -> None:
        self.sums: list[str] = []
        self.damaged: list[str] = []
        self._archive = archive
        self._progress = progress
        self._done = 0

    def add_bytes(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(content), int(time.time()), 0o600
        self._archive.addfile(member, io.BytesIO(content))
        self.sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

    def add_file(self, path: Path, root: Path) -> bool:
        """Add the file at `path` under its name within `root`; False if it is not there."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            member = tarfile.TarInfo(path.relative_to(root).as_posix())
            status = os.fstat(file.fileno())
            member.size, member.mtime, member.mode = status.st_size, int(status.st_mtime), 0o600
            source = _Hashed(file)
            self._archive.addfile(member, source)
            digest = source.digest.hexdigest()
            self.sums.append(f"{digest}  {member.name}\n")
            if member.name.startswith("originals/") and path.name != digest:
                self.damaged.append(path.name)
        self._done += member.size
        self._progress(self._done)
        return True


class _Hashed:
    """Reads `file` and keeps the sum of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block
