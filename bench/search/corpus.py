"""Pages made up from a dictionary's words, as often as language uses them, kept in a cache folder.

Word frequencies follow Zipf and Mandelbrot; documents have a topic whose words recur in them; words have favourite
successors, so that pairs repeat as they do in language; sentences and lines end where they would. The seed is fixed.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import rjieba
from pypinyin.phrases_dict import phrases_dict

from fanwen.search.types import IndexedDocument, IndexedPage

FIRST_NUMBER = 100_000_000
PER_DOCUMENT = 10
"""Pages of a document."""
CHARACTERS = 500
"""Characters of a page, about."""
FORMATS = ("docx", "doc", "pdf", "xlsx", "pptx", "wps")
YEARS = tuple(range(2015, 2027))
CATEGORIES = 40
UPLOADERS = 30
_PARTICLES = list("的和在了是为等对与及以有要并到中上年月日个从将由用不也就都而或其这各项新大一二三")
_TOPICS = 600
_TOPIC_WORDS = 300
_SEED = 20261123
_SHARE = 200
"""Documents that a process makes at a time."""
_LATIN = ("GDP", "5G", "AI", "C919", "PDF", "3.5%", "2024年", "第3章", "12.6亿元", "100%", "covid", "A级")


@dataclass(frozen=True)
class Corpus:
    """A corpus in an SQLite file: ``pages(number, page, text)``, keyed by document number and page."""

    path: Path
    pages: int
    text_bytes: int

    def connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False)

    def documents(self) -> Iterator[IndexedDocument]:
        connection = self.connect()
        cursor = connection.execute("SELECT number, page, text FROM pages ORDER BY number, page")
        for first in cursor:
            rows = [first, *cursor.fetchmany(PER_DOCUMENT - 1)]
            yield described(int(first[0]), tuple(IndexedPage(page, text) for _, page, text in rows))
        connection.close()


def described(number: int, pages: tuple[IndexedPage, ...]) -> IndexedDocument:
    """A document with the category, format, year and uploader that follow from its number."""
    chance = random.Random(number)
    leaf = chance.randrange(CATEGORIES) + 11
    return IndexedDocument(
        number=str(number),
        title=pages[0].text[:18].split("。")[0].replace("\n", ""),
        categories=(leaf % 10 + 1, leaf),
        format=chance.choices(FORMATS, (40, 20, 20, 8, 8, 4))[0],
        year=chance.choice(YEARS),
        uploader=f"user{chance.randrange(UPLOADERS)}",
        uploaded_at=1_400_000_000 + number % 100_000_000,
        page_count=len(pages),
        pages=pages,
    )


def folder() -> Path:
    """The cache folder: ``.cache/bench`` or what FANWEN_BENCH_CACHE names."""
    named = os.environ.get("FANWEN_BENCH_CACHE")
    return Path(named) if named else Path(__file__).resolve().parents[2] / ".cache" / "bench"


def corpus(pages: int) -> Corpus:
    """The corpus of `pages` pages, made if it is not in the cache yet."""
    path = folder() / f"pages-{pages}.sqlite3"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        _make(draft, pages)
        draft.replace(path)
    with sqlite3.connect(path) as connection:
        (size,) = connection.execute("SELECT bytes FROM size").fetchone()
    return Corpus(path, pages, int(size))


def vocabulary() -> list[str]:
    """Words, most frequent first: particles, then a dictionary's words by the segmenter's own counts."""
    jieba = rjieba.Jieba()
    words = [word for word in phrases_dict if 2 <= len(word) <= 4 and jieba.has_word(word)]
    words.sort(key=lambda word: (-jieba.suggest_freq(word), word))
    return [*_PARTICLES, *words]


class _Source:
    """Makes documents. Each follows from its place alone, so that several processes can share the work."""

    def __init__(self) -> None:
        chance = random.Random(_SEED)
        self._words = vocabulary()
        self._weights = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(self._words))))
        self._successors: dict[str, list[str]] = {}
        self._topics = [chance.choices(self._words, cum_weights=self._weights, k=_TOPIC_WORDS) for _ in range(_TOPICS)]

    def document(self, place: int) -> list[str]:
        """The texts of the pages of the document at `place`."""
        chance = random.Random(_SEED + place)
        topic = chance.choice(self._topics)
        needed = PER_DOCUMENT * CHARACTERS
        common = self._common(chance)
        pieces: list[str] = []
        length = 0
        left = chance.randint(5, 14)
        while length < needed:
            roll = chance.random()
            if roll < 0.3:
                word = topic[int(chance.random() ** 2 * _TOPIC_WORDS)]
            elif roll < 0.985:
                word = next(common)
            else:
                word = chance.choice(_LATIN)
            pieces.append(word)
            length += len(word)
            left -= 1
            if roll < 0.6 and left > 0:
                follower = self._after(word, chance)
                pieces.append(follower)
                length += len(follower)
                left -= 1
            if left <= 0:
                pieces.append(chance.choices("，。、；：？！", (55, 28, 8, 4, 2, 1, 1))[0])
                length += 1
                left = chance.randint(4, 13)
        return _laid_out("".join(pieces))

    def _common(self, chance: random.Random) -> Iterator[str]:
        while True:
            yield from chance.choices(self._words, cum_weights=self._weights, k=500)

    def _after(self, word: str, chance: random.Random) -> str:
        followers = self._successors.get(word)
        if followers is None:
            own = random.Random(f"{_SEED}{word}")
            followers = own.choices(self._words, cum_weights=self._weights, k=6)
            self._successors[word] = followers
        return followers[min(5, int(chance.expovariate(0.7)))]


def _laid_out(text: str) -> list[str]:
    """`text` cut into pages of lines of 36 characters."""
    cut = [text[at * CHARACTERS : (at + 1) * CHARACTERS] for at in range(PER_DOCUMENT)]
    return ["\n".join(page[at : at + 36] for at in range(0, len(page), 36)) for page in cut]


_source: _Source | None = None
"""Of a process that makes documents."""


def _start() -> None:
    global _source
    _source = _Source()


def _documents(places: range) -> list[list[str]]:
    assert _source is not None
    return [_source.document(place) for place in places]


def _make(path: Path, pages: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("CREATE TABLE pages (number INTEGER, page INTEGER, text TEXT, PRIMARY KEY (number, page))")
    connection.execute("CREATE TABLE size (bytes INTEGER)")
    documents = pages // PER_DOCUMENT
    shares = [range(at, min(at + _SHARE, documents)) for at in range(0, documents, _SHARE)]
    size = 0
    with multiprocessing.get_context("spawn").Pool(initializer=_start) as pool:
        for share, made in zip(shares, pool.imap(_documents, shares), strict=True):
            rows = [
                (FIRST_NUMBER + place, page, text)
                for place, texts in zip(share, made, strict=True)
                for page, text in enumerate(texts, 1)
            ]
            size += sum(len(text.encode()) for _, _, text in rows)
            connection.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows)
    connection.execute("INSERT INTO size VALUES (?)", (size,))
    connection.commit()
    connection.close()
