"""What a value says, as a range: 1200 is itself, 近1200 a little less, 2026年 any day of it. Only what is wrong for every
value of the ranges is called wrong."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from decimal import Decimal

from fanwen.blanks.fields import Field
from fanwen.blanks.values.dates import parse_date
from fanwen.blanks.values.quantity import parse_quantity, scaled

_LESS = frozenset(("将近", "接近", "近", "不足", "不到", "至多", "以下", "以内"))
_MORE = frozenset(("超过", "突破", "超", "逾", "余", "多", "来", "至少", "以上"))
_ABOUT = frozenset(("大约", "约", "左右", "上下"))
_WIDTH = Decimal("0.1")
"""How far a hedge is taken to reach, as a part of the number."""


@dataclass(frozen=True)
class Amount:
    """A number, or a day as the number of days since year 1. `low` to `high` is what it may be; `slack` is what rounding
    may have taken or given, which counts only where figures were reckoned."""

    low: Decimal
    high: Decimal
    slack: Decimal = Decimal(0)
    day: bool = False
    reckoned: bool = False
    """It comes of a multiplication or division."""

    @classmethod
    def exact(cls, value: Decimal | int, *, day: bool = False) -> Amount:
        return cls(Decimal(value), Decimal(value), day=day)


def amount_of(field: Field, value: object, today: datetime.date) -> Amount | None:
    """What `value` of `field` says; None where it is no number or date."""
    if isinstance(value, bool) or value is None:
        return None
    if field.type == "date":
        return _date(value, today)
    said = str(value)
    quantity = parse_quantity(said, field.unit or "")
    if quantity is None:
        return _date(value, today) if field.type not in ("number", "money", "percent", "ordinal") else None
    unit = quantity.unit or field.unit or ""
    percent = unit == "%" or (field.type == "percent" and unit in ("", "％"))
    size = Decimal(1) / 100 if percent else Decimal(1 if quantity.absolute and not quantity.unit else scaled(unit)[0])
    number = quantity.value * size
    own = field.places[0][0].hedge or ""
    hedges = {quantity.before, quantity.odd, quantity.after, own}
    reach = abs(number) * _WIDTH
    low = number - (reach if hedges & (_LESS | _ABOUT) else 0)
    high = number + (reach if hedges & (_MORE | _ABOUT) else 0)
    exponent = quantity.value.as_tuple().exponent
    rounded = percent or size != 1 or (isinstance(exponent, int) and exponent < 0)
    digit = Decimal(10) ** min(0, exponent if isinstance(exponent, int) else 0)
    return Amount(low, high, digit * size / 2 if rounded else Decimal(0))


def _date(value: object, today: datetime.date) -> Amount | None:
    parts = parse_date(value if isinstance(value, datetime.date) else str(value), today)
    if parts is None or parts.year is None:
        return None
    first = datetime.date(parts.year, parts.month or 1, parts.day or 1)
    month = parts.month or 12
    last = datetime.date(parts.year, month, parts.day or calendar.monthrange(parts.year, month)[1])
    return Amount(Decimal(first.toordinal()), Decimal(last.toordinal()), day=True)


def add(left: Amount, right: Amount) -> Amount:
    return Amount(
        left.low + right.low,
        left.high + right.high,
        left.slack + right.slack,
        left.day or right.day,
        left.reckoned or right.reckoned,
    )


def minus(of: Amount) -> Amount:
    return Amount(-of.high, -of.low, of.slack, of.day, of.reckoned)


def subtract(left: Amount, right: Amount) -> Amount:
    found = add(left, minus(right))
    # a day less a day is a number of days
    return Amount(found.low, found.high, found.slack, left.day and not right.day, found.reckoned)


def multiply(left: Amount, right: Amount) -> Amount:
    ends = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    slack = left.slack * abs(right.high) + right.slack * abs(left.high) + left.slack * right.slack
    return Amount(min(ends), max(ends), slack, reckoned=True)


def divide(left: Amount, right: Amount) -> Amount | None:
    """None where the divisor may be nothing."""
    if right.low <= 0 <= right.high:
        return None
    ends = [one / other for one in (left.low, left.high) for other in (right.low, right.high)]
    small = min(abs(right.low), abs(right.high))
    slack = left.slack / small + right.slack * max(map(abs, ends)) / small
    return Amount(min(ends), max(ends), slack, reckoned=True)


def wrong(left: Amount, sign: str, right: Amount) -> bool:
    """Whether ``left sign right`` is wrong whatever the two may be exactly."""
    slack = left.slack + right.slack if sign in ("=", "!=") or left.reckoned or right.reckoned else Decimal(0)
    if sign == "<=":
        return left.low > right.high + slack
    if sign == "<":
        return left.low >= right.high + slack
    if sign == ">=":
        return left.high + slack < right.low
    if sign == ">":
        return left.high + slack <= right.low
    if sign == "=":
        return left.low > right.high + slack or left.high + slack < right.low
    return left.low == left.high == right.low == right.high
