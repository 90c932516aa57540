"""A date over the places a template gives it: its year, month and day, or one place for all."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.types import Blank
from fanwen.blanks.values.dates import DateParts, parse_date
from fanwen.blanks.values.numerals import FULL_WIDTH, TO_FULL_WIDTH, digit_by_digit, parse, to_chinese
from fanwen.blanks.values.style import DocumentStyle, full_width

_UNITS = {"年": "year", "月": "month", "日": "day", "号": "day", "时": "hour", "点": "hour", "分": "minute"}
_RANGES = {"year": (1, 9999), "month": (1, 12), "day": (1, 31), "hour": (0, 24), "minute": (0, 59)}
_NAMES = {"year": "年", "month": "月", "day": "日", "hour": "时", "minute": "分", "weekday": "星期"}
_DIGITS_BEFORE = re.compile(r"(?<![\d０-９一二三四五六七八九〇○零])([\d０-９]{1,3}|[一二三四五六七八九〇○零]{2,3})\s*$")
_FORMAT = re.compile(r"'([^']*)'|(y{1,4}|M{1,4}|d{1,4}|H{1,2}|h{1,2}|m{1,2})")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class DatePlace:
    """A blank of a date, the text around it, and the format its content control asks for, if any."""

    blank: Blank
    passage: str
    format: str = ""


def date_texts(
    places: Sequence[DatePlace], value: Any, style: DocumentStyle, today: datetime.date, only: Blank | None = None
) -> dict[str, str]:
    """By blank id, what to write for `value` (only for `only`, where a single part was given).

    Raises `ValueProblem`: ``bad_date``, ``missing_part``, ``other_century``.
    """
    parts = _part_names(places)
    wanted = [(place, part) for place, part in zip(places, parts, strict=True) if only in (None, place.blank)]
    if len(wanted) == 1 and wanted[0][1] in _RANGES:
        number = _single(wanted[0][1], value)
        if number is not None:
            place, part = wanted[0]
            return {place.blank.id: _part(place, part, DateParts(**{part: number}), style, value)}
    said = parse_date(value, today) if isinstance(value, (str, datetime.date)) else None
    if said is None and isinstance(value, int) and not isinstance(value, bool):
        said = parse_date(str(value), today)
    if said is None:
        raise ValueProblem("bad_date", name=wanted[0][0].blank.name, value=value)
    # a date given without its time leaves the time's blanks as they stand
    told = [(place, part) for place, part in wanted if part not in ("hour", "minute") or said.hour is not None]
    return {place.blank.id: _part(place, part, said, style, value) for place, part in told or wanted}


def _part_names(places: Sequence[DatePlace]) -> list[str]:
    """year, month, day, hour, minute, weekday; empty where one blank stands for the whole date."""
    names = [_part_name(place) for place in places]
    if len(places) == 3 and not any(names):
        return ["year", "month", "day"]
    return names


def _part_name(place: DatePlace) -> str:
    before, after = place.passage[: place.blank.start].rstrip(), place.passage[place.blank.end :].lstrip()
    if before.endswith(("星期", "周", "礼拜")):
        return "weekday"
    if after[:1] in _UNITS and after[:1]:
        return _UNITS[after[0]]
    if after[:1] in (":", "："):
        return "hour"
    if before[-1:] in (":", "：") and re.search(r"[_＿ \d]\s*[:：]$", before):
        return "minute"
    return ""


def _single(part: str, value: Any) -> int | None:
    """`value` as just the number of a year, month..., with or without its unit."""
    if isinstance(value, bool):
        return None
    text = str(value).strip().translate(FULL_WIDTH)
    number = parse(re.sub(r"[年月日号时点分份]+$", "", text)) if isinstance(value, (int, str)) else None
    low, high = _RANGES[part]
    if number is None or number != number.to_integral_value() or not low <= number <= high:
        return None
    if part == "year" and number < 100 and len(text) <= 3:
        return 2000 + int(number)
    return int(number)


def _part(place: DatePlace, part: str, said: DateParts, style: DocumentStyle, value: Any) -> str:
    if not part:
        return _whole(place, said, style, value)
    number = _number(said, part)
    if number is None:
        raise ValueProblem("missing_part", name=place.blank.name, part=_NAMES[part], value=value)
    if part == "weekday":
        return _WEEKDAYS[number]
    before = place.passage[: place.blank.start]
    chinese = _is_chinese(place, style)
    if part == "year":
        text = str(number)
        prefix = _DIGITS_BEFORE.search(before)
        if prefix:
            said_digits = _arabic(prefix.group(1))
            if not text.startswith(said_digits):
                raise ValueProblem("other_century", name=place.blank.name, prefix=prefix.group(1), value=number)
            text = text[len(said_digits) :]
        text = digit_by_digit(text, style.zero) if chinese else text
    elif chinese:
        text = to_chinese(number)
    else:
        marks = before.rstrip()[-1:] in ("-", "/", ".", ":", "：") or place.passage[place.blank.end :][:1] in (
            ":",
            "：",
        )
        text = f"{number:02d}" if marks or style.padded_dates or part == "minute" else str(number)
    return text.translate(TO_FULL_WIDTH) if full_width(place.passage) and not chinese else text


def _number(said: DateParts, part: str) -> int | None:
    if part != "weekday":
        number: int | None = getattr(said, part)
        return 0 if part == "minute" and number is None and said.hour is not None else number
    if said.year is None or said.month is None or said.day is None:
        return None
    return datetime.date(said.year, said.month, said.day).weekday()


def _is_chinese(place: DatePlace, style: DocumentStyle) -> bool:
    """Chinese numerals: as the date's own passage writes it, else as the document does."""
    own = place.passage
    if re.search(r"\d\s*年|\d\s*月|20[_＿ ]|２０[_＿ ]|年\s*\d", own):
        return False
    if re.search(r"[一二三四五六七八九〇○零]\s*[_＿ ]*年|年[一二三四五六七八九十]+月", own):
        return True
    return style.chinese_dates


def _arabic(digits: str) -> str:
    number = digits.translate(FULL_WIDTH)
    return (
        number
        if number.isascii()
        else "".join("0" if c in "〇○零" else str("一二三四五六七八九".index(c) + 1) for c in number)
    )


def _whole(place: DatePlace, said: DateParts, style: DocumentStyle, value: Any) -> str:
    if place.format:
        return _formatted(place, said, value)
    if said.month is None and said.year is None and said.hour is not None:
        return f"{said.hour}:{said.minute or 0:02d}"
    chinese = _is_chinese(place, style)
    text = ""
    if said.year is not None:
        text += (digit_by_digit(str(said.year), style.zero) if chinese else str(said.year)) + "年"
    for number, unit in ((said.month, "月"), (said.day, "日")):
        if number is not None:
            text += (to_chinese(number) if chinese else f"{number:02d}" if style.padded_dates else str(number)) + unit
    if said.hour is not None:
        text += f"{said.hour}:{said.minute or 0:02d}"
    return text.translate(TO_FULL_WIDTH) if full_width(place.passage) and not chinese else text


def _formatted(place: DatePlace, said: DateParts, value: Any) -> str:
    """`said` in a date control's own format (ECMA-376, 17.16.4.1: date and time pictures)."""

    def write(found: re.Match[str]) -> str:
        if found.group(1) is not None:
            return found.group(1)
        letters = found.group(2)
        part = {"y": "year", "M": "month", "d": "day", "H": "hour", "h": "hour", "m": "minute"}[letters[0]]
        number = _number(said, part)
        if number is None:
            raise ValueProblem("missing_part", name=place.blank.name, part=_NAMES[part], value=value)
        if letters[0] == "y":
            return f"{number % 100:02d}" if len(letters) <= 2 else f"{number:04d}"
        return f"{number:02d}" if len(letters) == 2 else str(number)

    return _FORMAT.sub(write, place.format)
