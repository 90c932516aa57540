"""What someone filled in before, proposed where another template asks for the same fact; and their page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fanwen.blanks.app.detection import find_blanks
from fanwen.blanks.app.models import Draft, Remembered
from fanwen.blanks.same_fact import NEAR, SURE, Asked, likeness
from fanwen.library.models import Document
from tests.blanks.app.conftest import no_office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("学校名称", "organization"), ("单位名称", "organization")),
        (("校名", "organization"), ("申报单位", "text")),
        (("我校地址", "place"), ("学校地址", "text")),
        (("联系电话", "phone"), ("手机号码", "phone")),
        (("投入资金（万元）", "money", "万元"), ("投入资金", "money", "万元")),
    ],
)
def test_other_words_for_a_fact_are_known(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert likeness(Asked(*one), Asked(*other)) >= SURE
    assert likeness(Asked(*other), Asked(*one)) >= SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [(("帮扶学校名称", "organization"), ("学校名称", "organization")), (("班主任姓名", "person"), ("姓名", "person"))],
)
def test_near_names_are_proposed_but_not_sure(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert NEAR <= likeness(Asked(*one), Asked(*other)) < SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("学校数", "number", "所"), ("小学校数", "number", "所")),
        (("投入资金", "money", "万元"), ("投入资金", "money", "元")),
        (("姓名", "person"), ("日期", "date")),
        (("开工日期", "date"), ("竣工时间", "date")),
        (("", "text"), ("", "text")),
    ],
)
def test_other_facts_are_kept_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert likeness(Asked(*one), Asked(*other)) < NEAR


@pytest.fixture
def next_paper(make_paper: Callable[..., Document]) -> Document:
    document = make_paper(("申报单位：________", "帮扶学校名称：________", "联系电话：________"), title="申报书")
    find_blanks(document, no_office)
    return document


def given(client: Client, paper: Document) -> None:
    client.post(f"/d/{paper.number}/fill/", {"f-b8": "云溪小学", "remember": "1"})


def test_a_value_is_proposed_under_another_name_and_never_filled_in(
    english: Client, paper: Document, next_paper: Document
) -> None:
    given(english, paper)
    html = english.get(f"/d/{next_paper.number}/fill/").content.decode()
    assert "Last time: 云溪小学" in html
    assert "Perhaps, as for “学校名称”: 云溪小学" in html
    assert 'value="云溪小学"' not in html
    english.post(f"/d/{next_paper.number}/fill/", {"take": "mine"})
    assert Draft.objects.get(document=next_paper).values == {"b1": "云溪小学"}  # not the one that is only near
    english.post(f"/d/{next_paper.number}/fill/", {"take": "b2", "f-b1": "云溪小学"})
    assert Draft.objects.get(document=next_paper).values == {"b1": "云溪小学", "b2": "云溪小学"}


def test_ones_values_are_seen_corrected_added_and_forgotten(
    english: Client, paper: Document, next_paper: Document
) -> None:
    assert "Nothing is remembered yet" in english.get("/values/").content.decode()
    given(english, paper)
    row = Remembered.objects.get()
    assert "云溪小学" in english.get("/values/").content.decode()
    assert "云溪小学" not in Client().get("/values/").content.decode()

    english.post("/values/", {"key": row.pk, "value": "渡口小学"})
    english.post("/values/", {"name": "电话", "value": "0731-000000"})
    html = english.get(f"/d/{next_paper.number}/fill/").content.decode()
    assert "Last time: 渡口小学" in html
    assert "0731-000000" in html

    other: Any = Client()
    other.post("/values/", {"key": row.pk, "value": "别校"})
    other.post("/values/", {"forget": "1"})
    assert Remembered.objects.count() == 2

    english.post("/values/", {"key": row.pk, "delete": "1", "value": "渡口小学"})
    assert Remembered.objects.get().name == "电话"
    for odd in ({"key": "x"}, {"key": "9" * 40, "value": "x"}, {"name": "", "value": "x"}, {}):
        assert english.post("/values/", odd).status_code == 302
    english.post("/values/", {"forget": "1"})
    assert not Remembered.objects.exists()
