"""The engine of this process: opened when first asked for, shared by its threads, anew after a fork."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from django.conf import settings

from fanwen.search.tantivy import EmbeddedEngine

_engines: dict[tuple[int, Path], EmbeddedEngine] = {}
_lock = threading.Lock()


def engine() -> EmbeddedEngine:
    """The engine over the data folder's index, for reading."""
    key = (os.getpid(), settings.FOLDERS.index)
    found = _engines.get(key)
    if found is None:
        with _lock:
            found = _engines.setdefault(key, EmbeddedEngine(settings.FOLDERS.index))
    return found
