"""Rules and values: units, hedges, percentages, dates, and what can't be judged."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.blanks import detect
from fanwen.blanks.errors import RuleError
from fanwen.blanks.fields import Field, fields_of
from fanwen.blanks.fill import Template
from fanwen.blanks.rules import check, parse, propose
from fanwen.blanks.rules.check import resolve
from fanwen.blanks.story import Passage, Story
from tests.blanks.app.conftest import write_docx

LINES = (
    "全市共有项目学校____所，其中竣工____所，竣工率达____%，总投入____亿元，到位资金____万元。",
    "租期：自____年____月____日起至____年____月____日止",
    "开工日期：____年____月____日",
    "竣工日期：____年____月____日",
    "同比增长____%。",
)
TODAY = datetime.date(2026, 11, 26)


def fields(*lines: str) -> tuple[Field, ...]:
    return fields_of(detect(Story("docx", tuple(Passage(f"p{at}", "body", line) for at, line in enumerate(lines)))))


FIELDS = fields(*LINES)
IDS = {"总数": "b1", "竣工": "b2", "竣工率": "b3", "总投入": "b4", "到位资金": "b5", "起": "g1", "止": "g2"}


def broken(rule: str, **values: str) -> list[str]:
    return [
        str(one) for one in check([parse(rule)], FIELDS, {IDS[name]: value for name, value in values.items()}, TODAY)
    ]


def test_a_part_is_not_more_than_its_total() -> None:
    rule = "竣工 <= 全市共有项目学校"
    assert broken(rule, 总数="300", 竣工="400所") == ["竣工 (400所) should not be more than 全市共有项目学校 (300所)."]
    assert broken(rule, 总数="300", 竣工="三百") == []
    assert broken(rule, 总数="1,200", 竣工="１２００") == []


def test_units_are_reckoned_with() -> None:
    rule = "到位资金 <= 总投入"
    assert broken(rule, 总投入="1.2", 到位资金="11000") == []
    assert broken(rule, 总投入="1.2", 到位资金="12100")
    assert broken(rule, 总投入="12000万元", 到位资金="1.3亿元")
    assert broken(rule, 总投入="1.2亿元", 到位资金="119999999元") == []


def test_a_hedge_leaves_room() -> None:
    rule = "竣工 <= 全市共有项目学校"
    assert broken(rule, 总数="300余", 竣工="310") == []
    assert broken(rule, 总数="近300", 竣工="301")
    assert broken(rule, 总数="约300", 竣工="320") == []
    assert broken(rule, 总数="约300", 竣工="340")


def test_percentages_are_held_against_counts() -> None:
    rule = "竣工率 = 竣工 / 全市共有项目学校"
    assert broken(rule, 总数="300", 竣工="200", 竣工率="66.7") == []
    assert broken(rule, 总数="300", 竣工="200", 竣工率="67%") == []
    assert broken(rule, 总数="300", 竣工="200", 竣工率="百分之七十")
    assert broken(rule, 总数="0", 竣工="0", 竣工率="0") == []
    assert broken("0% <= 竣工率 <= 100%", 竣工率="103%") == ["竣工率 (103%) should not be more than 100%."]


def test_an_end_is_not_before_its_start() -> None:
    rule = "日期起 <= 日期止"
    assert broken(rule, 起="2026-03-01", 止="2026年2月28日") == [
        "日期起 (2026-03-01) should not be later than 日期止 (2026年2月28日)."
    ]
    assert broken(rule, 起="2026-03-01", 止="2026年") == []
    assert broken(rule, 起="今天", 止="2025-1-1")
    assert broken("日期止 - 日期起 <= 30", 起="2026-03-01", 止="2026-05-01")
    assert broken("日期起 + 30 >= 日期止", 起="2026-03-01", 止="2026-03-20") == []
    assert broken("日期起 >= 2026-04-01", 起="2026-03-01")


def test_what_is_missing_or_no_number_is_not_judged() -> None:
    rule = "竣工 <= 全市共有项目学校"
    assert broken(rule, 竣工="400") == []
    assert broken(rule, 总数="若干", 竣工="400") == []
    assert broken("没有的 <= 竣工", 竣工="400") == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("没有的 <= 竣工", "rule_field"),
        ("日期起 <= 竣工", "rule_kinds"),
        ("日期起 + 日期止 <= 2026-1-1", "rule_kinds"),
        ("日期起 * 2 <= 日期止", "rule_kinds"),
        ("竣工率 <= 100", "rule_percent"),
    ],
)
def test_a_rule_that_fits_no_template_is_told(rule: str, code: str) -> None:
    with pytest.raises(RuleError) as raised:
        resolve(parse(rule), FIELDS)
    assert raised.value.code == code


def test_several_fields_of_one_name_need_their_ids() -> None:
    twice = fields("甲校学生____人，教师____人。", "乙校学生____人，教师____人。")
    names = [field.name for field in twice]
    repeated = next((name for name in names if names.count(name) > 1), "")
    if repeated:
        with pytest.raises(RuleError, match="ids"):
            resolve(parse(f"[{repeated}] <= 3"), twice)
    assert resolve(parse(f"{twice[0].id} <= 3"), twice) == (twice[0],)


def test_sensible_rules_are_proposed() -> None:
    assert propose(FIELDS) == [
        "日期起 <= 日期止",
        "开工日期 <= 竣工日期",
        "竣工 <= 全市共有项目学校",
        "到位资金 <= 总投入",
        "0% <= 竣工率 <= 100%",
        "竣工率 = 竣工 / 全市共有项目学校",
    ]


def test_every_proposal_can_be_kept() -> None:
    for rule in propose(FIELDS):
        resolve(parse(rule), FIELDS)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_only_what_is_wrong_is_called_wrong(total: int, part: int) -> None:
    assert bool(broken("竣工 <= 全市共有项目学校", 总数=str(total), 竣工=str(part))) == (part > total)
    assert bool(broken("竣工 = 全市共有项目学校", 总数=str(total), 竣工=str(part))) == (part != total)


def test_a_template_warns_of_values_by_any_of_their_names(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(write_docx(LINES))
    template = Template(path, rules=[parse("竣工 <= 全市共有项目学校")])
    assert [one.fields for one in template.breaches({"b1": 3, "竣工（所）": "4"})] == [("b2", "b1")]
    assert template.breaches({"b1": 4, "竣工": 4}) == []
