"""The live generation, opened for searching: follows commits and swaps, and is shared by all threads of a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from fanwen.search.keys import KeyTable
from fanwen.search.tantivy.generations import Generations

KEYS = "keys.sqlite3"


@dataclass(frozen=True)
class View:
    """The index as of one commit."""

    path: Path
    index: tantivy.Index
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    keys: KeyTable


class Reader:
    """Gives the newest view. Two file times tell whether there is a newer one than the last."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._view: View | None = None
        self._stamp: tuple[tuple[int, int], tuple[int, int]] | None = None

    def view(self) -> View | None:
        """The index as of the last commit; none while there is no index."""
        with self._lock:
            pointer = self._generations.stamp()
            view = self._view
            if view is None or self._stamp is None or self._stamp[0] != pointer:
                try:
                    return self._open(pointer)
                except (OSError, ValueError):
                    # The generation that the pointer named was replaced and removed before it was open.
                    if self._generations.stamp() == pointer:
                        raise
                    return self._open(self._generations.stamp())
            commit = _commit_stamp(view.path)
            if commit != self._stamp[1]:
                view.index.reload()
                self._view = View(view.path, view.index, view.index.searcher(), view.schema, view.keys)
                self._stamp = (pointer, commit)
            return self._view

    def stamp(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Of the newest view: another one after each commit and swap."""
        self.view()
        return self._stamp

    def _open(self, pointer: tuple[int, int]) -> View | None:
        path = self._generations.live()
        if path is None:
            self._view = self._stamp = None
            return None
        commit = _commit_stamp(path)
        index = tantivy.Index.open(str(path))
        index.config_reader(reload_policy="manual")
        index.reload()
        self._view = View(path, index, index.searcher(), index.schema, KeyTable(path / KEYS))
        self._stamp = (pointer, commit)
        return self._view

    def close(self) -> None:
        with self._lock:
            if self._view is not None:
                self._view.keys.close()
            self._view = self._stamp = None


def _commit_stamp(path: Path) -> tuple[int, int]:
    """Changes with every commit: tantivy replaces this file with each."""
    try:
        status = (path / "meta.json").stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns
