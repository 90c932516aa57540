"""Chinese numerals and numbers: 一千二百, 一二〇〇, 壹仟贰佰, 1,200, １２００, 3.5万.

Only whole spans that are known to be numbers are given here; ordinary words that contain a numeral never are.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **dict.fromkeys("〇○ＯO", 0),
    "两": 2,
    "俩": 2,
    "貳": 2,
    "參": 3,
    "叄": 3,
    "陸": 6,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SHORT = {"廿": "二十", "卅": "三十"}
_LARGE = (("亿", 10**8), ("億", 10**8), ("万", 10**4), ("萬", 10**4))

FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")
TO_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ARABIC = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_CHINESE = frozenset(_DIGITS) | frozenset(_SMALL) | frozenset("点廿卅万亿萬億")


def parse(text: str) -> Decimal | None:
    """The number that the whole of `text` writes, or None: Arabic, full-width, Chinese, or Arabic with 百千万亿."""
    text = text.translate(FULL_WIDTH).strip()
    if text.startswith("负"):
        value = parse(text[1:])
        return None if value is None else -value
    joined = re.sub(r"(?<=\d)[ \u00a0\u2009](?=\d{3}(?!\d))", "", text)
    if _ARABIC.fullmatch(joined):
        try:
            return Decimal(joined.replace(",", ""))
        except InvalidOperation:
            return None
    for mark, size in _LARGE:
        if mark in text:
            return _scaled(text, mark, size)
    if text and all(character in _CHINESE for character in text):
        return _chinese(text)
    mixed = re.fullmatch(r"([\d.,]+)([十百千])", text)
    if mixed:
        value = parse(mixed.group(1))
        return None if value is None else value * _SMALL[mixed.group(2)]
    return None


def _scaled(text: str, mark: str, size: int) -> Decimal | None:
    """Before and after the last 万 or 亿: 三亿五千万 is three of one and the rest of the other; 3万5 is 35000."""
    head, _, tail = text.rpartition(mark)
    if mark in head:
        return None
    above = parse(head) if head else Decimal(1)
    if above is None:
        return None
    if not tail:
        return above * size
    below = parse(tail)
    if below is None or below >= size:
        return None
    # a single numeral after the scale counts the next place: 三万五 is 35000
    shortened = len(tail) == 1 and tail in _DIGITS and _DIGITS[tail] > 0 and not head.isascii()
    return above * size + (below * size / 10 if shortened else below)


def _chinese(text: str) -> Decimal | None:
    for short, long in _SHORT.items():
        text = text.replace(short, long)
    whole, point, fraction = text.partition("点")
    if point:
        if not fraction or not all(character in _DIGITS for character in fraction):
            return None
        integer = _chinese(whole) if whole else Decimal(0)
        digits = "".join(str(_DIGITS[character]) for character in fraction)
        return None if integer is None else integer + Decimal(f"0.{digits}")
    if all(character in _DIGITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text)) if text else None
    total, digit, last = 0, None, 10**4
    for character in text:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
        else:
            place = _SMALL[character]
            if place >= last:
                return None
            if not digit and place != 10:
                return None
            total += (digit or 1) * place
            digit, last = None, place
    if digit:  # 一百二 is 120, 一百零二 is 102
        total += digit * (last // 10 if text[-2] not in "零〇○" and last > 10 else 1)
    return Decimal(total)


def to_chinese(value: int) -> str:
    """`value` in words: 1203 is 一千二百零三, 12 is 十二."""
    if value < 0:
        return "负" + to_chinese(-value)
    text = spelled(value, "零一二三四五六七八九", ("", "十", "百", "千"))
    return text[1:] if text.startswith("一十") else text


def spelled(value: int, digits: str, places: tuple[str, str, str, str]) -> str:
    """`value` (below 10^16) with these digits and places; zeros in a row are one 零."""
    if value == 0:
        return digits[0]
    groups = []
    while value:
        value, group = divmod(value, 10**4)
        groups.append(group)
    text = ""
    gap = False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            gap = gap or bool(text)
            if index == 2 and text and len(groups) > 3:  # 万亿 with nothing in the 亿: the 亿 is still said
                text += "亿"
            continue
        if text and (gap or group < 1000):
            text += digits[0]
        text += _four(group, digits, places) + ("", "万", "亿", "万")[index]
        gap = False
    return text


def _four(group: int, digits: str, places: tuple[str, str, str, str]) -> str:
    text = ""
    gap = False
    for index in range(3, -1, -1):
        digit = group // 10**index % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + places[index]
        gap = False
    return text


def digit_by_digit(value: str, zero: str = "〇") -> str:
    """Each digit by itself, as years are written: 2026 is 二〇二六."""
    return "".join((zero + "一二三四五六七八九")[int(digit)] for digit in value)


def plain(value: Decimal, *, commas: bool = False) -> str:
    """`value` in Arabic digits without an exponent."""
    text = format(value, ",f") if commas else format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text and value == value.to_integral_value() else text
