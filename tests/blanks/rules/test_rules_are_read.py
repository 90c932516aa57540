"""The language of rules: what is understood, and what is said of the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks.errors import RuleError
from fanwen.blanks.rules import parse
from fanwen.blanks.rules.language import Day, Minus, Name, Number, Operation, Term


@pytest.mark.parametrize(
    ("text", "names", "signs"),
    [
        ("竣工 <= 总数", ("竣工", "总数"), ("<=",)),
        ("竣工<=总数", ("竣工", "总数"), ("<=",)),
        ("竣工≤总数", ("竣工", "总数"), ("<=",)),
        ("0% <= 完成率 <= 100%", ("完成率",), ("<=", "<=")),
        ("总投入（万元） = 省级（万元） + 市级（万元）", ("总投入（万元）", "省级（万元）", "市级（万元）"), ("=",)),
        ("[到位 资金] × 2 ≥ (b3 - g1) ÷ 10", ("到位 资金", "b3", "g1"), (">=",)),
        ("开工日期 >= 2026-1-5", ("开工日期",), (">=",)),
        ("止 - 起 <= 30", ("止", "起"), ("<=",)),
        ("第一季度 != 第二季度", ("第一季度", "第二季度"), ("!=",)),
    ],
)
def test_a_rule_is_read(text: str, names: tuple[str, ...], signs: tuple[str, ...]) -> None:
    rule = parse(text)
    assert rule.names == names
    assert tuple(one.sign for one in rule.comparisons) == signs


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rule_unfinished"),
        ("竣工 <=", "rule_unfinished"),
        ("竣工", "rule_compares_nothing"),
        ("竣工 总数", "rule_syntax"),
        ("<= 总数", "rule_syntax"),
        ("(竣工 <= 总数", "rule_syntax"),
        ("竣工 <= 总数)", "rule_syntax"),
        ("竣工 <= 2026-13-45", "rule_syntax"),
        ("竣工 ! 总数", "rule_syntax"),
        ("竣工 <= [", "rule_syntax"),
        ("竣工" * 200 + " <= 总数", "rule_too_long"),
        ("竣工 <= " + "(" * 100 + "1" + ")" * 100, "rule_syntax"),
        ("竣工 <= " + "-" * 200 + "1", "rule_syntax"),
    ],
)
def test_what_is_no_rule_is_said_so(text: str, code: str) -> None:
    with pytest.raises(RuleError) as raised:
        parse(text)
    assert raised.value.code == code


@given(st.text(max_size=60) | st.text("竣工总数b1<=>=!+-*/()[]0123456789.%万亿年月日- ", max_size=60))
def test_any_text_is_a_rule_or_told_why_not(text: str) -> None:
    try:
        assert parse(text).comparisons
    except RuleError as error:
        told = str(error)
    else:
        told = "a rule"
    assert told


def test_a_rule_is_never_run_as_code() -> None:
    rule = parse("__import__ <= exec")
    assert rule.comparisons[0].left == Name("__import__")
    with pytest.raises(RuleError):
        parse("__import__('os').system('true') <= 1")


_TERMS = st.recursive(
    st.sampled_from([Name("竣工"), Name("总数"), Name("到位 资金")])
    | st.decimals(0, 10**6, places=2).map(Number)
    | st.dates().map(Day),
    lambda terms: st.builds(Operation, st.sampled_from("+-*/"), terms, terms) | st.builds(Minus, terms),
    max_leaves=12,
)


def _written(term: Term) -> str:
    if isinstance(term, Name):
        return f"[{term.text}]"
    if isinstance(term, Number):
        return str(term.value)
    if isinstance(term, Day):
        return term.value.isoformat()
    if isinstance(term, Minus):
        return f"-({_written(term.of)})"
    return f"({_written(term.left)}) {term.sign} ({_written(term.right)})"


@settings(deadline=None)
@given(_TERMS, _TERMS, st.sampled_from(["<=", "<", ">=", ">", "=", "!="]))
def test_what_is_written_is_read_back(left: Term, right: Term, sign: str) -> None:
    found = (
        parse(f"{_written(left)} {sign} {_written(right)}"[:300])
        if len(_written(left) + _written(right)) < 290
        else None
    )
    if found is not None:
        assert (found.comparisons[0].left, found.comparisons[0].sign, found.comparisons[0].right) == (left, sign, right)


def test_products_bind_before_sums_and_both_from_the_left() -> None:
    left = parse("1 - 2 - 3 * 4 <= 0").comparisons[0].left
    inner = Operation("-", Number(Decimal(1)), Number(Decimal(2)))
    assert isinstance(left, Operation)
    assert left.left == inner
    assert isinstance(left.right, Operation)
    assert left.right.sign == "*"
