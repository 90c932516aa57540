"""Amounts in capital numerals (大写金额) after the rules for filling in payment vouchers (中国人民银行《支付结算办法》附一).

An amount that ends with 元 or 角 closes with 整; one with 分 does not. Zeros in a row are one 零; a 分 without 角 has
a 零 before it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from fanwen.blanks.values.numerals import parse, spelled

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_AMOUNT = re.compile(
    r"(?:人民币|￥|¥)?(?P<yuan>[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千两]+)[元圆块]"
    r"(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖一二三四五六七八九])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖一二三四五六七八九])分)?[整正]?"
)


def to_capitals(value: Decimal, *, unit: str = "元", close: str = "整") -> str:
    """`value` in yuan, at most two decimals and below 10^16: 1234.05 is 壹仟贰佰叁拾肆元零伍分.

    Raises `ValueError` for other values.
    """
    cents = value * 100
    if cents != cents.to_integral_value() or abs(value) >= 10**16:
        raise ValueError(value)
    sign = "负" if value < 0 else ""
    yuan, rest = divmod(abs(int(cents)), 100)
    jiao, fen = divmod(rest, 10)
    if not rest:
        return f"{sign}{spelled(yuan, _DIGITS, _PLACES)}{unit}{close}"
    text = f"{spelled(yuan, _DIGITS, _PLACES)}{unit}" if yuan else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return sign + text + (f"{_DIGITS[fen]}分" if fen else close)


def from_capitals(text: str) -> Decimal | None:
    """The amount in yuan that `text` writes in words (with 元), or None."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    yuan = parse(found["yuan"])
    if yuan is None:
        return None
    jiao, fen = (parse(found[part]) if found[part] else Decimal(0) for part in ("jiao", "fen"))
    return yuan + (jiao or Decimal(0)) / 10 + (fen or Decimal(0)) / 100
