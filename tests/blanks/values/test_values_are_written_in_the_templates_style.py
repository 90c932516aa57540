from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from fanwen.blanks import read_story
from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.fill import Template
from fanwen.blanks.types import Blank
from tests.blanks.holes import holes, numbered
from tests.blanks.word_files import paragraph, run, write_word

TODAY = datetime.date(2026, 11, 23)


def text_of(tmp_path: Path, lines: list[str], values: dict[str, Any], blanks_of: Any = None, **said: Any) -> str:
    """The first line after filling; blanks are the rules, with the properties `said` (or as `blanks_of` makes them)."""
    path = write_word(tmp_path / "a.docx", "".join(paragraph(run(line)) for line in lines))
    story = read_story(path)
    blanks: list[Blank] = blanks_of(story) if blanks_of else holes(story, **said)
    Template(path, blanks=blanks).fill(values, tmp_path / "b.docx", today=TODAY)
    return read_story(tmp_path / "b.docx").passages[0].text


@pytest.mark.parametrize(
    ("line", "unit", "value", "written"),
    [
        ("共_所", "所", 120, "共120所"),
        ("共_所", "所", "120所", "共120所"),
        ("共_所", "所", "一百二十", "共120所"),
        ("共_所", "所", "1,200", "共1200所"),
        ("共_所", "所", "１２００", "共1200所"),
        ("共_所", "所", "1200余", "共1200余所"),
        ("共_所", "所", "近1200", "共近1200所"),
        ("共_克", "千克", "3千克", "共3克"),
        ("共有三所中学、_所小学", "所", 12, "共有三所中学、十二所小学"),
        ("共有３所中学、_所小学", "所", 12, "共有３所中学、１２所小学"),
        ("达_%", "%", "95%", "达95%"),
        ("达_%", "%", "百分之九十五", "达95%"),
        ("达_%", "%", 43.5, "达43.5%"),
        ("投入_万元", "万元", 1200, "投入1200万元"),
        ("投入_万元", "万元", "12000000元", "投入1200万元"),
        ("投入_万元", "万元", "1200万", "投入1200万元"),
        ("投入_万元", "万元", "1.2亿元", "投入12000万元"),
        ("投入_亿元", "亿元", "12000万元", "投入1.2亿元"),
        ("投入_元", "元", "3.5万元", "投入35000元"),
        ("投入_元", "元", "￥1,200.00", "投入1200元"),
    ],
)
def test_a_number_fits_its_blank(tmp_path: Path, line: str, unit: str, value: Any, written: str) -> None:
    kind = "percent" if unit == "%" else "money" if "元" in unit else "number"
    assert text_of(tmp_path, [line], {"b1": value}, type=kind, unit=unit) == written


def test_a_hedge_that_the_template_has_is_not_said_twice(tmp_path: Path) -> None:
    assert text_of(tmp_path, ["近_人"], {"b1": "1200余"}, type="number", unit="人", hedge="近") == "近1200人"


def test_thousands_are_separated_where_the_template_does_so(tmp_path: Path) -> None:
    lines = ["共_元", "去年共1,500元"]
    assert text_of(tmp_path, lines, {"b1": 12000}, type="money", unit="元") == "共12,000元"


@pytest.mark.parametrize(
    ("line", "value", "written"),
    [
        ("金额（大写）：_", 1234.5, "金额（大写）：壹仟贰佰叁拾肆元伍角整"),
        ("金额（大写）：_", "12万元", "金额（大写）：壹拾贰万元整"),
        ("金额（大写）：_元整", 1234, "金额（大写）：壹仟贰佰叁拾肆元整"),
        ("金额（大写）：_", "壹仟元整", "金额（大写）：壹仟元整"),
        ("大写：伍元正，（大写）：_", 10, "大写：伍元正，（大写）：壹拾元正"),
    ],
)
def test_an_amount_is_written_in_words_where_it_is_asked_so(
    tmp_path: Path, line: str, value: Any, written: str
) -> None:
    assert text_of(tmp_path, [line], {"b1": value}, type="money") == written


@pytest.mark.parametrize(
    ("lines", "value", "written"),
    [
        (["第_届"], "五", "第五届"),
        (["第_届"], 5, "第5届"),
        (["第_届", "第三届"], 5, "第五届"),
        (["第_届"], "第5届", "第5届"),
    ],
)
def test_an_ordinal_is_written_as_the_others_are(tmp_path: Path, lines: list[str], value: Any, written: str) -> None:
    assert text_of(tmp_path, lines, {"b1": value}, type="ordinal", unit="届") == written


@pytest.mark.parametrize(
    ("lines", "value", "written"),
    [
        (["_年_月_日"], "2026-03-05", "2026年3月5日"),
        (["_年_月_日"], "2026/3/5", "2026年3月5日"),
        (["____年__月__日"], "今天", "2026年11月23日"),
        (["20__年_月"], "2026年3月", "2026年3月"),
        (["二〇__年_月_日"], "2026-03-15", "二〇二六年三月十五日"),
        (["_年_月_日", "二〇二五年一月一日"], "2026-03-15", "二〇二六年三月十五日"),
        (["_年_月_日", "二○二五年"], "2020-10-20", "二○二○年十月二十日"),
        (["２０__年_月", "１月"], "2026-03", "２０２６年３月"),
        (["____-__-__"], "2026-03-05", "2026-03-05"),
        (["_月_日", "2025年03月09日"], "3月5日", "03月05日"),
        (["_月_日_时_分"], "2026-03-05 9:05", "3月5日9时05分"),
        (["_月_日_时_分"], "2026-03-05", "3月5日_时_分"),
        (["_年_月_日星期_"], "2026-11-23", "2026年11月23日星期一"),
    ],
)
def test_a_date_is_spread_over_its_parts(tmp_path: Path, lines: list[str], value: Any, written: str) -> None:
    assert text_of(tmp_path, lines, {"g1": value}, type="date", group="g1") == written


def test_a_date_in_one_blank_is_written_out(tmp_path: Path) -> None:
    assert text_of(tmp_path, ["日期：____"], {"b1": "2026-03-05"}, type="date") == "日期：2026年3月5日"


def test_a_single_part_can_be_given_by_itself(tmp_path: Path) -> None:
    written = text_of(tmp_path, ["20__年_月"], {"b1": 2026, "b2": "三月"}, type="date", group="g1")
    assert written == "2026年3月"


@pytest.mark.parametrize(
    ("lines", "value", "written"),
    [
        (["性别：□男 □女"], "女", "性别：□男 ☑女"),
        (["性别：□男 □女", "√ 已核"], "女", "性别：□男 √女"),
        (["男□ 女□"], "男", "男☑ 女□"),
        (["□甲 □乙 □丙"], ["甲", "丙"], "☑甲 □乙 ☑丙"),
        (["☑甲 □乙"], "乙", "□甲 ☑乙"),
        (["○甲 ○乙"], "乙", "○甲 ●乙"),
    ],
)
def test_the_chosen_box_is_ticked(tmp_path: Path, lines: list[str], value: Any, written: str) -> None:
    def boxes(story: Any) -> list[Blank]:
        return holes(story, "[□☑○](?! 已)", type="choice", group="g1", kind="checkbox")

    assert text_of(tmp_path, lines, {"g1": value}, boxes) == written


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("number", True, "bad_value"),
        ("number", "120个", "bad_number"),
        ("number", [1], "bad_value"),
        ("date", "2月30日", "bad_date"),
        ("date", 12.5, "bad_date"),
        ("text", "\x07", "bad_character"),
        ("text", {"a": 1}, "bad_value"),
        ("choice", "也许", "bad_tick"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(tmp_path: Path, kind: Any, value: Any, code: str) -> None:
    with pytest.raises(ValueProblem) as error:
        text_of(tmp_path, ["共_所"], {"b1": value}, type=kind, unit="所", name="学校数")
    assert error.value.code == code
    assert "学校数" in str(error.value)


@pytest.mark.parametrize(("kind", "value"), [("number", "若干"), ("date", "待定"), ("money", "面议A&B")])
def test_text_where_a_figure_is_asked_for_is_written_with_a_warning_or_refused(
    tmp_path: Path, kind: Any, value: str
) -> None:
    path = write_word(tmp_path / "t.docx", paragraph(run("共_")))
    template = Template(path, blanks=holes(read_story(path), type=kind, name="学校数"))
    report = template.fill({"b1": value}, tmp_path / "o.docx")
    assert read_story(tmp_path / "o.docx").passages[0].text == f"共{value}"
    assert [value in str(warning) and "学校数" in str(warning) for warning in report.warnings] == [True]
    with pytest.raises(ValueProblem):
        template.filled({"b1": value}, strict=True)


def test_a_year_of_another_century_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueProblem) as error:
        text_of(tmp_path, ["20__年"], {"b1": "1998"}, type="date")
    assert error.value.code == "other_century"


def test_text_is_taken_as_it_is_where_that_is_asked(tmp_path: Path) -> None:
    assert text_of(tmp_path, ["共_所"], {"b1": {"text": "若干"}}, type="number", unit="所") == "共若干所"


def test_unknown_and_ambiguous_names_and_double_values_are_refused(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("甲_乙_丙_")))
    story = read_story(path)
    one, two, three = holes(story)
    from dataclasses import replace

    template = Template(
        path, blanks=numbered([replace(one, name="名"), replace(two, name="名"), replace(three, name="数")])
    )
    for values, code in (
        ({"无": 1, "没": 2}, "unknown_field"),
        ({"名": 1}, "ambiguous_field"),
        ({"数": 1, "b3": 2}, "twice"),
    ):
        with pytest.raises(ValueProblem) as error:
            template.filled(values)
        assert error.value.code == code


def test_a_fact_asked_twice_is_filled_twice_unless_it_is_given_twice(tmp_path: Path) -> None:
    def asked(story: Any) -> list[Blank]:
        from dataclasses import replace

        one, two = holes(story)
        return [one, replace(two, same_as="b1")]

    assert text_of(tmp_path, ["姓名_，签字_"], {"b1": "张明"}, asked) == "姓名张明，签字张明"
    assert text_of(tmp_path, ["姓名_，签字_"], {"b1": "张明", "b2": "代"}, asked) == "姓名张明，签字代"
