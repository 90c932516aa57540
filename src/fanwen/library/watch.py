"""Whether anything was committed to the catalogue's database, by any process: one number, asked for in microseconds."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

from django.db import connection

_lock = threading.Lock()
_watches: dict[tuple[int, str], sqlite3.Connection] = {}


def state() -> int | None:
    """A number that changes with every commit (SQLite's `data_version`); None where it can't be told, which is so inside
    a transaction: what that has written is seen by nobody else yet."""
    if connection.in_atomic_block:
        return None
    key = (os.getpid(), str(connection.settings_dict["NAME"]))
    try:
        with _lock:
            # A connection that only ever looks: the number tells of the commits of all others.
            watch = _watches.get(key)
            if watch is None:
                watch = sqlite3.connect(
                    f"{Path(key[1]).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
                )
                _watches[key] = watch
            return int(watch.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error:
        return None
