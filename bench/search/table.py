"""The rows: both arms built from one corpus, asked the same, timed end to end."""

from __future__ import annotations

import gc
import multiprocessing
import re
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.search.corpus import FIRST_NUMBER, Corpus, corpus, folder
from bench.search.fts5 import Fts5
from bench.search.questions import Asked, questions
from fanwen.search.highlight import pattern
from fanwen.search.query import Plan, parse
from fanwen.search.snippets import snippet
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.tantivy.queries import Queries

_ADDING_SECONDS = 20.0
_ADD_EVERY = 0.5
P99_MS = 20.0
TIMES = 10.0
RATE = 2_000.0
SIZE = 1.4
SLOWER = 1.5


def measure(pages: int) -> list[dict[str, Any]]:
    made = corpus(pages)
    place = folder() / f"run-{pages}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        return _measure(made, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _measure(made: Corpus, place: Path) -> list[dict[str, Any]]:
    engine = EmbeddedEngine(place / "index")
    our_rate = _timed(made, lambda documents: _fill(engine, documents))
    our_size = _size(place / "index") / made.text_bytes
    theirs = Fts5(place / "fts5.sqlite3", FIRST_NUMBER)
    their_rate = _timed(made, theirs.index)
    their_size = _size(place, "fts5*") / made.text_bytes
    texts = made.connect()
    scale = f"{made.pages:,} pages"
    gc.collect()
    gc.freeze()  # as a web process does once it has loaded
    rows = [
        _row(f"indexing, {scale}", our_rate, their_rate, "pages/s", f"at least {RATE:,.0f}", our_rate >= RATE),
        _row(f"index beside the text, {scale}", our_size, their_size, "times", f"at most {SIZE}", our_size <= SIZE),
    ]
    asked = questions(made)
    for name, queries in asked.items():
        ours = _times(queries, lambda query: search(engine, texts, query))
        fts5 = _times(queries, lambda query: search_fts5(theirs, engine, texts, query))
        for label, share in (("p50", 0.5), ("p99", 0.99)):
            mine, other = _share(ours, share), _share(fts5, share)
            goal = f"at most {P99_MS:.0f}, {TIMES:.0f} times less" if label == "p99" else ""
            met = mine <= P99_MS and other >= TIMES * mine if goal else None
            rows.append(_row(f"search, {name}, {label}, {scale}", mine, other, "ms", goal, met))
    rows.append(_while_adding(place, engine, texts, asked["two words"], scale))
    engine.close()
    theirs.close()
    return rows


def search(engine: EmbeddedEngine, texts: sqlite3.Connection, query: Asked) -> int:
    """One search as the site does it: planner, engine, total, texts from the catalogue, snippets."""
    plan = parse(query.text)
    found = engine.search(plan, query.filters, limit=10, facets=query.facets)
    pages = [(int(hit.number), max(1, hit.pages[0].page)) for hit in found.documents]
    return _snippets(plan, texts, pages)


def search_fts5(theirs: Fts5, engine: EmbeddedEngine, texts: sqlite3.Connection, query: Asked) -> int:
    """The same by FTS5; document frequencies come from the other arm, for nothing."""
    view = engine.view()
    assert view is not None
    queries = Queries(view.schema, view.searcher)
    plan = parse(query.text)
    pages, _ = theirs.search(plan, lambda each: queries.telling_parts(each), query.filters, facets=query.facets)
    return _snippets(plan, texts, pages)


def _snippets(plan: Plan, texts: sqlite3.Connection, pages: list[tuple[int, int]]) -> int:
    shown = 0
    for key in pages:
        (text,) = texts.execute("SELECT text FROM pages WHERE number = ? AND page = ?", key).fetchone()
        shown += len(snippet(plan, text))
    return shown


def _times(queries: list[Asked], run: Callable[[Asked], int]) -> list[float]:
    """Milliseconds of each query, after a warm-up with a few of them. No arm finds patterns that the other had compiled."""
    pattern.cache_clear()
    re.purge()
    for query in queries[:10]:
        run(query)
    times: list[float] = []
    for query in queries:
        began = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _while_adding(
    place: Path, engine: EmbeddedEngine, texts: sqlite3.Connection, queries: list[Asked], scale: str
) -> dict[str, Any]:
    """p99 of searches while another process adds a document every half second, beside p99 without that."""
    alone = _for_a_while(engine, texts, queries)
    engine.close()
    context = multiprocessing.get_context("spawn")
    ready, stop = context.Event(), context.Event()
    process = context.Process(target=_add, args=(place / "index", ready, stop))
    process.start()
    ready.wait(60)
    busy = _for_a_while(engine, texts, queries)
    stop.set()
    process.join()
    mine, before = _share(busy, 0.99), _share(alone, 0.99)
    row = _row(
        f"search while adding, p99, {scale}", mine, before, "ms", f"at most {SLOWER} times", mine <= SLOWER * before
    )
    return row | {"row": f"search while adding documents beside without, p99, {scale}"}


def _for_a_while(engine: EmbeddedEngine, texts: sqlite3.Connection, queries: list[Asked]) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + _ADDING_SECONDS
    while time.monotonic() < end:
        times += _times(queries[10:], lambda query: search(engine, texts, query))
    return times


def _add(index: Path, ready: Any, stop: Any) -> None:
    from fanwen.search.types import IndexedDocument, IndexedPage

    engine = EmbeddedEngine(index)
    sequence = engine.sequence()
    page = IndexedPage(1, "全镇召开防汛工作会议，安排值班与物资储备。" * 25)
    engine.writer()
    ready.set()
    while not stop.wait(_ADD_EVERY):
        sequence += 1
        pages = tuple(replace(page, number=number) for number in range(1, 11))
        engine.index([IndexedDocument(str(900_000_000 + sequence), "防汛简报", page_count=10, pages=pages)])
        engine.commit(sequence)
    engine.close()


def _fill(engine: EmbeddedEngine, documents: Iterable[Any]) -> int:
    pages = engine.index(documents)
    engine.commit(1)
    return pages


def _timed(made: Corpus, index: Callable[[Iterable[Any]], int]) -> float:
    """Pages a second."""
    began = time.perf_counter()
    pages = index(made.documents())
    return pages / (time.perf_counter() - began)


def _size(place: Path, pattern: str = "**/*") -> int:
    return sum(path.stat().st_size for path in place.glob(pattern) if path.is_file())


def _share(times: list[float], share: float) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]


def _row(name: str, ours: float, theirs: float, unit: str, goal: str, met: bool | None) -> dict[str, Any]:
    return {"row": name, "ours": round(ours, 2), "theirs": round(theirs, 2), "unit": unit, "goal": goal, "met": met}
