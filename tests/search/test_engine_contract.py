"""What every engine does alike."""

from __future__ import annotations

import pytest

from fanwen.search.engine import Count, Engine
from fanwen.search.query import parse
from fanwen.search.types import EVERYTHING, Filters, IndexedDocument, IndexedPage


def document(number: int, title: str, *pages: str, **fields: object) -> IndexedDocument:
    texts = tuple(IndexedPage(at, text) for at, text in enumerate(pages, 1))
    return IndexedDocument(str(100_000_000 + number), title, pages=texts, page_count=len(pages), **fields)  # type: ignore[arg-type]


LIBRARY = [
    document(
        1,
        "清溪镇教育局简报（第3期）",
        "人民群众学习民法之后去法院旁听。全镇税务工作平稳。",
        "教育局召开会议，部署防汛值班。各校要纳税申报。",
        tags=("简报", "防汛"),
        categories=(1, 2),
        category="政务/简报",
        format="docx",
        year=2024,
        uploader="lin",
        uploaded_at=1_700_000_000,
        reads=3,
    ),
    document(
        2,
        "人民法院工作报告",
        "人民法院在 2023 年審理案件，比上年增长3.5%。C919 飞机首飞，20世纪的工作。",
        categories=(1,),
        category="政务",
        format="pdf",
        year=2023,
        uploader="wang",
        uploaded_at=1_710_000_000,
    ),
    document(
        3,
        "防汛预案",
        *(f"第{page}页：防汛值班与物资清单。" for page in range(1, 8)),
        format="docx",
        year=2023,
        uploaded_at=1_690_000_000,
        reads=12,
        template=True,
    ),
]


READ_AS_OFTEN = [
    (1, 0, 1_600_000_000),
    (2, 5, 1_500_000_000),
    (3, 0, 1_700_000_000),
    (4, 3_000_000_000, 1_400_000_000),
]
"""Documents by number, reads and time of upload."""


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.index(LIBRARY)
    engine.commit(7)
    return engine


def pages(engine: Engine, query: str, filters: Filters = EVERYTHING) -> set[tuple[int, int]]:
    """(document, page) of all strict matches."""
    results = engine.search(parse(query), filters, limit=100, grouped=False)
    return {(int(hit.number) - 100_000_000, page.page) for hit in results.documents for page in hit.pages}


def documents(engine: Engine, query: str, filters: Filters = EVERYTHING) -> list[int]:
    return [int(hit.number) - 100_000_000 for hit in engine.search(parse(query), filters).documents]


def test_a_new_engine_is_empty(engine: Engine) -> None:
    assert engine.count() == Count(0, 0)
    assert engine.sequence() == 0
    assert engine.search(parse("人民")).total == 0
    assert engine.suggest("人") == []
    assert engine.correct(parse("人民")) == ""
    assert engine.related("100000001", "人民") == []
    assert engine.top_words(["人民"]) == []


def test_what_was_committed_is_counted_with_its_sequence(filled: Engine) -> None:
    assert filled.count() == Count(3, 10)
    assert filled.sequence() == 7


def test_nothing_is_found_before_the_commit(engine: Engine) -> None:
    engine.index(LIBRARY)
    assert engine.search(parse("人民")).total == 0
    engine.commit(1)
    assert engine.search(parse("人民")).total == 2


def test_a_phrase_is_found_as_it_stands_and_not_as_its_parts(filled: Engine) -> None:
    assert pages(filled, '"人民法院"') == {(2, 1)}
    assert pages(filled, "“人民法院”") == {(2, 1)}
    assert pages(filled, "「学习民法」") == {(1, 1)}


def test_words_need_no_spaces_and_may_stand_apart(filled: Engine) -> None:
    found = filled.search(parse("防汛值班 会议"))
    assert [page.page for page in found.documents[0].pages][:1] == [2]
    assert found.documents[0].number == "100000001"


def test_one_character_is_found_anywhere(filled: Engine) -> None:
    assert pages(filled, "税") == {(1, 1), (1, 2)}
    assert pages(filled, "页") == {(3, page) for page in range(1, 8)}
    assert pages(filled, "报") >= {(1, 2)}


@pytest.mark.parametrize("query", ["审理", "審理", "ｃ９１９", "C919", "3.5%", "20世纪", "2023年"])
def test_width_case_script_and_mixed_tokens_make_no_difference(filled: Engine, query: str) -> None:
    assert documents(filled, query)[0] == 2


def test_a_part_of_a_number_or_of_a_latin_word_is_not_it(filled: Engine) -> None:
    assert pages(filled, '"919"') == set()
    assert pages(filled, '"3.5"') == {(2, 1)}
    assert pages(filled, '"5%"') == set()


def test_excluded_words_leave_pages_out(filled: Engine) -> None:
    assert pages(filled, "“防汛值班” -会议") == {(3, page) for page in range(1, 8)}
    assert pages(filled, "“人民” -“飞机首飞”") == {(1, 1)}
    assert documents(filled, "防汛 -title:预案") == [1]


def test_a_title_is_searched_alone(filled: Engine) -> None:
    assert documents(filled, "title:报告") == [2]
    assert documents(filled, "标题：“教育局简报”") == [1]
    assert documents(filled, "title:飞机") == []


def test_tags_and_categories_are_found(filled: Engine) -> None:
    assert documents(filled, "政务")[0] in {1, 2}
    assert 1 in documents(filled, "防汛")


def test_one_document_is_searched_alone(filled: Engine) -> None:
    assert documents(filled, "防汛 in:100000003") == [3]
    assert documents(filled, "防汛", Filters(document="100000001")) == [1]
    assert documents(filled, "in:100000002") == [2]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(category=1), {1, 2}),
        (Filters(category=2), {1}),
        (Filters(category=9), set()),
        (Filters(category=-1), set()),
        (Filters(format="docx"), {1, 3}),
        (Filters(year=2023), {2, 3}),
        (Filters(uploader="wang"), {2}),
        (Filters(length="1"), {2}),
        (Filters(length="2-5"), {1}),
        (Filters(length="6-20"), {3}),
        (Filters(format="docx", year=2023), {3}),
        (Filters(template=True), {3}),
        (Filters(template=True, year=2024), set()),
    ],
)
def test_filters_narrow_and_are_enough_by_themselves(filled: Engine, filters: Filters, wanted: set[int]) -> None:
    assert set(documents(filled, "", filters)) == wanted


def test_an_empty_query_finds_nothing(filled: Engine) -> None:
    assert filled.search(parse("")).total == 0
    assert filled.search(parse("，。- “”")).total == 0


def test_results_are_grouped_by_document_and_counted_by_page(filled: Engine) -> None:
    found = filled.search(parse("“物资清单”"))
    assert [hit.number for hit in found.documents] == ["100000003"]
    assert len(found.documents[0].pages) == 5
    assert found.total == 7


def test_a_header_counts_only_where_no_page_was_found(filled: Engine) -> None:
    assert filled.search(parse("“人民法院”")).total == 1
    found = filled.search(parse("“工作报告”"))
    assert found.total == 1
    assert [page.page for page in found.documents[0].pages] == [0]


def test_pages_of_results_follow_one_another(filled: Engine) -> None:
    plan = parse("“防汛值班”")
    whole = filled.search(plan, limit=10, grouped=False).documents
    parts = [
        hit
        for offset in range(0, 10, 3)
        for hit in filled.search(plan, limit=3, offset=offset, grouped=False).documents
    ]
    assert [(hit.number, hit.pages[0].page) for hit in parts] == [(hit.number, hit.pages[0].page) for hit in whole]
    assert len(whole) == 8


def test_the_newest_come_first_if_asked(filled: Engine) -> None:
    hits = filled.search(parse("“防汛”"), sort="newest").documents
    assert [hit.number for hit in hits] == ["100000001", "100000003"]


def test_those_read_most_come_first_if_asked(filled: Engine) -> None:
    hits = filled.search(parse("“防汛”"), sort="reads").documents
    assert [hit.number for hit in hits] == ["100000003", "100000001"]


def test_of_documents_read_as_often_the_newest_come_first(engine: Engine) -> None:
    engine.index(document(n, "通知", "防汛。", reads=reads, uploaded_at=at) for n, reads, at in READ_AS_OFTEN)
    engine.commit(1)
    hits = engine.search(parse("防汛"), sort="reads").documents
    assert [int(hit.number) - 100_000_000 for hit in hits] == [4, 2, 3, 1]
    browsed = engine.search(parse(""), Filters(length="1"), sort="reads").documents
    assert [int(hit.number) - 100_000_000 for hit in browsed] == [4, 2, 3, 1]


def test_few_matches_are_widened_by_pages_with_some_of_the_words(filled: Engine) -> None:
    found = filled.search(parse("人民法院 物资清单"))
    assert found.widened
    assert {hit.number for hit in found.documents} >= {"100000002", "100000003"}


def test_phrases_are_not_widened(filled: Engine) -> None:
    found = filled.search(parse("“人民法院” “物资清单”"))
    assert not found.widened
    assert found.total == 0


def test_facets_count_what_was_found(filled: Engine) -> None:
    facets = filled.search(parse("“防汛值班”"), facets=True).facets
    assert {facet.value: facet.count for facet in facets["year"]} == {"2023": 7, "2024": 1}
    assert {facet.value: facet.count for facet in facets["category"]} == {"1": 1, "2": 1}
    assert {facet.value: facet.count for facet in facets["format"]} == {"docx": 8}
    assert {facet.value: facet.count for facet in facets["length"]} == {"6-20": 7, "2-5": 1}
    assert {facet.value: facet.count for facet in facets["uploader"]} == {"lin": 1}
    assert {facet.value: facet.count for facet in facets["template"]} == {"1": 7}


def test_many_documents_found_by_title_alone_are_all_counted(engine: Engine) -> None:
    engine.index(document(number, f"第{number}号通知") for number in range(1, 301))
    engine.commit(1)
    found = engine.search(parse("“号通知”"), limit=10, facets=True)
    assert found.total == 300
    assert sum(facet.count for facet in found.facets["length"]) == 300


def test_facets_add_up_to_the_total(filled: Engine) -> None:
    for query in ("人民法院", "防汛", "“人民法院”", "教育局简报 物资清单"):
        found = filled.search(parse(query), facets=True)
        assert sum(facet.count for facet in found.facets["year"]) == found.total, query


def test_indexing_again_replaces(filled: Engine) -> None:
    filled.index([document(2, "另一个标题", "换了正文。")])
    filled.commit(8)
    assert filled.count() == Count(3, 10)
    assert pages(filled, '"人民法院"') == set()
    assert pages(filled, '"换了正文"') == {(2, 1)}
    assert filled.suggest("人民法院") == []


def test_a_deleted_document_is_gone_and_an_unknown_one_no_error(filled: Engine) -> None:
    filled.delete(["100000002", "999999999"])
    filled.commit(9)
    assert filled.count() == Count(2, 9)
    assert pages(filled, '"人民法院"') == set()


def test_a_rebuild_replaces_everything(filled: Engine) -> None:
    filled.rebuild(LIBRARY[:1], 20)
    assert filled.count() == Count(1, 2)
    assert filled.sequence() == 20
    assert documents(filled, "人民") == [1]
    filled.index(LIBRARY[1:2])
    filled.commit(21)
    assert filled.count() == Count(2, 3)


@pytest.mark.parametrize("typed", ["教育", "清溪", "教育局简", "jiaoyuju", "jyjjb", "jyjbj", "qxz", "JYJ"])
def test_titles_are_suggested_by_characters_pinyin_and_initials(filled: Engine, typed: str) -> None:
    assert "100000001" in [suggestion.number for suggestion in filled.suggest(typed)]


def test_a_homophone_is_corrected(filled: Engine) -> None:
    assert filled.correct(parse("房讯值班")) == "防汛值班"
    assert filled.correct(parse("防汛值班")) == ""


def test_related_documents_share_words_and_leave_the_document_itself_out(filled: Engine) -> None:
    text = "\n\n".join(page.text for page in LIBRARY[2].pages)
    found = [number for number, _ in filled.related("100000003", text, title="防汛预案")]
    assert found == ["100000001"]


def test_top_words_are_of_the_texts(filled: Engine) -> None:
    words = filled.top_words([LIBRARY[0].pages[1].text])
    assert "值班" in words or "防汛" in words
    assert all(word in LIBRARY[0].pages[1].text for word in words)
