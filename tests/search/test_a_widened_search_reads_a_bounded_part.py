"""A search that is widened looks up its rarest parts, and of the frequent ones no more than can be read in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanwen.search.query import parse
from fanwen.search.tantivy import EmbeddedEngine, queries
from fanwen.search.tantivy.queries import Queries
from fanwen.search.types import IndexedDocument, IndexedPage

QUESTION = "灯塔码头渡船堤岸"


def engine_of(folder: Path) -> EmbeddedEngine:
    """灯塔 is on one page, 码头 on two, 渡船 on four and 堤岸 on eight; many pages hold none of them."""
    engine = EmbeddedEngine(folder)
    words = {"灯塔": 1, "码头": 2, "渡船": 4, "堤岸": 8}
    texts = ["。".join(word for word, pages in words.items() if page < pages) or "无关" for page in range(60)]
    pages = tuple(IndexedPage(number, text) for number, text in enumerate(texts, 1))
    engine.index([IndexedDocument("100000001", "海岸记录", page_count=60, pages=pages)])
    engine.commit(1)
    return engine


def telling(engine: EmbeddedEngine) -> set[str]:
    view = engine.view()
    assert view is not None
    parts = Queries(view.schema, view.searcher).telling_parts(parse(QUESTION))
    return {token for _, token in parts} & {"灯塔", "码头", "渡船", "堤岸"}


def test_all_parts_are_looked_up_where_that_is_quick(tmp_path: Path) -> None:
    engine = engine_of(tmp_path)
    assert telling(engine) == {"灯塔", "码头", "渡船", "堤岸"}
    engine.close()


def test_the_most_frequent_parts_are_left_out_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(tmp_path)
    monkeypatch.setattr(queries, "_MOST_READ", 7)
    assert telling(engine) == {"灯塔", "码头", "渡船"}
    monkeypatch.setattr(queries, "_MOST_READ", 1)
    assert telling(engine) == {"灯塔", "码头"}, "two are kept at least"
    engine.close()
