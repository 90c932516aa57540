from __future__ import annotations

import json

from click.testing import CliRunner, Result

from fanwen.cli import related, search
from fanwen.library.models import Category
from fanwen.search.app.writer import IndexWriter
from tests.search.app.conftest import MakeDocument


def run(*arguments: str) -> Result:
    return CliRunner().invoke(search.command, list(arguments))


def test_search_prints_one_json_document_of_pages(make_document: MakeDocument, writer: IndexWriter) -> None:
    parent = Category.objects.create(name="政务")
    category = Category.objects.create(name="简报", parent=parent)
    document = make_document("二月简报", "第一页。", "各村安排防汛值班。", category=category)
    writer.step()
    result = run("防汛值班", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer.keys() == {"query", "total", "took_ms", "hits"}
    assert answer["query"] == "防汛值班"
    assert answer["total"] == 1
    (hit,) = answer["hits"]
    assert hit.pop("score") > 0
    assert hit == {
        "number": document.number,
        "title": "二月简报",
        "page": 2,
        "snippet": "各村安排<mark>防汛值班</mark>。",
        "format": "docx",
        "category": ["政务", "简报"],
    }


def test_filters_limit_and_offset_narrow(make_document: MakeDocument, writer: IndexWriter) -> None:
    parent = Category.objects.create(name="政务")
    child = Category.objects.create(name="简报", parent=parent)
    inside = make_document("甲", *["各村安排防汛值班。"] * 3, category=child, format="pdf", uploader="lin")
    make_document("乙", "各村安排防汛值班。", uploader="wang")
    writer.step()

    def pages(*arguments: str) -> list[tuple[str, int]]:
        return [(hit["title"], hit["page"]) for hit in json.loads(run("防汛值班", *arguments, "--json").stdout)["hits"]]

    assert len(pages()) == 4
    assert {title for title, _ in pages("--category", "政务")} == {"甲"}
    assert {title for title, _ in pages("--category", "政务/简报")} == {"甲"}
    assert {title for title, _ in pages("--format", "PDF")} == {"甲"}
    assert {title for title, _ in pages("--uploader", "wang")} == {"乙"}
    assert {title for title, _ in pages("--in", inside.number)} == {"甲"}
    assert pages("--year", "1999") == []
    assert pages("--limit", "2") == pages()[:2]
    assert pages("--limit", "2", "--offset", "1") == pages()[1:3]


def test_an_unknown_category_is_named(db: None) -> None:
    result = run("防汛", "--category", "没有的")
    assert result.exit_code == 1
    assert "没有的" in result.stderr


def test_people_get_titles_pages_and_marks(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("二月简报", "各村安排防汛值班。")
    writer.step()
    result = run("防汛值班")
    assert result.exit_code == 0, result.output
    assert f"二月简报  {document.number}  page 1" in result.stdout
    assert "1 page" in result.stdout


def test_without_an_index_people_are_told(db: None) -> None:
    assert "fanwen reindex" in run("防汛").stdout


def test_related_lists_documents(make_document: MakeDocument, writer: IndexWriter) -> None:
    first = make_document("防汛简报", "各村安排防汛值班，检查堤坝。")
    second = make_document("堤坝检查通知", "检查堤坝，安排防汛物资。")
    writer.step()
    result = CliRunner().invoke(related.command, [first.number, "--json"])
    assert [hit["number"] for hit in json.loads(result.stdout)] == [second.number]
    assert second.number in CliRunner().invoke(related.command, [first.number]).stdout
    assert CliRunner().invoke(related.command, ["999999999"]).exit_code == 1
