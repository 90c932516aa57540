"""A number as a template writes it: scale, separators, numerals, amounts in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.types import Blank
from fanwen.blanks.values.capitals import from_capitals, to_capitals
from fanwen.blanks.values.numerals import TO_FULL_WIDTH, plain, to_chinese
from fanwen.blanks.values.quantity import Quantity, parse_quantity, scaled
from fanwen.blanks.values.style import DocumentStyle, counts_in_words, full_width


def number_text(blank: Blank, value: Any, passage: str, style: DocumentStyle) -> str:
    """What to write into a blank of type number, money, percent or ordinal. Raises `ValueProblem` (``bad_number``)."""
    after = passage[blank.end :]
    if asks_in_words(blank):
        return _in_words(blank, value, after, style)
    if blank.type == "ordinal":
        return _ordinal(blank, value, passage, style)
    unit = "%" if blank.unit == "％" else blank.unit or ""
    said = _quantity(blank, value, unit)
    number, scale, rest = _in_unit(blank, said, unit, value)
    whole = number == number.to_integral_value()
    if counts_in_words(passage) and blank.type == "number" and whole and not scale + rest:
        text = to_chinese(int(number))
    else:
        text = plain(number, commas=style.commas and abs(number) >= 1000)
        text = text.translate(TO_FULL_WIDTH) if full_width(passage) else text
    if blank.type == "percent" and not unit and not rest:
        rest = "%"
    if blank.hedge is not None:  # the template says itself how exact the figure is
        return text + scale + rest
    return said.before + text + scale + said.odd + rest + said.after


def asks_in_words(blank: Blank) -> bool:
    """Whether an amount is asked for in capital numerals (大写)."""
    if blank.type not in ("money", "number", "text", None):
        return False
    near = f"{blank.label or ''} {blank.name} {blank.before[-8:]}"
    return "大写" in near and near.rfind("小写") < near.rfind("大写")


def _quantity(blank: Blank, value: Any, unit: str) -> Quantity:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        number = Decimal(str(value))
        if number.is_finite():
            return Quantity(number)
    elif isinstance(value, str):
        said = parse_quantity(value, unit)
        if said is not None:
            return said
    raise ValueProblem("bad_number", name=blank.name, value=value)


def _in_unit(blank: Blank, said: Quantity, unit: str, value: Any) -> tuple[Decimal, str, str]:
    """The number in the blank's own unit, and what has to be written behind it: a scale (万), a unit."""
    size, base = scaled(unit)
    said_size, said_base = scaled(said.unit)
    if unit and (said.after or (said.unit and said_base != base)):
        raise ValueProblem("bad_number", name=blank.name, value=value)
    if said.unit and unit:
        return _clean(said.value * said_size / size), "", ""
    if said.absolute and size > 1:
        return _clean(said.value / size), "", ""
    if len(said.scale) == 1:
        return _clean(said.value / scaled(said.scale)[0]), said.scale, said.unit
    return said.value, "", said.unit


def _ordinal(blank: Blank, value: Any, passage: str, style: DocumentStyle) -> str:
    text = str(value).strip()
    unit = blank.unit or ""
    text = re.sub(rf"^第|{re.escape(unit)}$" if unit else "^第", "", text)
    said = parse_quantity(text)
    if isinstance(value, bool) or said is None or said.unit or said.value != said.value.to_integral_value():
        raise ValueProblem("bad_number", name=blank.name, value=value)
    if style.chinese_ordinals or not said.arabic:
        return to_chinese(int(said.value))
    return plain(said.value).translate(TO_FULL_WIDTH) if full_width(passage) else plain(said.value)


def _in_words(blank: Blank, value: Any, after: str, style: DocumentStyle) -> str:
    amount = from_capitals(value) if isinstance(value, str) else None
    if amount is None:
        said = _quantity(blank, value, "元")
        size, base = scaled(said.unit)
        if base not in ("", "元", "圆") or said.before or said.odd or said.after:
            raise ValueProblem("bad_number", name=blank.name, value=value)
        amount = said.value * size
    following = after.lstrip()
    try:
        if following.startswith(("元", "圆")):
            if amount != amount.to_integral_value():
                raise ValueError(amount)
            return to_capitals(amount, unit="", close="")
        if following.startswith(("万元", "亿元")):
            size, _ = scaled(following[:2])
            if amount % size:
                raise ValueError(amount)
            return to_capitals(amount / size, unit="", close="")
        return to_capitals(amount, close="" if following.startswith(("整", "正")) else style.close)
    except ValueError as error:
        raise ValueProblem("bad_money", name=blank.name, value=value) from error


def _clean(value: Decimal) -> Decimal:
    """Without the zeros that a division leaves behind."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
