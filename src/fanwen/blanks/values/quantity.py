"""A number with what people write around it: 近1200余所, 3.5亿元, 百分之九十五, ￥1,200.00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from fanwen.blanks.values.numerals import FULL_WIDTH, parse

_BEFORE = "将近|接近|大约|超过|突破|不足|不到|至少|至多|近|约|达|超|逾"
_AFTER = "左右|以上|以下|以内|上下"
_NUMERALS = "零〇○一二三四五六七八九十百千两廿卅壹贰叁肆伍陆柒捌玖拾佰仟万亿萬億点负"
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?:人民币|RMB|[￥¥$])?\s*(?P<number>[-+]?(?:[\d,.]+(?:\s\d{{3}})*\s*[十百千]?[万亿]*|[{_NUMERALS}]+))"
    rf"\s*(?P<odd>余|多|来)?\s*(?P<unit>[^\d\s]*?)(?P<after>{_AFTER})?"
)
_SCALED = re.compile(r"(?P<scale>[十百千]?[万亿]|[百千](?=元))(?P<base>.*)")
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Quantity:
    value: Decimal
    """As written; `scale` included."""
    scale: str = ""
    """万 or 亿 after Arabic digits: 3.5万."""
    unit: str = ""
    before: str = ""
    """近, 约..."""
    odd: str = ""
    """余 or 多 after the number."""
    after: str = ""
    """左右, 以上..."""
    arabic: bool = True
    absolute: bool = False
    """The number itself said 万 or 亿, so it counts single things."""


def parse_quantity(text: str, unit: str = "") -> Quantity | None:
    """What `text` says, or None when it is no number. `unit` is the one expected, so that 3千克 is 3 of 千克."""
    text = text.translate(FULL_WIDTH).strip()
    hundredths = re.fullmatch(rf"(?P<before>{_BEFORE})?百分之(?P<number>.+)", text)
    if hundredths:
        value = parse(hundredths["number"])
        return None if value is None else Quantity(value, unit="%", before=hundredths["before"] or "")
    if unit and text.endswith(unit) and (own := _QUANTITY.fullmatch(text.removesuffix(unit))) and not own["unit"]:
        return _quantity(own, unit)
    found = _QUANTITY.fullmatch(text)
    return _quantity(found, found["unit"]) if found else None


def scaled(unit: str) -> tuple[int, str]:
    """How many single things the unit counts, and their unit: 万元 is 10000 of 元."""
    found = _SCALED.fullmatch(unit)
    if not found or (not found["base"] and unit not in ("万", "亿")):
        return 1, unit
    size = 1
    for character in found["scale"]:
        size *= _SIZES[character]
    return size, found["base"]


def _quantity(found: re.Match[str], unit: str) -> Quantity | None:
    number = found["number"].replace(" ", "")
    value = parse(number)
    if value is None:
        return None
    scale = re.search(r"(?<=[\d])[万亿]+$", number)
    absolute = any(mark in number for mark in "万亿萬億")
    return Quantity(
        value,
        scale.group() if scale else "",
        "%" if unit == "％" else unit,
        found["before"] or "",
        found["odd"] or "",
        found["after"] or "",
        number[:1].isascii(),
        absolute,
    )
