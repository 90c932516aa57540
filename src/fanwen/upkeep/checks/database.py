"""The database file itself: whole, in the right mode, up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fanwen.upkeep.findings import Finding, count, in_bytes, ok, problem, warning

QUICK = 2_000_000_000
"""Bytes up to which the whole file is read by every check; a larger one only by a deep one."""


def findings(*, deep: bool) -> Iterator[Finding]:
    """The last finding is a problem when the tables can't be used."""
    path: Path = settings.FOLDERS.database
    if not path.exists():
        yield ok("database", "there is none yet; it is made at the first start")
        return
    try:
        yield _whole(path, deep=deep)
        yield from _mode()
        yield from _migrations()
    except DatabaseError as error:
        yield _broken(str(error))


def usable() -> bool:
    """Whether there is a database with every table this version needs."""
    if not settings.FOLDERS.database.exists():
        return False
    try:
        return not _pending()
    except DatabaseError:
        return False


def _broken(reason: str) -> Finding:
    return problem(
        "database",
        f"{settings.FOLDERS.database.name} can't be read: {reason}",
        "stop the service and restore the last backup into an empty folder: fanwen --data NEW restore FILE",
    )


def _whole(path: Path, *, deep: bool) -> Finding:
    size = path.stat().st_size
    if size > QUICK and not deep:
        return ok("database", f"{in_bytes(size)}; not read through (fanwen check --deep does)")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)" if deep else "PRAGMA quick_check(5)")
        said = [row[0] for row in cursor.fetchall()]
        if said != ["ok"]:
            return _broken("; ".join(said))
        cursor.execute("PRAGMA foreign_key_check")
        lost = len(cursor.fetchall())
    if lost:
        return problem("database", f"{count(lost, 'row')} without what they belong to", "restore the last backup")
    return ok("database", f"{in_bytes(size)}, whole")


def _mode() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode != "wal":
        yield warning(
            "database mode",
            f"the journal is {mode}, so readers wait for writers; does the data folder lie on a network disk?",
            "move the data folder to a local disk",
        )


def _pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> Iterator[Finding]:
    if pending := _pending():
        yield problem(
            "migrations",
            f"the database is of an older version: {count(pending, 'migration')} to go",
            "fanwen check --repair, or just start the service",
            _migrate,
        )


def _migrate() -> str:
    call_command("migrate", verbosity=0, interactive=False)
    return "brought the database up to date"
