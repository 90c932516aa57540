"""Personal data in a text: what an uploader is warned of before publishing.

Only what can be checked counts: identity numbers by their check digit (GB 11643-1999), bank cards by Luhn's (ISO/IEC
7812-1, with a known issuer's beginning), mobile numbers by the ranges in use, e-mail addresses by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["identity_number", "mobile", "bank_card", "email"]


@dataclass(frozen=True)
class Finding:
    """``text[start:end]`` is personal data of the given sort; `excerpt` shows it masked, fit to be displayed."""

    sort: Sort
    start: int
    end: int
    excerpt: str


_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d(?:[ \-\u00a0]?\d){10,18}[\dXx]?(?![0-9A-Za-z])")
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w-])"
)
_MOBILE = re.compile(r"(?:86)?(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8})")
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CARD_STARTS = ("62", "60", "4", "5", "35", "37", "81")


def find_personal_data(text: str) -> Iterator[Finding]:
    """Every finding in `text`, in order. Full-width digits count as digits."""
    plain = text.translate(_NARROW)
    findings = [Finding("email", m.start(), m.end(), _mask_email(m.group())) for m in _EMAIL.finditer(plain)]
    for match in _NUMBER.finditer(plain):
        digits = re.sub(r"[ \-\u00a0]", "", match.group()).upper()
        if sort := _sort_of(digits):
            findings.append(Finding(sort, match.start(), match.end(), _mask(digits, sort)))
    yield from sorted(findings, key=lambda finding: finding.start)


_NARROW = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {ord("Ｘ"): ord("X"), ord("＠"): ord("@")}


def _sort_of(digits: str) -> Sort | None:
    if is_identity_number(digits):
        return "identity_number"
    if _MOBILE.fullmatch(digits):
        return "mobile"
    if 16 <= len(digits) <= 19 and digits.isdigit() and digits.startswith(_CARD_STARTS) and passes_luhn(digits):
        return "bank_card"
    return None


def is_identity_number(digits: str) -> bool:
    """Whether `digits` (18 characters) is a resident identity number: region, date of birth and check digit hold."""
    if len(digits) != 18 or not digits[:17].isdigit() or digits[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    if not 1880 <= born.year <= 2100:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECK_DIGITS[total % 11] == digits[17].upper()


def passes_luhn(digits: str) -> bool:
    """Luhn's check: from the right, every second digit doubled, the sum of all digits a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _mask(digits: str, sort: Sort) -> str:
    head, tail = {"identity_number": (4, 2), "mobile": (3, 2)}.get(sort, (4, 4))
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]


def _mask_email(address: str) -> str:
    name, _, host = address.partition("@")
    return f"{name[0]}***@{host}"
