"""The form of a document with a table to go on with, optional passages and clauses of several wordings."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app.detection import find_blanks
from fanwen.blanks.app.models import Draft, Filled, Template
from fanwen.library.models import Document
from tests.blanks.app.conftest import no_office
from tests.factories import make_document


@pytest.fixture
def contract(folders: Any) -> Document:
    made = Docx()
    made.add_paragraph("甲方：________")
    made.add_paragraph("人员名单")
    table = made.add_table(2, 3)
    for cell, head in zip(table.rows[0].cells, ("姓名", "年龄（岁）", "单位"), strict=True):
        cell.text = head
    made.add_paragraph("【可选】争议由双方协商解决。")
    made.add_paragraph("【无附件】本合同无附件。")
    made.add_paragraph("【多个附件】附件如下。")
    held = io.BytesIO()
    made.save(held)
    document = make_document(original=held.getvalue(), family="word", title="合同", name="合同.docx")
    find_blanks(document, no_office)
    return document


def post(client: Client, document: Document, values: dict[str, str]) -> Any:
    kept = {"there-m1": "1", "keep-m1": "1", "rows-r1": "1"}
    return client.post(f"/d/{document.number}/fill/", {**kept, **values})


def content(client: Client, address: str) -> Any:
    return Docx(io.BytesIO(b"".join(client.get(f"{address}document").streaming_content)))


def test_the_form_shows_rows_once_and_what_may_be_left_out(english: Client, contract: Document) -> None:
    html = english.get(f"/d/{contract.number}/fill/").content.decode()
    assert html.count('name="f-r1-0-') == 3
    assert 'name="f-b2"' not in html
    assert "人员名单" in html
    assert 'name="keep-m1"' in html
    assert html.count('name="wording-c1"') == 3
    assert "2 facts to fill in" in html  # the party, and the list of people


def test_rows_are_added_and_removed_without_a_script(english: Client, contract: Document) -> None:
    html = post(english, contract, {"f-r1-0-b2": "林河", "add": "r1"}).content.decode()
    assert html.count('class="fill-row"') == 2
    assert "林河" in html
    html = post(english, contract, {"rows-r1": "2", "f-r1-1-b2": "周岚", "remove": "r1-0"}).content.decode()
    assert html.count('class="fill-row"') == 1
    assert Draft.objects.get().values["r1"] == [{"b2": "周岚"}]


def test_a_script_gets_the_rows_alone(english: Client, contract: Document) -> None:
    address = f"/d/{contract.number}/fill/rows/"
    html = english.post(address, {"rows-r1": "1", "f-r1-0-b2": "林河", "add": "r1"}).content.decode()
    assert html.count('class="fill-row"') == 2
    assert "<html" not in html
    assert english.post(address, {"add": "r9"}).status_code == 404


def test_rows_and_passages_are_filled_and_proved(english: Client, contract: Document) -> None:
    people = {"rows-r1": "4", "f-r1-0-b2": "林河", "f-r1-1-b2": "周岚", "f-r1-1-b3": "四十一"}
    answer = post(english, contract, {**people, "keep-m1": "", "wording-c1": "zero", "f-b1": "渡口小学"})
    assert answer.status_code == 302, answer.content.decode()
    filled = content(english, answer["Location"])
    rows = [[cell.text for cell in row.cells] for row in filled.tables[0].rows]
    assert rows[1:] == [["林河", "", ""], ["周岚", "41", ""]]
    assert "人员名单" not in Filled.objects.get().left
    assert [one.text for one in filled.paragraphs] == ["甲方：渡口小学", "人员名单", "本合同无附件。"]
    html = english.get(answer["Location"]).content.decode()
    assert "<dt>Other changes</dt><dd>none</dd>" in html
    assert "“人员名单” has 1 row more." in html
    assert "was left out" in html
    assert Filled.objects.get().left == []


def test_a_cell_that_does_not_fit_is_told_where_it_stands(english: Client, contract: Document) -> None:
    answer = post(english, contract, {"rows-r1": "2", "f-r1-0-b2": "林河", "f-r1-1-b3": "许多"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#field-3-2"' in html
    assert 'id="wrong-3-2"' in html
    insisted = post(english, contract, {"rows-r1": "2", "f-r1-1-b3": "许多", "w-r1-1-b3": "1"})
    assert content(english, insisted["Location"]).tables[0].rows[2].cells[1].text == "许多"


def test_switches_alone_are_something_and_nothing_is_nothing(english: Client, contract: Document) -> None:
    assert post(english, contract, {}).status_code == 422
    assert post(english, contract, {"keep-m1": ""}).status_code == 302
    assert post(english, contract, {"wording-c1": "many"}).status_code == 302


def test_odd_numbers_of_rows_do_no_harm(english: Client, contract: Document) -> None:
    for odd in ("x", "-1", "9" * 30, "²"):
        assert post(english, contract, {"rows-r1": odd, "f-b1": "x", "add": "r1"}).status_code == 200
    assert post(english, contract, {"remove": "r1-99", "rows-r1": "1"}).status_code == 200


def test_what_was_found_is_kept(contract: Document) -> None:
    kept = Template.objects.get()
    assert kept.repeats[0]["name"] == "人员名单"
    assert [one["id"] for one in kept.markings] == ["m1", "c1"]


def test_rows_of_which_only_an_added_one_is_filled_are_not_left_empty(english: Client, contract: Document) -> None:
    post(english, contract, {"rows-r1": "2", "f-r1-1-b2": "周岚"})
    assert Filled.objects.get().left == ["甲方"]
