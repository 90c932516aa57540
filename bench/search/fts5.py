"""The other arm: SQLite FTS5 with the same tokens on the same pages, asked for the same by the same planner.

What it gives is what a page of results needs, as in the other arm: the best 200 pages by bm25, gathered by document, and how
many were found. It is spared the titles, which it does not index, and the counting where the other arm widens a search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import apsw

from bench.search.corpus import PER_DOCUMENT
from fanwen.search.analysis import pairs, streams
from fanwen.search.query import Plan
from fanwen.search.tantivy.schema import length_of
from fanwen.search.types import Filters, IndexedDocument

_TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA mmap_size=2147483648;
CREATE VIRTUAL TABLE pages USING fts5(
    pairs, words, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.%‰|+#$'"
);
CREATE TABLE about (id INTEGER PRIMARY KEY, category INTEGER, format TEXT, year INTEGER, uploader TEXT, length TEXT);
CREATE INDEX about_filter ON about (category, year);
"""
_FACETS = ("category", "format", "year", "uploader", "length")
_BATCH = 5_000
_GATHERED = 200
"""Pages that are gathered by document, as in the other arm."""


class Fts5:
    """An index in the file `path`, made anew. Rows are numbered by document and page."""

    def __init__(self, path: Path, first_number: int) -> None:
        self.path = path
        self._first = first_number
        path.unlink(missing_ok=True)
        self._connection = apsw.Connection(str(path))
        for statement in _TABLES.strip().split(";"):
            self._connection.execute(statement)

    def index(self, documents: Iterable[IndexedDocument]) -> int:
        done = 0
        self._connection.execute("BEGIN")
        for document in documents:
            for page in document.pages:
                row = (int(document.number) - self._first) * PER_DOCUMENT + page.number
                tokens, words, last = streams(page.text)
                pair_stream, word_stream = " ".join(tokens), " ".join([word for word in words if len(word) != 2] + last)
                self._connection.execute(
                    "INSERT INTO pages (rowid, pairs, words) VALUES (?, ?, ?)", (row, pair_stream, word_stream)
                )
                self._connection.execute(
                    "INSERT INTO about VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        row,
                        document.categories[-1],
                        document.format,
                        document.year,
                        document.uploader,
                        length_of(document.page_count),
                    ),
                )
                done += 1
                if done % _BATCH == 0:
                    self._connection.execute("COMMIT")
                    self._connection.execute("BEGIN")
        self._connection.execute("COMMIT")
        return done

    def search(
        self, plan: Plan, parts: Callable[[Plan], Iterable[tuple[str, str]]], filters: Filters, *, facets: bool
    ) -> tuple[list[tuple[int, int]], int]:
        """(number, page) of the best page of each of ten documents, and how many pages there are in all; those with all of
        the query first, then those with its telling `parts`."""
        strict = " AND ".join(
            _phrase(clause.text) if clause.phrase else _all_of(clause.text) for clause in plan.clauses
        )
        rows = self._best(strict, filters)
        total = self._count(strict, filters) if len(rows) == _GATHERED else len(rows)
        if len(rows) < 10 and not any(clause.phrase for clause in plan.clauses):
            loose = " OR ".join(f"{field} : {_quoted(token)}" for field, token in parts(plan))
            rows = list(dict.fromkeys([*rows, *self._best(loose, filters)])) if loose else rows
            total = len(rows)
        if facets:
            self._facets(strict)
        best: dict[int, int] = {}
        for row in rows:
            best.setdefault(self._first + (row - 1) // PER_DOCUMENT, (row - 1) % PER_DOCUMENT + 1)
        return list(best.items())[:10], total

    def _best(self, match: str, filters: Filters) -> list[int]:
        found, values = _found(match, filters)
        statement = f"SELECT pages.rowid {found} ORDER BY rank LIMIT {_GATHERED}"
        return [int(row) for (row,) in self._connection.execute(statement, values)]

    def _count(self, match: str, filters: Filters) -> int:
        found, values = _found(match, filters)
        ((count,),) = self._connection.execute(f"SELECT count(*) {found}", values)
        return int(count)

    def _facets(self, match: str) -> list[Any]:
        counted: list[Any] = []
        for field in _FACETS:
            counted += self._connection.execute(
                f"SELECT about.{field}, count(*) FROM pages JOIN about ON about.id = pages.rowid"
                f" WHERE pages MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 40",
                (match,),
            ).fetchall()
        return counted

    def close(self) -> None:
        self._connection.close()


def _found(match: str, filters: Filters) -> tuple[str, list[Any]]:
    """What a statement selects from, with its values."""
    if filters.category is None:
        return "FROM pages WHERE pages MATCH ?", [match]
    return (
        "FROM pages JOIN about ON about.id = pages.rowid WHERE pages MATCH ? AND about.category = ? AND about.year = ?",
        [match, filters.category, filters.year],
    )


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _phrase(text: str) -> str:
    return f"pairs : {_quoted(' '.join(pairs(text)))}"


def _all_of(text: str) -> str:
    tokens = [token for token in pairs(text) if token != "|"]
    return " AND ".join(f"pairs : {_quoted(token)}" for token in dict.fromkeys(tokens))
