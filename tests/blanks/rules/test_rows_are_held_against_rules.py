"""Rules over the columns of rows that repeat: each row by itself, and what a column comes to."""

from __future__ import annotations

from typing import Any

import pytest

from fanwen.blanks import Template
from fanwen.blanks.errors import RuleError
from fanwen.blanks.rules import parse, propose
from fanwen.blanks.rules.check import resolve
from tests.blanks.word_files import paragraph, run, table, write_word

HEADS = ["品名", "单价（元）", "数量", "金额（元）", "交货日期", "验收日期"]
ROWS = [
    {"品名": "纸", "单价": 10, "数量": 5, "金额": 50, "交货日期": "2026-11-01", "验收日期": "2026-11-05"},
    {"品名": "笔", "单价": 2, "数量": 5, "金额": 11, "交货日期": "2026-11-08", "验收日期": "2026-11-05"},
    {"品名": "墨", "单价": "若干", "数量": 500, "金额": "1千元", "交货日期": "2026-11-08", "验收日期": "2026-11"},
]


@pytest.fixture(scope="module", params=[1, 2], ids=["one row", "two rows"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """`present` rows, a row 合计 below them, a total in the text, another list."""

    def cells(texts: list[str]) -> list[str]:
        return [paragraph(run(text)) if text else "<w:p/>" for text in texts]

    grid = [HEADS, *[[""] * len(HEADS)] * request.param, ["合计", "", "", "", "", ""]]
    body = (
        paragraph(run("采购清单"))
        + table(*map(cells, grid))
        + paragraph(run("采购总金额：____万元"))
        + paragraph(run("合计：____元"))
        + paragraph(run("参加人员"))
        + table(cells(["姓名", "年龄"]), cells(["", ""]))
        + "<w:p/>"
    )
    return Template(write_word(tmp_path_factory.mktemp("rows") / "t.docx", body))


def broken(template: Template, rule: str, **values: Any) -> list[str]:
    template.rules = (parse(rule),)
    return [str(one) for one in template.breaches({"采购清单": ROWS, **values})]


def test_each_row_is_judged_by_itself(template: Template) -> None:
    assert broken(template, "交货日期 <= 验收日期") == [
        "采购清单, row 2: 交货日期 (2026-11-08) should not be later than 验收日期 (2026-11-05)."
    ]
    assert broken(template, "金额 = 单价 * 数量") == [
        "采购清单, row 2: 金额 (11元) should be equal to 单价 * 数量 (10)."
    ]
    assert broken(template, "数量 <= 100") == ["采购清单, row 3: 数量 (500) should not be more than 100."]
    assert len(broken(template, "[采购清单：数量] <= 100")) == 1


def test_a_field_is_held_against_every_row(template: Template) -> None:
    assert len(broken(template, "金额 <= 采购总金额", 采购总金额="0.002")) == 2
    assert broken(template, "金额 <= 采购总金额", 采购总金额="0.1") == []


@pytest.mark.parametrize("total", ["合计(金额)", "合计（金额）", "sum(金额)", "求和 (金额)"])
def test_a_total_is_what_its_column_comes_to(template: Template, total: str) -> None:
    assert broken(template, f"采购总金额 = {total}", 采购总金额="0.1061") == []
    (said,) = broken(template, f"采购总金额 = {total}", 采购总金额="0.2万元")
    assert said == f"采购总金额 (0.2万元) should be equal to {total} (1061)."


def test_what_every_row_comes_to_can_be_summed_up(template: Template) -> None:
    rows = [*ROWS[:2], {"品名": "没有数字"}]
    assert broken(template, "采购总金额 = 合计（单价 × 数量）", 采购总金额="60元", 采购清单=rows) == []
    assert broken(template, "采购总金额 = 合计(单价*数量)", 采购总金额="61元", 采购清单=rows)
    # 若干 is no number: not judged
    assert broken(template, "采购总金额 = 合计(单价*数量)", 采购总金额="61元") == []


def test_nothing_is_judged_where_no_row_says_anything(template: Template) -> None:
    for rule in ("采购总金额 = 合计(金额)", "金额 <= 采购总金额"):
        assert broken(template, rule, 采购总金额="1元", 采购清单=[{}, {}]) == []


def test_a_field_that_is_called_as_a_sum_comes_first(template: Template) -> None:
    assert broken(template, "合计（元） <= 100", **{"合计（元）": "101"}) == [
        "合计（元） (101元) should not be more than 100."
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("年龄 <= 数量", "rule_parts"),
        ("采购总金额 = 合计(采购总金额)", "rule_total"),
        ("采购总金额 = 合计(年龄 * 数量)", "rule_total"),
        ("采购总金额 = 合计(没有)", "rule_field"),
        ("采购总金额 = 合计(交货日期)", "rule_kinds"),
        ("交货日期 <= 数量", "rule_kinds"),
    ],
)
def test_what_can_not_be_judged_is_refused_when_it_is_written(template: Template, rule: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        resolve(parse(rule), template.fields, template.columns)
    assert refused.value.code == code
    assert broken(template, rule, 采购总金额="5") == []


def test_a_sum_that_is_not_finished_is_refused() -> None:
    for rule in ("总数 = 合计(", "总数 = 合计()", "总数 = 合计（）", "合计(金额)"):
        with pytest.raises(RuleError):
            parse(rule)


def test_totals_are_proposed(template: Template) -> None:
    proposed = propose(template.fields, template.columns)
    assert "采购总金额 = 合计(金额)" in proposed
    assert "合计：金额 = 合计(金额)" in proposed
    assert not any("合计(单价)" in rule for rule in proposed)
