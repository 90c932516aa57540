"""The form proposes a value without what stands beside its blank already, and asks before it writes it twice."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app.detection import find_blanks
from fanwen.blanks.app.models import Draft
from fanwen.library.models import Document
from tests.blanks.app.conftest import no_office
from tests.factories import make_document


@pytest.fixture
def letter(folders: Any) -> Document:
    made = Docx()
    made.add_paragraph("由____县教育局组织。")
    made.add_paragraph("主要措施：")
    made.add_paragraph("1．____；")
    held = io.BytesIO()
    made.save(held)
    document = make_document(original=held.getvalue(), family="word", title="函", name="函.docx")
    find_blanks(document, no_office)
    return document


def post(client: Client, document: Document, path: str = "", **values: str) -> Any:
    rows = {"rows-r1": "1", "f-r1-0-b2": "巡查"}
    return client.post(
        f"/d/{document.number}/fill/{path}", {**rows, **{k.replace("_", "-"): v for k, v in values.items()}}
    )


def test_it_is_asked_about_before_the_document_is_made(english: Client, letter: Document) -> None:
    answer = post(english, letter, f_b1="砚川县")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "“由砚川县县教育局”" in html
    assert 'name="trim" value="b1" data-take="砚川"' in html
    assert post(english, letter, f_b1="砚川县", anyway="1").status_code == 302
    assert post(english, letter, f_b1="砚川").status_code == 302


def test_one_click_takes_the_value_without_it(english: Client, letter: Document) -> None:
    html = post(english, letter, f_b1="砚川县", trim="b1").content.decode()
    assert 'data-take="砚川"' not in html
    assert Draft.objects.get().values["b1"] == "砚川"
    html = post(english, letter, f_b1="砚川", f_r1_0_b2="加强巡查；", trim="r1-0-b2").content.decode()
    assert Draft.objects.get().values["r1"] == [{"b2": "加强巡查"}]
    # nothing to take: nothing changes
    post(english, letter, f_b1="砚川", trim="b9")
    assert Draft.objects.get().values["b1"] == "砚川"


def test_it_is_told_while_one_types_and_the_hint_goes_with_its_cause(english: Client, letter: Document) -> None:
    said = post(english, letter, "draft/", f_b1="砚川县", base="{}").content.decode()
    assert '<div class="fill-twice" id="twice-1" hx-swap-oob="true"><p' in said
    assert "由砚川县县教育局" in said
    said = post(english, letter, "draft/", f_b1="砚川", base='{"b1": "砚川县"}').content.decode()
    assert '<div class="fill-twice" id="twice-1" hx-swap-oob="true"></div>' in said
    assert "twice-1" not in post(english, letter, "draft/", f_b1="砚川", base='{"b1": "砚川"}').content.decode()
