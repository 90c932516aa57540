from __future__ import annotations

from fanwen.library.models import new_number


def test_numbers_have_nine_digits_and_no_order() -> None:
    numbers = [new_number() for _ in range(200)]
    assert all(len(number) == 9 and number.isdigit() and number[0] != "0" for number in numbers)
    assert len(set(numbers)) == 200
    assert numbers != sorted(numbers)
