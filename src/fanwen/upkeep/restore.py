"""A backup becomes a data folder again: all of it, or nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from fanwen.config.disk import sync
from fanwen.config.folders import Folders
from fanwen.intake.app.queue import workers_running
from fanwen.library.models import Document
from fanwen.search.app import changes
from fanwen.upkeep.archive import ABOUT, BLOCK, DATABASE, FORM, MEMBER, SUMS, BackupError
from fanwen.upkeep.ready import make_ready

_PLACED = ("originals", "renditions", "index", "cache", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
"""What a restore puts in place or makes anew; moved aside first where it is there already."""
_MOST_ABOUT = 1 << 20
"""The most bytes of ABOUT; it is read before anything is known of the archive."""
_DRAFT = "restoring-"


@dataclass(frozen=True)
class Restored:
    documents: int
    missing: tuple[str, ...]
    """Originals that were missing already when the backup was made."""
    damaged: tuple[str, ...]
    """Originals that were no longer what their SHA-256 says when the backup was made; they are restored as they were."""
    aside: Path | None
    """Where the data folder's earlier content was moved to."""


def restore(
    source: Path, *, force: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Restored:
    """Put the backup `source` into the data folder, every file compared with its SHA-256.

    The folder must be empty; with `force` what is there is moved into a folder beside it, never deleted. `progress` is
    told the bytes read of the file and its size. Raises `BackupError`, and then the data folder is as it was.
    """
    folders: Folders = settings.FOLDERS
    if workers_running():
        raise BackupError(f"a service is running on {folders.root}; stop it first")
    if _used(folders) and not force:
        raise BackupError(
            f"{folders.root} holds a library already. Name an empty folder with --data, or give --force: what is there "
            "is then moved aside, not deleted."
        )
    try:
        folders.root.mkdir(parents=True, exist_ok=True)
        for stale in folders.root.glob(f"{_DRAFT}*"):
            shutil.rmtree(stale)
        with tempfile.TemporaryDirectory(dir=folders.root, prefix=_DRAFT) as name:
            draft = Path(name)
            about, sums = _unpack(source, draft, progress)
            missing = _verify(draft, about, sums)
            aside = _put_aside(folders) if force else None
            _put_in_place(draft, folders)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BackupError(f"no room for the backup's content on the disk of {folders.root}") from error
        raise BackupError(f"{error.filename or source}: {error.strerror or error}") from error
    make_ready()
    numbers = list(Document.objects.filter(version_of=None).values_list("number", flat=True))
    changes.note_all(numbers)
    damaged = tuple(
        name[-64:] for name, digest in sums.items() if name.startswith("originals/") and name[-64:] != digest
    )
    return Restored(len(numbers), missing, damaged, aside)


def _used(folders: Folders) -> bool:
    """Whether the data folder holds anything that a restore would put aside."""
    if folders.database.exists():
        return True
    return any(path.is_file() for tree in (folders.originals, folders.renditions) for path in tree.rglob("*"))


# --- out of the archive ----------------------------------------------------------------------------------------------


def _unpack(source: Path, draft: Path, progress: Callable[[int, int], None]) -> tuple[dict[str, Any], dict[str, str]]:
    """Write the members into `draft`; what the backup says about itself, and the sum of each member, compared with its
    list of them."""
    damaged = BackupError(f"{source} is damaged or cut short; nothing was restored")
    sums: dict[str, str] = {}
    about: dict[str, Any] = {}
    listed: str | None = None
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:*") as archive:
            size = os.fstat(file.fileno()).st_size
            for member in archive:
                if not member.isreg() or member.issparse() or not MEMBER.fullmatch(member.name) or member.name in sums:
                    raise BackupError(f"{source} is not a backup of Fanwen: it holds {member.name!r}")
                if listed is not None:
                    raise damaged
                content = archive.extractfile(member)
                assert content is not None
                if member.name in {ABOUT, SUMS}:
                    if member.name == ABOUT and member.size > _MOST_ABOUT:
                        raise BackupError(f"{source} is not a backup of Fanwen: its {ABOUT} is too large")
                    text = content.read()
                    sums[member.name] = hashlib.sha256(text).hexdigest()
                    if member.name == SUMS:
                        listed = text.decode("ascii")
                    else:
                        about = _about(text, source)
                elif not about:
                    raise BackupError(f"{source} is not a backup of Fanwen: it does not begin with {ABOUT}")
                else:
                    if shutil.disk_usage(draft).free < member.size:
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    sums[member.name] = _write(content, draft / member.name)
                progress(file.tell(), size)
    except (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError) as error:
        if not about:
            raise BackupError(f"{source} is not a backup of Fanwen, or cut short: {error}") from error
        raise damaged from error
    except OSError as error:
        # gzip's own complaints are OSErrors without a number.
        if error.errno is None:
            raise damaged from error
        raise
    if listed is None:
        raise damaged
    wrong = [name for name, digest in _listed(listed).items() if sums.get(name) != digest]
    if wrong or len(sums) != len(_listed(listed)) + 1:
        raise BackupError(f"{source} is damaged: {', '.join(wrong[:3]) or SUMS}; nothing was restored")
    return about, sums


def _about(text: bytes, source: Path) -> dict[str, Any]:
    try:
        about = json.loads(text)
        form = int(about["form"])
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{source} is not a backup of Fanwen: its {ABOUT} can't be read") from error
    if form > FORM:
        raise BackupError(f"{source} was made by a newer Fanwen ({about.get('fanwen')}); install that one")
    return dict(about)


def _listed(text: str) -> dict[str, str]:
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines())}


def _write(content: IO[bytes], target: Path) -> str:
    """Write `content` to `target`; its SHA-256."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while block := content.read(BLOCK):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


# --- is it all there -------------------------------------------------------------------------------------------------


def _verify(draft: Path, about: dict[str, Any], sums: dict[str, str]) -> tuple[str, ...]:
    """Whether this version can use the database; the originals it names that are not there."""
    database = draft / DATABASE
    if not database.is_file():
        raise BackupError("the backup has no database; nothing was restored")
    unknown = _unknown_migrations(about)
    if unknown:
        raise BackupError(
            f"the backup was made by another version of Fanwen ({about.get('fanwen')}), whose database this one does not "
            f"know: {unknown[0]}. Install that version or a newer one."
        )
    try:
        with closing(sqlite3.connect(database)) as catalogue:
            said = [row[0] for row in catalogue.execute("PRAGMA quick_check(1)")]
            originals = {sha256 for (sha256,) in catalogue.execute("SELECT sha256 FROM library_original")}
    except sqlite3.DatabaseError as error:
        raise BackupError(f"the backup's database is damaged ({error}); nothing was restored") from error
    if said != ["ok"]:
        raise BackupError(f"the backup's database is damaged ({said[0]}); nothing was restored")
    return tuple(sorted(originals - {name[-64:] for name in sums if name.startswith("originals/")}))


def _unknown_migrations(about: dict[str, Any]) -> list[str]:
    loader = MigrationLoader(None)
    apps = {app for app, _ in loader.disk_migrations}
    known = {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    return [name for name in about.get("migrations", []) if name.partition(".")[0] in apps and name not in known]


# --- into the data folder --------------------------------------------------------------------------------------------


def _put_aside(folders: Folders) -> Path | None:
    there = [folders.root / name for name in _PLACED if (folders.root / name).exists()]
    if not there:
        return None
    aside = folders.root / time.strftime("before-restore-%Y%m%d-%H%M%S")
    aside.mkdir()
    _close_database()
    for path in there:
        path.rename(aside / path.name)
    return aside


def _put_in_place(draft: Path, folders: Folders) -> None:
    """The database comes last: with it the library is there."""
    _close_database()
    for name in ("originals", "renditions"):
        target = folders.root / name
        if target.exists():
            shutil.rmtree(target)  # empty: seen before
        if (draft / name).exists():
            (draft / name).rename(target)
    shutil.rmtree(folders.index, ignore_errors=True)
    for original in folders.originals.rglob("*"):
        if original.is_file():
            original.chmod(0o440)
    sync(draft / DATABASE)
    (draft / DATABASE).rename(folders.database)
    sync(folders.root)


def _close_database() -> None:
    if connection.connection is not None:
        connections.close_all()
