"""Dates as people type them: 2026年11月23日, 2026-11-23, 2026/11/23, 二〇二六年十一月二十三日, 今天."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from fanwen.blanks.values.numerals import FULL_WIDTH, parse

_RELATIVE = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_N = r"[\d零〇○一二三四五六七八九十廿卅]+"
_TIME = (
    r"(?:[ T　]*(?P<half>上午|下午|晚上|中午|早上)?(?P<hour>\d{1,2}|[零一二三四五六七八九十]+)"
    r"(?:[:：](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?|[时点](?P<word>\d{1,2}|[零一二三四五六七八九十]+|半)?分?))?"
)
_WORDS = re.compile(
    rf"(?:(?P<year>{_N})年)?(?:(?P<month>{_N})月)?(?:份)?(?:(?P<day>{_N})[日号])?(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?)?{_TIME}"
)
_MARKS = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{_TIME}")
_SOLID = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR = re.compile(r"(?P<year>(?:19|20|21)\d{2})")


@dataclass(frozen=True)
class DateParts:
    """What a date says; None where it says nothing. `minute` 0..59, `hour` 0..24."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None

    @property
    def empty(self) -> bool:
        return self == DateParts()


def parse_date(value: str | datetime.date, today: datetime.date) -> DateParts | None:
    """The parts of a date or time, or None when `value` is no date (or an impossible one: 2月30日)."""
    if isinstance(value, datetime.datetime):
        return DateParts(value.year, value.month, value.day, value.hour, value.minute)
    if isinstance(value, datetime.date):
        return DateParts(value.year, value.month, value.day)
    text = re.sub(r"(?<=[年月])\s+|\s+(?=[年月日])", "", value.translate(FULL_WIDTH).strip())
    if text in _RELATIVE:
        day = today + datetime.timedelta(days=_RELATIVE[text])
        return DateParts(day.year, day.month, day.day)
    text = re.sub(r"^今年", f"{today.year}年", text)
    for pattern in (_SOLID, _MARKS, _YEAR, _WORDS):
        found = pattern.fullmatch(text)
        if found and text:
            return _valid(_parts(found.groupdict()))
    return None


def _parts(said: dict[str, str | None]) -> DateParts:
    numbers: dict[str, int | None] = {}
    for part in ("year", "month", "day", "hour", "minute"):
        text = said.get(part) or (said.get("word") if part == "minute" else None)
        number = 30 if text == "半" else parse(text) if text else None
        numbers[part] = int(number) if number is not None else None
    year, hour = numbers["year"], numbers["hour"]
    if year is not None and year < 100 and len(said["year"] or "") == 2:
        numbers["year"] = 2000 + year
    if hour is not None and hour < 12 and said.get("half") in ("下午", "晚上"):
        numbers["hour"] = hour + 12
    return DateParts(**numbers)


def _valid(parts: DateParts) -> DateParts | None:
    if parts.empty:
        return None
    try:
        # 2000 was a leap year: a day without its year may be 29 February
        datetime.date(parts.year or 2000, parts.month or 1, parts.day or 1)
    except ValueError:
        return None
    if (parts.hour is not None and parts.hour > 24) or (parts.minute is not None and parts.minute > 59):
        return None
    return parts
