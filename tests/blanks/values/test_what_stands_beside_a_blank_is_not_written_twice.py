"""Values that repeat what stands before or behind their blank: told with the place, never changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fanwen.blanks import Template, detect, read_story
from fanwen.blanks.fields import fields_of
from fanwen.blanks.story import Passage, Story
from fanwen.blanks.values.twice import Twice, twice, twice_in
from fanwen.cli import group
from tests.blanks.word_files import paragraph, run, write_word


def beside(line: str, value: str) -> Twice | None:
    """For the first blank of `line`."""
    return twice(detect(Story("docx", (Passage("p", "body", line),)))[0], value)


@pytest.mark.parametrize(
    ("line", "value", "rest"),
    [
        ("____县教育局", "砚川县", "砚川"),
        ("____县教育局", "砚川县教育局", "砚川"),
        ("召开《____》宣讲会", "《规划纲要》", "规划纲要"),
        ("精心____，周密部署", "精心组织", "组织"),
        ("工作内容：____。", "完成整改。", "完成整改"),
        ("共建成____所学校", "若干所", "若干"),
        ("由____ 学校承办", "渡口学校", "渡口"),
    ],
)
def test_what_would_stand_there_twice_is_told(line: str, value: str, rest: str) -> None:
    found = beside(line, value)
    assert found is not None
    assert found.rest == rest
    assert value in found.shown


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("总投入____万元", "1200万元"),
        ("第____批次", "第3批次"),
        ("第____届", "五届"),
        ("人民币（大写）____元整", "壹佰元整"),
        ("日期：____年____月____日", "2026年3月1日"),
        ("达____%", "43.5%"),
        ("____学校", "河源小学"),
        ("____县教育局", "砚川"),
        ("____县教育局", "县"),
        ("____2026年", "12"),
        ("____中心____中心", "____"),
    ],
)
def test_units_that_are_read_and_mere_chance_are_not(line: str, value: str) -> None:
    assert beside(line, value) is None


def test_the_document_gets_what_was_given_and_a_warning_names_the_place(tmp_path: Path) -> None:
    path = write_word(tmp_path / "t.docx", paragraph(run("由____县教育局组织，总投入____万元。")))
    report = Template(path).fill({"b1": "砚川县", "b2": "1200万元"}, tmp_path / "f.docx")
    assert read_story(tmp_path / "f.docx").passages[0].text == "由砚川县县教育局组织，总投入1200万元。"
    (warning,) = report.warnings
    assert "“由砚川县县教育局”" in str(warning)
    assert "“砚川”" in str(warning)
    # who says that it is to be written as it stands has seen it
    assert Template(path).fill({"b1": {"text": "砚川县"}}, tmp_path / "f.docx").warnings == ()


def test_the_command_warns(tmp_path: Path) -> None:
    path = write_word(tmp_path / "t.docx", paragraph(run("由____县教育局组织。")))
    out = tmp_path / "f.docx"
    said = CliRunner().invoke(group, ["fill", str(path), "--values", json.dumps({"b1": "砚川县"}), "-o", str(out)])
    assert said.exit_code == 0, said.output
    assert "“由砚川县县教育局”" in said.stderr


def test_no_value_is_proposed_that_is_wrong_elsewhere() -> None:
    lines = ("甲方：{{ place }}县教育局", "地点：{{ place }}")
    blanks = detect(Story("docx", tuple(Passage(f"p{at}", "body", line) for at, line in enumerate(lines))))
    (field,) = fields_of(blanks)
    found = twice_in(field, "砚川县")
    assert found is not None
    assert (found.part, found.rest) == ("县", "")


@given(
    st.text("县第》《ab1 _，", max_size=6), st.text("县第》《ab1 ，", max_size=6), st.text("县第》《ab1 ，", max_size=8)
)
def test_the_rest_is_never_empty_and_never_more_than_the_value(before: str, after: str, value: str) -> None:
    found = beside(f"填{before}____{after}", value)
    if found is not None:
        assert found.rest in value
        assert found.part
        assert len(found.rest) < len(value)
