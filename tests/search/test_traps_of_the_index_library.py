"""What was learnt about tantivy and SQLite by measuring, each as a test of this engine."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import tantivy

from fanwen.search.engine import Count, IndexBusy
from fanwen.search.query import parse
from fanwen.search.snippets import snippet
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.tantivy.reader import KEYS
from fanwen.search.types import IndexedDocument, IndexedPage


def document(number: int, text: str) -> IndexedDocument:
    return IndexedDocument(str(number), f"标题{number}", page_count=1, pages=(IndexedPage(1, text),))


def found(engine: EmbeddedEngine, query: str) -> list[str]:
    return [hit.number for hit in engine.search(parse(query)).documents]


def test_documents_are_deleted_by_a_text_key_since_a_number_deletes_nothing(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.index([document(100_000_001, "人民法院"), document(100_000_002, "人民法院")])
    engine.commit(1)
    engine.delete(["100000001"])
    engine.commit(2)
    assert engine.count() == Count(1, 1)
    assert found(engine, "人民法院") == ["100000002"]
    engine.close()


def test_a_phrase_of_one_token_does_not_panic(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.index([document(100_000_001, "人民法院，税，c919")])
    engine.commit(1)
    for query in ('"人民"', '"税"', '"c919"', '"人"', "title:题", '-"人民"', "-税", "'"):
        engine.search(parse(query))
    view = engine.view()
    assert view is not None
    with pytest.raises(BaseException, match="more than one term") as panic:
        tantivy.Query.phrase_query(view.schema, "pairs", ["人民"])
    assert not isinstance(panic.value, Exception)  # if it is one day, the special case can go
    engine.close()


def test_an_index_opened_again_still_cuts_its_fields_into_our_tokens(tmp_path: Path) -> None:
    first = EmbeddedEngine(tmp_path)
    first.index([document(100_000_001, "人民法院")])
    first.commit(1)
    first.close()
    again = EmbeddedEngine(tmp_path)
    again.index([document(100_000_002, "学习人民法院")])
    again.commit(2)
    assert sorted(found(again, '"人民法院"')) == ["100000001", "100000002"]
    assert found(again, '"学习人民"') == ["100000002"]  # positions count up, so the order holds
    assert found(again, '"人民学习"') == []
    again.close()


def test_snippets_come_from_the_text_and_not_from_the_index() -> None:
    assert snippet(parse("学习"), "全镇学习材料。") == "全镇<mark>学习</mark>材料。"


def test_a_second_writer_is_told_that_the_index_is_busy_and_can_still_read(tmp_path: Path) -> None:
    first = EmbeddedEngine(tmp_path)
    first.index([document(100_000_001, "人民法院")])
    first.commit(1)
    second = EmbeddedEngine(tmp_path)
    with pytest.raises(IndexBusy):
        second.delete(["100000001"])
    assert found(second, "人民法院") == ["100000001"]
    first.index([document(100_000_002, "人民法院")])
    first.commit(2)
    assert len(found(second, "人民法院")) == 2
    first.close()
    second.delete(["100000001"])
    second.commit(3)
    assert found(second, "人民法院") == ["100000002"]
    second.close()


_WRITER = """
import sys
from pathlib import Path
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.types import IndexedDocument, IndexedPage

engine = EmbeddedEngine(Path(sys.argv[1]))
for batch in range(1, 10_000):
    engine.index(
        IndexedDocument(str(100_000_000 + batch * 10 + at), f"第{batch}批", page_count=1,
                        pages=(IndexedPage(1, f"第{batch}批的正文，全镇工作总结。" * 40),))
        for at in range(10)
    )
    engine.commit(batch)
    print(batch, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 3, 8])
def test_a_writer_killed_in_the_middle_leaves_the_last_commit_whole(tmp_path: Path, batches: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = 0
    while acknowledged < batches:
        acknowledged = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.wait()
    acknowledged = max([acknowledged, *map(int, rest)])
    engine = EmbeddedEngine(tmp_path)
    assert engine.sequence() in {acknowledged, acknowledged + 1}
    assert engine.count() == Count(10 * engine.sequence(), 10 * engine.sequence())
    engine.index([document(100_000_001, "之后还能写")])
    engine.commit(engine.sequence() + 1)
    assert found(engine, "之后还能写") == ["100000001"]
    engine.close()


def test_the_key_table_needs_nothing_newer_than_sqlite_of_debian_12(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.index([document(100_000_001, "人民法院")])
    engine.commit(1)
    generation = engine.generations.live()
    assert generation is not None
    with sqlite3.connect(generation / KEYS) as connection:
        schema = " ".join(sql or "" for (sql,) in connection.execute("SELECT sql FROM sqlite_master"))
    assert "fts5" not in schema.lower()
    assert "strict" not in schema.lower()
    engine.close()
