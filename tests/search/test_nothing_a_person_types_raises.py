from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fanwen.search.highlight import matches
from fanwen.search.query import parse
from fanwen.search.snippets import mark, snippet
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.types import IndexedDocument, IndexedPage

PAGE = "人民群众学习民法之后去法院旁听。GB/T 9704—2012，增长3.5%，c++ 与 C# 。"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    engine.index([IndexedDocument("100000001", "人民法院工作报告", page_count=1, pages=(IndexedPage(1, PAGE),))])
    engine.commit(1)
    yield engine
    engine.close()


TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from([*'"“”「」-:： \n\t()[]{}*?~^\\/+&|!', *"人民a1%.", "title:", "in:", "标题："]), max_size=20
    ).map("".join),
)


@settings(max_examples=100, deadline=None)
@given(typed=TYPED)
@example(typed="\ud800")
@example(typed="\x00人民")
@example(typed="*:* AND [a TO b]")
@example(typed="in:123456789 " * 60)
@example(typed="人" * 5000)
@example(typed="²³¼🀄︎ ᄀᄁ ｶﾞ e\u0301")
@example(typed="in:²²²²²²²²²")
@example(typed="١٢٣٤٥٦٧٨٩")
def test_every_text_is_a_query(engine: EmbeddedEngine, typed: str) -> None:
    plan = parse(typed)
    engine.search(plan, facets=True)
    engine.suggest(typed)
    engine.correct(plan)
    spans = matches(plan, PAGE)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(PAGE) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    snippet(plan, typed)
    mark(plan, typed)
