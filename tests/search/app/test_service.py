from __future__ import annotations

from fanwen.library.models import Document
from fanwen.search.app import asked, changes, service
from fanwen.search.app.models import SearchedFor
from fanwen.search.app.writer import IndexWriter
from fanwen.search.types import Filters, Results
from tests.search.app.conftest import MakeDocument


def test_without_an_index_nothing_is_found_and_nothing_raises(db: None) -> None:
    assert not service.available()
    assert service.find("人民").documents == ()
    assert service.suggest("人民") == []
    assert service.related("123456789") == []


def test_hits_carry_safe_snippets_and_titles(make_document: MakeDocument, writer: IndexWriter) -> None:
    make_document("<b>防汛</b>简报", "各村安排防汛值班 <script>。")
    writer.step()
    (hit,) = service.find("防汛").documents
    assert hit.title == "&lt;b&gt;<mark>防汛</mark>&lt;/b&gt;简报"
    assert hit.pages[0].snippet == "各村安排<mark>防汛</mark>值班 &lt;script&gt;。"


def test_a_number_alone_puts_its_document_first(make_document: MakeDocument, writer: IndexWriter) -> None:
    make_document("别的文件", "参见文件 123456789 的附件。")
    make_document("要找的文件", "正文。", number="123456789")
    writer.step()
    found = service.find("123456789")
    assert [hit.title for hit in found.documents] == ["要找的文件", "别的文件"]
    assert found.total == 2
    assert service.find("987654321").documents == ()


def test_a_working_document_is_listed_by_title(make_document: MakeDocument, writer: IndexWriter) -> None:
    make_document("正在转换的报告", status=Document.Status.WORKING)
    writer.step()
    (hit,) = service.find("正在转换").documents
    assert hit.pages[0].page == 0


def test_results_can_be_asked_for_by_page(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("简报", *(f"第{at}页防汛值班" for at in range(1, 9)))
    writer.step()
    found = service.find("防汛值班", grouped=False, limit=3, offset=2)
    assert [(hit.number, len(hit.pages)) for hit in found.documents] == [(document.number, 1)] * 3
    assert found.total == 8
    grouped = service.find("防汛值班", pages=20)
    assert len(grouped.documents) == 1


def test_all_pages_of_one_document_can_be_asked_for(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("简报", *(f"第{at}页防汛值班" for at in range(1, 9)))
    writer.step()
    found = service.find("防汛值班", Filters(document=document.number), limit=1, pages=50)
    assert sorted(page.page for page in found.documents[0].pages) == list(range(1, 9))


def test_another_spelling_is_offered_when_little_is_found(make_document: MakeDocument, writer: IndexWriter) -> None:
    make_document("简报", "各村安排防汛值班。")
    writer.step()
    assert service.find("房讯值班").did_you_mean == "防汛值班"
    assert service.find("防汛值班").did_you_mean == ""


def test_related_documents_come_with_titles(make_document: MakeDocument, writer: IndexWriter) -> None:
    first = make_document("防汛简报", "各村安排防汛值班，检查堤坝。")
    second = make_document("堤坝检查通知", "检查堤坝，安排防汛物资。")
    make_document("食堂菜单", "周一红烧茄子。")
    writer.step()
    assert [(hit.number, hit.title) for hit in service.related(first.number)] == [(second.number, "堤坝检查通知")]


def test_spans_of_matches_are_offsets_of_the_page() -> None:
    text = "在人民\n法院旁听"
    assert service.matches('"人民法院"', text) == [(1, 6)]


def test_queries_are_counted_without_what_looks_like_personal_data(db: None) -> None:
    for query in ("防汛值班", " 防汛值班 ", "110101199003070000", "lin@example.org", "电话 13800138000", "税"):
        service.log(query)
    service.log("长" * 300)
    asked.write()
    assert {(row.query, row.times) for row in SearchedFor.objects.all()} == {("防汛值班", 2), ("长" * 100, 1)}


def test_what_others_searched_for_is_suggested_and_named_as_related(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    make_document("简报", "各村安排防汛值班。")
    make_document("通知", "各村检查防汛物资。")
    writer.step()
    for _ in range(3):
        service.log("防汛应急预案")
    asked.write()
    asked.forget()
    assert "防汛应急预案" in [suggestion.text for suggestion in service.suggest("防汛")]
    assert "防汛应急预案" in service.find("防汛").related


def test_related_searches_add_words_of_the_best_pages(make_document: MakeDocument, writer: IndexWriter) -> None:
    for at in range(3):
        make_document(f"简报{at}", "各村安排防汛值班，检查水库堤坝。")
    writer.step()
    related = service.find("防汛").related
    assert related
    assert all(query.startswith("防汛 ") for query in related)


def test_a_deleted_document_is_left_out_before_the_writer_has_seen_it(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    document = make_document("简报", "各村安排防汛值班。")
    writer.step()
    changes.note(document.number)
    document.delete()
    found: Results = service.find("防汛")
    assert found.documents == ()
