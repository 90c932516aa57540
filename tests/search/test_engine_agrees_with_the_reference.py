"""The embedded engine finds exactly what looking at every page finds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanwen.search.query import parse
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.types import IndexedDocument, IndexedPage
from tests.search.reference_engine import ReferenceEngine

# Few characters, so that pairs recur: Han in both scripts, Latin, digits, wide forms, punctuation, breaks.
LETTERS = st.sampled_from(
    [*"人民法院学习學習", *"ab3", "Ａ", "３", "㎡", "，", "。", " ", "\n", "\u3000", ".", "%", "-"]
)
TEXTS = st.text(LETTERS, max_size=24)
QUERIES = st.one_of(
    TEXTS.map(lambda text: f'"{text}"'),
    TEXTS,
    st.lists(st.tuples(st.sampled_from(["", "-", "title:", '"']), TEXTS), max_size=3).map(
        lambda parts: " ".join(prefix + text for prefix, text in parts)
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pages=st.lists(st.lists(TEXTS, max_size=3), min_size=1, max_size=5),
    queries=st.lists(QUERIES, min_size=8, max_size=16),
)
def test_strict_matches_are_those_of_the_reference(pages: list[list[str]], queries: list[str]) -> None:
    documents = [
        IndexedDocument(
            str(100_000_000 + at),
            texts[0] if texts else "",
            page_count=len(texts),
            pages=tuple(IndexedPage(number, text) for number, text in enumerate(texts, 1)),
        )
        for at, texts in enumerate(pages)
    ]
    reference = ReferenceEngine()
    with tempfile.TemporaryDirectory() as folder:
        embedded = EmbeddedEngine(Path(folder))
        for engine in (reference, embedded):
            engine.index(documents)
            engine.commit(1)
        try:
            for query in queries:
                assert _strict(embedded, query) == _strict(reference, query), query
        finally:
            embedded.close()


def _strict(engine: EmbeddedEngine | ReferenceEngine, query: str) -> object:
    """What is found if nothing is widened: every clause made a phrase would not test words, so widened pages are cut."""
    plan = parse(query)
    if isinstance(engine, ReferenceEngine):
        return (
            {
                (number, page)
                for document in engine._committed.values()
                if not plan.document
                for number, page in engine._hits(document, plan)
            }
            if not plan.empty
            else set()
        )
    from fanwen.search.tantivy.queries import Queries
    from fanwen.search.tantivy.searching import hits
    from fanwen.search.types import EVERYTHING

    view = engine.view()
    assert view is not None
    strict = None if plan.empty else Queries(view.schema, view.searcher).strict(plan, EVERYTHING)
    return set() if strict is None else {(hit.number, hit.page) for hit in hits(view, strict, 1000, "relevance")}
