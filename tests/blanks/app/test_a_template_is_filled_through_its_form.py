"""/d/<number>/fill/ with a real Word file: the form, what it takes, and the document that comes of it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app.models import Draft, Filled, Origin, Remembered
from fanwen.library.models import Document
from tests.blanks.app.conftest import LINES
from tests.factories import make_user

VALUES = {
    "f-b1": "2026",
    "f-b2": "1,200",
    "f-b3": "980",
    "f-b4": "3500",
    "f-g1": "2026-11-23",
    "f-b8": "青禾镇中心小学",
    "f-g2": "是",
}


def post(client: Client, paper: Document, values: dict[str, Any]) -> Any:
    return client.post(f"/d/{paper.number}/fill/", values)


def finished(client: Client, paper: Document, values: dict[str, Any]) -> str:
    """The address of the finished document."""
    response = post(client, paper, values)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def texts(response: Any) -> list[str]:
    data = b"".join(response.streaming_content)
    return [paragraph.text for paragraph in Docx(io.BytesIO(data)).paragraphs]


def test_the_document_page_leads_to_the_form(english: Client, paper: Document) -> None:
    html = english.get(f"/d/{paper.number}/").content.decode()
    assert f'href="/d/{paper.number}/fill/"' in html
    assert "Use as template" in html


def test_blanks_and_fields_lead_to_each_other(english: Client, paper: Document) -> None:
    html = english.get(f"/d/{paper.number}/fill/").content.decode()
    fields = set(re.findall(r'id="field-(\d+)"', html))
    assert fields == {"1", "2", "3", "4", "5", "6", "7"}
    assert set(re.findall(r'href="#field-(\d+)"', html)) == fields
    assert set(re.findall(r'id="blank-(\d+)"', html)) == fields
    assert set(re.findall(r'href="#blank-(\d+)"', html)) == fields
    assert html.count('data-blank="g1"') == 3  # the parts of the date
    assert "<script>" not in html
    assert "style=" not in html


def test_only_the_blanks_change(english: Client, paper: Document) -> None:
    address = finished(english, paper, VALUES)
    html = english.get(address).content.decode()
    assert "<dt>Other changes</dt><dd>none</dd>" in html
    assert "<dt>Blanks changed</dt><dd>9</dd>" in html
    assert "<dt>Left empty</dt><dd>0</dd>" in html
    assert texts(english.get(f"{address}document")) == [
        "关于2026年度校舍修缮的报告",
        "全市共有学校1200所，其中竣工980所，总投入3500万元。",
        "验收时间：2026年11月23日",
        "学校名称：青禾镇中心小学",
        "是否竣工：☑是 □否",
    ]


def test_a_finished_document_is_made_again_when_its_file_is_gone(
    english: Client, paper: Document, folders: Any
) -> None:
    address = finished(english, paper, {"f-b2": "7"})
    (file,) = folders.filled.iterdir()
    file.unlink()
    assert "全市共有学校7所" in texts(english.get(f"{address}document"))[1]


def test_what_stays_empty_is_listed_and_left_as_it_was(english: Client, paper: Document) -> None:
    address = finished(english, paper, {"f-b2": "12"})
    left = Filled.objects.get().left
    assert len(left) == 6
    assert "学校名称" in left
    assert "学校名称" in english.get(address).content.decode()
    assert texts(english.get(f"{address}document"))[0] == LINES[0]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("f-b2", "许多", "竣工|学校"), ("f-g1", "2月30日", "验收时间"), ("f-g2", "也许", "是否竣工")],
)
def test_a_value_that_does_not_fit_is_told_by_name(
    english: Client, paper: Document, field: str, value: str, said: str
) -> None:
    response = post(english, paper, {**VALUES, field: value})
    html = response.content.decode()
    assert response.status_code == 422
    problem = re.search(r'<ul><li><a href="#field-\d">([^<]+)</a>', html)
    assert problem
    assert re.search(said, problem[1])
    assert "青禾镇中心小学" in html  # nothing that was typed is lost
    assert not Filled.objects.exists()


def test_a_value_may_be_insisted_on(english: Client, paper: Document) -> None:
    refused = post(english, paper, {"f-b2": "许多"}).content.decode()
    assert 'name="w-b2"' in refused
    address = finished(english, paper, {"f-b2": "许多", "w-b2": "1"})
    assert texts(english.get(f"{address}document"))[1].startswith("全市共有学校许多所")
    assert re.search(r'name="w-b2" value="1" checked', english.get(f"/d/{paper.number}/fill/").content.decode())


def test_messages_are_in_the_visitors_language(client: Client, paper: Document) -> None:
    response = client.post(f"/d/{paper.number}/fill/", {"f-b2": "许多"}, headers={"accept-language": "zh-CN"})
    assert "“许多”不是数字" in response.content.decode()


def test_a_date_may_be_picked_instead_of_typed(english: Client, paper: Document) -> None:
    address = finished(english, paper, {"p-g1": "2026-03-05"})
    assert texts(english.get(f"{address}document"))[2] == "验收时间：2026年3月5日"


def test_values_are_text_and_never_markup(english: Client, paper: Document) -> None:
    value = '<b>&amp; "引号" {{ settings }} 🏫'
    address = finished(english, paper, {"f-b8": value})
    assert texts(english.get(f"{address}document"))[3] == f"学校名称：{value}"
    assert "<b>&amp;amp;" not in (html := english.get(address).content.decode())
    assert "&lt;b&gt;&amp;amp;" in html


def test_an_empty_form_makes_no_document(english: Client, paper: Document) -> None:
    response = post(english, paper, {})
    assert response.status_code == 422
    assert "Nothing has been filled in yet." in response.content.decode()


def test_a_draft_is_there_when_its_visitor_comes_back_and_nobody_elses(english: Client, paper: Document) -> None:
    saved = english.post(f"/d/{paper.number}/fill/draft/", {"f-b8": "云溪小学"}, headers={"hx-request": "true"})
    assert "Draft saved at" in saved.content.decode()
    assert "云溪小学" in english.get(f"/d/{paper.number}/fill/").content.decode()
    assert "云溪小学" not in Client().get(f"/d/{paper.number}/fill/").content.decode()
    english.post(f"/d/{paper.number}/fill/anew/")
    assert "云溪小学" not in english.get(f"/d/{paper.number}/fill/").content.decode()


def test_a_visitors_draft_and_finished_document_go_along_when_they_sign_in(english: Client, paper: Document) -> None:
    user = make_user("lin")
    address = finished(english, paper, {"f-b8": "云溪小学"})
    english.post("/login/", {"username": "lin", "password": "correct horse"})
    assert english.get(address).status_code == 200
    assert Draft.objects.get().user == user
    assert Client().get(address).status_code == 404


def test_a_value_given_once_is_offered_by_the_next_template(english: Client, paper: Document, make_paper: Any) -> None:
    from fanwen.blanks.app.detection import find_blanks
    from tests.blanks.app.conftest import no_office

    finished(english, paper, {"f-b8": "云溪小学", "remember": "1"})
    other = make_paper(("关于开学工作的通知", "学校名称：________", "电话：________"))
    find_blanks(other, no_office)
    html = english.get(f"/d/{other.number}/fill/").content.decode()
    assert "Last time: 云溪小学" in html
    taken = post(english, other, {"take": "b1"}).content.decode()
    assert re.search(r"<textarea[^>]*>\s*云溪小学</textarea>", taken)
    assert "云溪小学" not in Client().get(f"/d/{other.number}/fill/").content.decode()


def test_values_are_only_remembered_when_asked_to(english: Client, paper: Document) -> None:
    finished(english, paper, {"f-b8": "云溪小学"})
    assert not Remembered.objects.exists()


def test_a_finished_document_is_published_and_names_its_template(english: Client, paper: Document) -> None:
    user = make_user("lin")
    english.force_login(user)
    address = finished(english, paper, VALUES)
    response = english.post(f"{address}publish/", {"title": "二〇二六年修缮报告"})
    made = Origin.objects.get(template=paper).document
    assert response["Location"] == f"/d/{made.number}/"
    assert made.title == "二〇二六年修缮报告"
    assert made.uploader == user
    assert paper.number in made.description
    html = english.get(f"/d/{made.number}/").content.decode()
    assert f'Made from the template <a href="/d/{paper.number}/">' in html
    assert english.post(f"{address}publish/", {"title": "again"})["Location"] == f"/d/{made.number}/"
    assert Document.objects.count() == 2


def test_publishing_needs_an_account(english: Client, paper: Document) -> None:
    address = finished(english, paper, VALUES)
    assert english.post(f"{address}publish/", {"title": "x"})["Location"].startswith("/login/")
    assert Document.objects.count() == 1
