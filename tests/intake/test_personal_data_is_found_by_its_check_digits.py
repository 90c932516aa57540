from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.personal import find_personal_data, is_identity_number, passes_luhn


def _identity(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]


def _sorts(text: str) -> list[tuple[str, str]]:
    return [(finding.sort, finding.excerpt) for finding in find_personal_data(text)]


def test_an_identity_number_with_a_true_check_digit_is_found_and_masked() -> None:
    number = _identity("11010119000101001")
    assert _sorts(f"身份证号：{number}。") == [("identity_number", number[:4] + "*" * 12 + number[-2:])]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert _sorts(f"身份证号：{wrong}。") == []


def test_full_width_digits_and_spaces_do_not_hide_a_number() -> None:
    assert [sort for sort, _ in _sorts("电话１３８００１３８０００")] == ["mobile"]


@pytest.mark.parametrize(
    "written",
    [
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "86-138-0013-8000",
        "１３８－００１３－８０００",
        "138\u00a00013\u00a08000",
    ],
)
def test_a_number_is_found_however_it_is_split(written: str) -> None:
    assert _sorts(f"联系电话：{written}。") == [("mobile", "138******00")]


def test_an_identity_number_is_found_when_split() -> None:
    number = _identity("11010119900307123")
    for written in (
        f"{number[:6]} {number[6:14]} {number[14:]}",
        f"{number[:6]}-{number[6:10]}-{number[10:14]}-{number[14:]}",
    ):
        assert [sort for sort, _ in _sorts(f"证件{written}")] == ["identity_number"]


def test_numbers_side_by_side_are_each_found() -> None:
    number = _identity("11010119900307123")
    assert [sort for sort, _ in _sorts("13800138000 13900139000 2024")] == ["mobile", "mobile"]
    assert [sort for sort, _ in _sorts(f"{number} 13800138000")] == ["identity_number", "mobile"]


def test_a_page_of_figures_raises_no_alarm() -> None:
    """Columns of a table: numbers whose digits, taken together, would look like something."""
    rows = [f"{a} {a * 7 % 1000} {a * 31 % 10000} {a * 17 % 1000}" for a in range(130, 200)]
    assert _sorts("\n".join(rows)) == []
    assert _sorts("\n".join("\t".join(row.split()) for row in rows)) == []


def test_of_a_thousand_long_numbers_next_to_none_is_taken_for_a_person() -> None:
    """File numbers of 12 to 20 digits, as offices give them: year first, then a running number."""
    numbers = [
        f"{year}{serial * 7919:0{width}}"
        for year in range(2005, 2025)
        for width in (8, 12, 14, 16)
        for serial in range(1, 14)
    ]
    found = [number for number in numbers if _sorts(f"档案号 {number}")]
    assert len(found) <= len(numbers) // 500


@pytest.mark.parametrize(
    "text",
    [
        "圆周率3.14159265358979",
        "合计13800138000.50元",
        "统一社会信用代码91330100MA2B0X3T5K",
        "15 200 123 456",
        "文档编号：123456789012",
        "第13800138000123号",
        "金额12345678901元里没有号码",
        "版本 1.2.3@beta",
        "a@b",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert _sorts(text) == []


def test_an_address_shows_only_its_first_letter_and_host() -> None:
    assert _sorts("来信请寄 reader.one@example.org。") == [("email", "r***@example.org")]


def test_cards_are_known_by_luhn() -> None:
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")
    assert [sort for sort, _ in _sorts("卡号4111 1111 1111 1111")] == ["bank_card"]


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through_and_findings_lie_in_it(text: str) -> None:
    for finding in find_personal_data(text):
        assert 0 <= finding.start < finding.end <= len(text)


@given(st.integers(0, 10**17 - 1))
def test_nearly_no_random_number_is_taken_for_an_identity_number(number: int) -> None:
    digits = f"{number:017}"
    assert sum(is_identity_number(digits + last) for last in "0123456789X") <= 1
