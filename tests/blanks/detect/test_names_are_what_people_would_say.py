"""Names of blanks where nothing right before them says what they ask for."""

from __future__ import annotations

import pytest

from fanwen.blanks import detect
from fanwen.blanks.story import Passage, Story


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("合同编号：YC-20__-___      签订地点：________县", ["合同编号（年）", "合同编号", "签订地点"]),
        ("联系电话：0756-____", ["联系电话"]),
        ("_所项目校", ["项目校（所）"]),
        ("租期至2026年底止。用途为□居住 □办公", ["用途：居住", "用途：办公"]),
        ("元（大写：____）。支付方式为□月付 □季付", ["大写", "支付方式：月付", "支付方式：季付"]),
        ("是否竣工：□是 □否", ["是否竣工：是", "是否竣工：否"]),
        ("Name: ____", ["Name"]),
    ],
)
def test_a_name_is_the_label_of_the_line_or_the_question(line: str, names: list[str]) -> None:
    assert [blank.name for blank in detect(Story("docx", (Passage("p", "body", line),)))] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("I recommend [Name of student] without reservation.", ["Name of student"]),
        ("Address: [Insert the address of the company]", ["Address"]),
        ("This is to certify that [Enter the name of the employee] works here.", ["name of the employee"]),
        ("兹证明[学生姓名]同学在我校就读。", ["学生姓名"]),
        ("项目由【请填写单位名称】负责实施。", ["单位名称"]),
        ("联系人：【请填写】", ["联系人"]),
        (
            "[Describe one lesson or project in which the student showed curiosity.]",
            ["Describe one lesson or project in which…"],
        ),
    ],
)
def test_a_prompt_is_named_by_its_own_words(line: str, names: list[str]) -> None:
    assert [blank.name for blank in detect(Story("docx", (Passage("p", "body", line),)))] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "In a year group of ____ students, he won the ____ prize.",
            ["a year group of … students", "he won the … prize"],
        ),
        ("I have taught her for ____ years.", ["have taught her for … years"]),
    ],
)
def test_an_english_phrase_is_closed_by_the_word_behind_the_blank(line: str, names: list[str]) -> None:
    assert [blank.name for blank in detect(Story("docx", (Passage("p", "body", line),)))] == names


@pytest.mark.parametrize(
    ("line", "type_"), [("Their project on ____ won.", "text"), ("It was signed on ____.", "date")]
)
def test_on_a_subject_is_no_date(line: str, type_: str) -> None:
    assert [blank.type for blank in detect(Story("docx", (Passage("p", "body", line),)))] == [type_]


@pytest.mark.parametrize(
    ("line", "type_"),
    [
        ("I teach at [School name].", "organization"),
        ("To: {{university_name}}", "organization"),
        ("This is to certify that [Name of employee] works for us.", "person"),
        ("This is to certify that [Name of the company] pays.", "organization"),
        ("[Describe one lesson, 80 to 120 words, at a cost of 30 USD.]", "text"),
    ],
)
def test_an_english_prompt_asks_for_the_kind_it_names(line: str, type_: str) -> None:
    assert [blank.type for blank in detect(Story("docx", (Passage("p", "body", line),)))] == [type_]
