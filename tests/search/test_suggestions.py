from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.types import IndexedDocument, IndexedPage


def document(number: int, title: str, text: str = "正文", tags: tuple[str, ...] = ()) -> IndexedDocument:
    return IndexedDocument(str(100_000_000 + number), title, tags, page_count=1, pages=(IndexedPage(1, text),))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path)
    engine.index(
        [
            document(1, "清溪镇教育局简报（第3期）"),
            document(2, "柳河县教育局简报", "各校开展防汛值班演练。"),
            document(3, "2024年银行行动方案", "银行的行动方案，防汛物资。", tags=("应急预案",)),
            document(4, "Annual report 2024", "The annual report covers harbour traffic."),
        ]
    )
    engine.commit(1)
    yield engine
    engine.close()


def texts(engine: EmbeddedEngine, typed: str, kind: str) -> list[str]:
    return [suggestion.text for suggestion in engine.suggest(typed) if suggestion.kind == kind]


def test_a_phrase_of_two_titles_is_frequent(engine: EmbeddedEngine) -> None:
    assert "教育局简报" in texts(engine, "教育", "phrase")
    assert "教育局简报" in texts(engine, "jyjjb", "phrase")
    assert "银行行动" not in texts(engine, "银行", "phrase")


def test_a_phrase_is_no_longer_frequent_when_its_documents_are_gone(engine: EmbeddedEngine) -> None:
    engine.delete(["100000001", "100000002"])
    engine.commit(2)
    assert texts(engine, "教育", "phrase") == []
    assert texts(engine, "教育", "title") == []


def test_words_of_the_pages_are_suggested_by_their_frequency(engine: EmbeddedEngine) -> None:
    assert texts(engine, "fangx", "phrase")[0] == "防汛"


def test_a_word_is_read_in_its_context(engine: EmbeddedEngine) -> None:
    assert "2024年银行行动方案" in texts(engine, "yinhangxingdong", "title")
    assert "2024年银行行动方案" in texts(engine, "yhxd", "title")


def test_swapped_and_superfluous_letters_are_forgiven(engine: EmbeddedEngine) -> None:
    assert "教育局简报" in texts(engine, "jyjbj", "phrase")
    assert "柳河县教育局简报" in texts(engine, "jyjjjb", "title")


def test_titles_in_latin_letters_and_tags_are_suggested(engine: EmbeddedEngine) -> None:
    assert "Annual report 2024" in texts(engine, "annual", "title")
    assert "Annual report 2024" in texts(engine, "Report", "title")


def test_the_beginning_of_a_number_names_its_documents(engine: EmbeddedEngine) -> None:
    assert texts(engine, "10000000", "number")
    assert [suggestion.number for suggestion in engine.suggest("100000003")] == ["100000003"]


def test_each_text_is_suggested_once_and_no_more_than_asked_for(engine: EmbeddedEngine) -> None:
    found = engine.suggest("j", limit=3)
    assert len(found) <= 3
    found = engine.suggest("jiaoyu")
    assert len({(suggestion.kind, suggestion.text) for suggestion in found}) == len(found)


def test_indexing_a_document_again_counts_it_once(engine: EmbeddedEngine) -> None:
    for sequence in (2, 3):
        engine.index([document(3, "2024年银行行动方案")])
        engine.commit(sequence)
    assert "银行行动" not in texts(engine, "银行", "phrase")
