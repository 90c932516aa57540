from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.blanks.values.capitals import from_capitals, to_capitals
from fanwen.blanks.values.dates import DateParts, parse_date
from fanwen.blanks.values.numerals import parse, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", "1200"),
        ("1,200", "1200"),
        ("1，200", "1200"),
        ("１２００", "1200"),
        ("1 200", "1200"),
        ("一千二百", "1200"),
        ("一二〇〇", "1200"),
        ("壹仟贰佰", "1200"),
        ("一千二", "1200"),
        ("一百零二", "102"),
        ("十二", "12"),
        ("廿三", "23"),
        ("两万零五", "20005"),
        ("三亿五千万", "350000000"),
        ("3.5万", "35000"),
        ("三点五", "3.5"),
        ("-3", "-3"),
        ("负五", "-5"),
        ("0", "0"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1,20", "二本", "abc", "1.2.3", "一是", "百十", "十十", "1e5", "NaN", "一万二万"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse(text) is None


@given(st.integers(0, 10**16 - 1))
def test_chinese_numerals_come_back(value: int) -> None:
    assert parse(to_chinese(value)) == value


@given(st.integers(100, 10**17))
def test_amounts_in_words_come_back(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert from_capitals(to_capitals(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("100.05", "壹佰元零伍分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1000000", "壹佰万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("20000300.5", "贰仟万零叁佰元伍角整"),
    ],
)
def test_amounts_in_words_follow_the_rules_for_vouchers(amount: str, words: str) -> None:
    assert to_capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "1E16"])
def test_amounts_that_words_can_not_say_are_errors(amount: str) -> None:
    with pytest.raises(ValueError, match=r"0\.001|1E\+16"):
        to_capitals(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026年11月23日", (2026, 11, 23)),
        ("2026-11-23", (2026, 11, 23)),
        ("2026/11/23", (2026, 11, 23)),
        ("2026.11.23", (2026, 11, 23)),
        ("20261123", (2026, 11, 23)),
        ("２０２６年１１月２３日", (2026, 11, 23)),
        ("二〇二六年十一月二十三日", (2026, 11, 23)),
        ("2026 年 3 月 5 日", (2026, 3, 5)),
        ("26年3月", (2026, 3, None)),
        ("11月23日", (None, 11, 23)),
        ("2026", (2026, None, None)),
        ("今天", (2026, 11, 23)),
        ("明天", (2026, 11, 24)),
        ("2024-02-29", (2024, 2, 29)),
        ("2026-11-23 14:30", (2026, 11, 23, 14, 30)),
        ("下午3时半", (None, None, None, 15, 30)),
    ],
)
def test_a_date_is_read(text: str, parts: tuple[int | None, ...]) -> None:
    assert parse_date(text, datetime.date(2026, 11, 23)) == DateParts(*parts)


@pytest.mark.parametrize("text", ["", "2月30日", "2026-13-01", "2025-02-29", "23", "abc", "25:00", "日期"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, datetime.date(2026, 11, 23)) is None


@given(st.dates(datetime.date(1000, 1, 1)))
def test_dates_come_back_however_they_are_written(date: datetime.date) -> None:
    expected = DateParts(date.year, date.month, date.day)
    today = datetime.date(2026, 1, 1)
    for text in (date.isoformat(), f"{date.year}年{date.month}月{date.day}日", date.strftime("%Y/%m/%d")):
        assert parse_date(text, today) == expected
