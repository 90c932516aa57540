"""The key table: what typed beginnings, pinyin, initials and misspellings lead to. One SQLite file beside the index.

It holds the titles of documents under every word they may be remembered by, and terms: words of the texts and frequent
phrases of the titles. Each document's share is replaced as a whole, so applying a change twice does no harm.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fanwen.search.analysis import TOKEN, cut, phrases
from fanwen.search.folding import canonical, is_han
from fanwen.search.pinyin import spell

HAN, PINYIN, INITIALS = 0, 1, 2
_TABLES = """
CREATE TABLE IF NOT EXISTS titles (number INTEGER PRIMARY KEY, title TEXT NOT NULL, tags TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS starts (
    kind INTEGER NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, key, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS terms (
    term TEXT PRIMARY KEY, pinyin TEXT NOT NULL, initials TEXT NOT NULL, titles INTEGER NOT NULL, word INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS terms_pinyin ON terms (pinyin) WHERE pinyin != '';
CREATE INDEX IF NOT EXISTS terms_initials ON terms (initials) WHERE initials != '';
CREATE TABLE IF NOT EXISTS near (key TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID;
"""
_KEPT = {HAN: 10, PINYIN: 20, INITIALS: 8}
"""Characters of a title's key that are kept."""
_MOST_STARTS = 6
_LONGEST_LATIN = 20
_MOST_TERMS = 400_000
_LARGE_LOG = 4_000_000
_FREQUENT = 2
"""Titles that make a phrase a frequent one."""


def deletions(term: str) -> set[str]:
    """`term` with each one character left out. Two terms one mistake apart share such a key, or one is a key of the other.

    Source: W. Garbe, SymSpell (2012).
    """
    return {term[:at] + term[at + 1 :] for at in range(len(term))}


def has_near_keys(term: str) -> bool:
    """Whether misspellings of `term` are looked for: three Han characters or four Latin letters at least."""
    return 3 <= len(term) <= 8 if is_han(term[0]) else 4 <= len(term) <= _LONGEST_LATIN


class KeyTable:
    """The key table in the file `path`. One process writes, any number read."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._path = path
        self._local = threading.local()
        self._known: set[str] = set()
        self._writer: sqlite3.Connection | None = None
        if write:
            self._writer = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._writer.execute("PRAGMA journal_mode=WAL")
            self._writer.execute("PRAGMA synchronous=NORMAL")
            self._writer.executescript(_TABLES)
            self._known = self._read_known()

    def _read_known(self) -> set[str]:
        """Words that are entered; a phrase that only titles have is not among them."""
        assert self._writer is not None
        return {term for (term,) in self._writer.execute("SELECT term FROM terms WHERE word")}

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """What `statement` selects. A table that is not there yet has no rows."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        try:
            if connection is None:
                connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=2, check_same_thread=False)
                connection.execute("PRAGMA query_only=1")
                self._local.connection = connection
            return connection.execute(statement, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error) or "no such table" in str(error):
                return []
            raise

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A transaction; what is put in or taken out within it is seen after it."""
        assert self._writer is not None
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._writer.execute("ROLLBACK")
            self._known = self._read_known()
            raise
        self._writer.execute("COMMIT")
        if self._path.with_name(self._path.name + "-wal").stat().st_size > _LARGE_LOG:
            # A large batch leaves a log of its size, which would stay; readers at work only postpone this.
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def put(self, number: str, title: str, tags: Iterable[str]) -> None:
        """Enter a document's title and tags, in place of those it had."""
        self.remove(number)
        assert self._writer is not None
        plain_tags = [plain for tag in tags if (plain := canonical(tag).strip())]
        self._writer.execute("INSERT INTO titles VALUES (?, ?, ?)", (int(number), title, "\n".join(plain_tags)))
        self._writer.executemany(
            "INSERT OR IGNORE INTO starts VALUES (?, ?, ?)",
            [(kind, key, int(number)) for kind, key in _starts(title)],
        )
        for phrase in _title_terms(title, plain_tags):
            self._count(phrase)

    def _count(self, phrase: str) -> None:
        """One more title has `phrase`. It can be found by sound from the second on: one alone is found by its title."""
        assert self._writer is not None
        ((titles, pinyin),) = self._writer.execute(
            "INSERT INTO terms VALUES (?, '', '', 1, 0) ON CONFLICT (term) DO UPDATE SET titles = titles + 1"
            " RETURNING titles, pinyin",
            (phrase,),
        )
        if titles == _FREQUENT and not pinyin:
            self._writer.execute(
                "UPDATE terms SET pinyin = ?, initials = ? WHERE term = ?", (*spell(cut(phrase)), phrase)
            )

    def remove(self, number: str) -> None:
        """Take a document's title and tags out."""
        assert self._writer is not None
        row = self._writer.execute("SELECT title, tags FROM titles WHERE number = ?", (int(number),)).fetchone()
        if row is None:
            return
        title, tags = row
        self._writer.execute("DELETE FROM titles WHERE number = ?", (int(number),))
        self._writer.executemany(
            "DELETE FROM starts WHERE kind = ? AND key = ? AND number = ?",
            [(kind, key, int(number)) for kind, key in _starts(title)],
        )
        self._writer.executemany(
            "UPDATE terms SET titles = titles - 1 WHERE term = ?",
            [(phrase,) for phrase in _title_terms(title, tags.split("\n") if tags else [])],
        )

    def learn(self, words: Iterable[str]) -> None:
        """Enter words of a text that are not known yet."""
        for word in words:
            if word not in self._known and len(self._known) < _MOST_TERMS:
                self._known.add(word)
                if _is_term(word):
                    self._enter(word)

    def _enter(self, word: str) -> None:
        assert self._writer is not None
        pinyin, initials = spell([word]) if is_han(word[0]) else ("", "")
        self._writer.execute(
            "INSERT INTO terms VALUES (?, ?, ?, 0, 1) ON CONFLICT (term) DO UPDATE"
            " SET pinyin = excluded.pinyin, initials = excluded.initials, word = 1",
            (word, pinyin, initials),
        )
        if has_near_keys(word):
            self._writer.executemany(
                "INSERT OR IGNORE INTO near VALUES (?, ?)", [(key, word) for key in deletions(word)]
            )

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def _is_term(word: str) -> bool:
    if is_han(word[0]):
        return 2 <= len(word) <= 12
    return word.isalpha() and 4 <= len(word) <= _LONGEST_LATIN


def _title_terms(title: str, tags: list[str]) -> set[str]:
    """The phrases of a title, its words and the document's tags."""
    terms = set(tags)
    for run in TOKEN.findall(canonical(title)):
        if is_han(run[0]):
            parts = cut(run)
            terms |= phrases(parts)
            terms.update(part for part in parts if len(part) > 1)
    return {term for term in terms if len(term) > 1}


def _starts(title: str) -> set[tuple[int, str]]:
    """The keys a title is found under: from its beginning and from each of its words on."""
    parts = cut(canonical(title))
    keys: set[tuple[int, str]] = set()
    for at in range(min(len(parts), _MOST_STARTS)):
        rest = parts[at : at + 12]
        if at and len(rest[0]) == 1:
            continue
        pinyin, initials = spell(rest)
        for kind, key in ((HAN, "".join(rest)), (PINYIN, pinyin), (INITIALS, initials)):
            if len(key) > 1 or at == 0:
                keys.add((kind, key[: _KEPT[kind]]))
    return keys
