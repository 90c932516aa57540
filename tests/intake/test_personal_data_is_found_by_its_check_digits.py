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
    "text",
    ["文档编号：123456789012", "第13800138000123号", "金额12345678901元里没有号码", "版本 1.2.3@beta", "a@b"],
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
