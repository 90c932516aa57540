from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.intake.app.proposals import proposals
from fanwen.library.models import Category, Document
from tests.factories import make_category, make_document, make_user


@pytest.fixture
def lin(english: Client) -> User:
    user = make_user("lin")
    english.force_login(user)
    return user


@pytest.fixture
def library(index: Callable[[], None]) -> dict[str, Category]:
    """Summaries and forms: each kind speaks of everything, and is called what it is."""
    offices = make_category("办公文档")
    categories = {name: make_category(name, offices) for name in ("工作总结", "登记表格", "讲话稿")}
    places = ("渡口", "码头", "灯塔", "水文站", "粮站", "苗圃")
    for place in places:
        make_document(
            ["work report"],
            title=f"{place}2024年工作总结",
            category=categories["工作总结"],
            tags=["年度总结", place],
        )
        make_document(
            ["table"],
            title=f"{place}物品登记表",
            category=categories["登记表格"],
            family="sheet",
            tags=["表格"],
        )
    make_document(["welcome"], title="开航仪式讲话稿", category=categories["讲话稿"])
    index()
    return categories


def test_a_summary_lands_among_the_summaries(library: dict[str, Category]) -> None:
    document = make_document(["The lock keeper reports."], title="船闸管理所2025年工作总结（送审稿）", family="word")
    proposal = proposals([document])[document.pk]
    assert proposal.category == library["工作总结"]
    assert proposal.tags == ("年度总结",)


def test_a_sheet_lands_among_the_forms(library: dict[str, Category]) -> None:
    document = make_document(["Names"], title="来访人员登记表", family="sheet")
    assert proposals([document])[document.pk].category == library["登记表格"]


def test_without_evidence_nothing_is_proposed(library: dict[str, Category]) -> None:
    document = make_document(["Zq vx"], title="Zq")
    assert proposals([document]) == {}
    Document.objects.exclude(pk=document.pk).update(category=None)
    document = make_document(["report"], title="某某工作来函")  # a third of a category's name
    assert document.pk not in proposals([document]) or proposals([document])[document.pk].category is None


def test_a_title_that_speaks_of_a_category_is_evidence_where_there_are_no_documents_yet(
    library: dict[str, Category],
) -> None:
    Document.objects.all().delete()
    document = make_document(["x"], title="某某工作总结")
    assert proposals([document])[document.pk].category == library["工作总结"]


def test_what_is_set_is_not_proposed_again(library: dict[str, Category]) -> None:
    document = make_document(["x"], title="堤防工作总结", category=library["讲话稿"], tags=["堤防"])
    assert proposals([document]) == {}


def test_private_neighbours_are_not_asked(library: dict[str, Category]) -> None:
    Document.objects.update(visibility="private")
    assert proposals([make_document(["x"], title="堤防总体来函")]) == {}


def test_a_proposal_is_shown_and_set_only_when_accepted(
    english: Client, lin: User, library: dict[str, Category]
) -> None:
    document = make_document(["The lock keeper reports."], title="船闸工作总结", uploader=lin)
    row = english.get(f"/upload/progress/?d={document.number}").json()["rows"]
    assert 'class="proposed"' in row
    assert "办公文档 / 工作总结" in row
    document.refresh_from_db()
    assert document.category is None
    said = {"category": library["工作总结"].pk, "tags": "年度总结"}
    answer = english.post(f"/d/{document.number}/accept/", said, HTTP_HX_REQUEST="true")
    assert "upload-row" in answer.content.decode()
    document.refresh_from_db()
    assert (document.title, document.category) == ("船闸工作总结", library["工作总结"])
    assert [tag.name for tag in document.tags.all()] == ["年度总结"]
    assert not document.title_given


def test_one_page_reviews_many(english: Client, lin: User, library: dict[str, Category]) -> None:
    documents = [make_document(["x"], title=f"{at}号闸工作总结", uploader=lin) for at in "甲乙丙"]
    other = make_document(["x"], title="别人的工作总结", uploader=make_user())
    html = english.get("/upload/review/").content.decode()
    assert html.count('class="proposed"') == 6
    assert "别人的" not in html
    said: dict[str, object] = {"number": [document.number for document in [*documents, other]]}
    for document in [*documents, other]:
        said |= {f"{document.number}-category": library["工作总结"].pk, f"{document.number}-tags": "甲，乙"}
    said[f"{documents[0].number}-title"] = "改过的标题"
    only = english.post("/upload/review/", {**said, "only": documents[1].number}, follow=True)
    assert "1 document saved." in only.content.decode()
    assert Document.objects.filter(uploader=lin, category=None).count() == 2
    english.post("/upload/review/", said)
    assert not Document.objects.filter(uploader=lin, category=None).exists()
    other.refresh_from_db()
    assert other.category is None
    documents[0].refresh_from_db()
    assert (documents[0].title, documents[0].title_given) == ("改过的标题", True)
    assert "There is nothing to review." in english.get("/upload/review/").content.decode()


def test_one_document_is_corrected_by_its_uploader_alone(
    english: Client, lin: User, library: dict[str, Category]
) -> None:
    document = make_document(["x"], title="堤防工作总结", uploader=lin, description="")
    html = english.get(f"/d/{document.number}/edit/").content.decode()
    assert f'<option value="{library["工作总结"].pk}" selected>' in html
    english.post(f"/d/{document.number}/edit/", {"title": " ", "category": "", "tags": "", "description": "About it."})
    document.refresh_from_db()
    assert (document.title, document.category, document.description) == ("堤防工作总结", None, "About it.")
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.get(f"/d/{document.number}/edit/").status_code == 404
    assert stranger.post(f"/d/{document.number}/accept/", {"category": ""}).status_code == 404
    assert Client().get(f"/d/{document.number}/edit/").status_code == 302


@pytest.mark.parametrize("key", ["", "x", "99999999", "9" * 30, "-1"])
def test_a_category_that_is_none_is_no_error(english: Client, lin: User, key: str) -> None:
    document = make_document(uploader=lin)
    assert english.post(f"/d/{document.number}/edit/", {"title": "a\0b", "category": key}).status_code == 302
