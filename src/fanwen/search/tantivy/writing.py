"""The one writer of a generation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from fanwen.search.engine import IndexBusy
from fanwen.search.keys import KeyTable
from fanwen.search.tantivy import schema
from fanwen.search.tantivy.reader import KEYS
from fanwen.search.types import IndexedDocument

HEAP = 96_000_000
"""Bytes of records in memory before a segment is written.

One thread writes: tokens are made in Python, which takes as long. Two would write twice as many segments half as large, and
the processor would spend what it gains on merging them.
"""


class Writer:
    """Writes the generation in `path`, which is made if it is empty. Raises `IndexBusy` while another one does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index = tantivy.Index(schema.build(), path=str(path), reuse=True)
        try:
            self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise IndexBusy(f"another process writes the index in {path}") from error
            raise
        self._keys = KeyTable(path / KEYS, write=True)
        self._titles: dict[str, IndexedDocument | None] = {}
        self._words: set[str] = set()

    def index(self, documents: Iterable[IndexedDocument]) -> int:
        pages = 0
        for document in documents:
            self._writer.delete_documents_by_term("key", document.number)
            for record in schema.records(document, self._words):
                self._writer.add_document(record)
            self._titles[document.number] = IndexedDocument(document.number, document.title, document.tags)
            pages += len(document.pages)
        return pages

    def delete(self, numbers: Iterable[str]) -> None:
        for number in numbers:
            self._writer.delete_documents_by_term("key", number)
            self._titles[number] = None

    def commit(self, sequence: int) -> None:
        """Key table first: its changes can be applied again if the process dies before the records are committed."""
        with self._keys.changing():
            for number, document in self._titles.items():
                if document is None:
                    self._keys.remove(number)
                else:
                    self._keys.put(number, document.title, document.tags)
            self._keys.learn(self._words)
        self._titles.clear()
        self._words.clear()
        self._writer.delete_documents_by_term("key", schema.SEQUENCE_KEY)
        self._writer.add_document(schema.sequence_record(sequence))
        self._writer.commit()

    def close(self) -> None:
        """Drop what was not committed, wait for merges, let go of the lock."""
        if self.path.is_dir():  # a rebuild may have cleared it away
            self._writer.rollback()
            self._writer.wait_merging_threads()
        self._keys.close()
