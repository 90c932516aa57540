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


_APART = " \\-\u00a0\u3000－–"
"""What people set between the groups of a number."""
_NUMBER = re.compile(rf"(?<![0-9A-Za-z.])[0-9](?:[{_APART}]?[0-9]){{10,70}}[Xx]?(?![0-9A-Za-z]|\.[0-9])")
_GROUP = re.compile(r"[0-9]+[Xx]?")
_WIDE = re.compile("[０-９Ｘ＠．]")
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w-])"
)
_MOBILE = re.compile(r"(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8})")
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
_CARD = re.compile(r"62[0-9]{14,17}|(?:4[0-9]|5[1-5]|35)[0-9]{14}|60[0-9]{14,17}")
_GROUPED = {
    "mobile": {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4)},
    "identity_number": {(18,), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (3, 3, 8, 4), (6, 12), (4, 4, 4, 4, 2)},
    "bank_card": {(n,) for n in range(16, 20)}
    | {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13), (6, 10)},
}
"""How long the groups are in which such a number is written. Numbers side by side in a table are not one number."""
_MOST_GROUPS = 5


def find_personal_data(text: str) -> Iterator[Finding]:
    """Every finding in `text`, in order. Full-width digits count as digits."""
    plain = text.translate(_NARROW) if _WIDE.search(text) else text
    findings: list[Finding] = []
    if "@" in plain:
        findings += [Finding("email", m.start(), m.end(), _mask_email(m.group())) for m in _EMAIL.finditer(plain)]
    for match in _NUMBER.finditer(plain):
        findings += _in_run(match.group(), match.start())
    yield from sorted(findings, key=lambda finding: finding.start)


_NARROW = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {
    ord("Ｘ"): ord("X"),
    ord("＠"): ord("@"),
    ord("．"): ord("."),
}


def _in_run(run: str, start: int) -> Iterator[Finding]:
    """The findings in digits that are parted by no more than a space or hyphen each."""
    groups = list(_GROUP.finditer(run))
    at = 0
    while at < len(groups):
        for upto in range(min(at + _MOST_GROUPS, len(groups)), at, -1):
            part = groups[at:upto]
            sort, digits = _sort_of([group.group() for group in part])
            if sort:
                yield Finding(sort, start + part[0].start(), start + part[-1].end(), _mask(digits, sort))
                at = upto
                break
        else:
            at += 1


def _sort_of(groups: list[str]) -> tuple[Sort | None, str]:
    """What the number in `groups` is, and its digits."""
    digits, shape = "".join(groups).upper(), tuple(map(len, groups))
    if shape in _GROUPED["identity_number"] and is_identity_number(digits):
        return "identity_number", digits
    if digits.startswith("86") and shape in {(13,), (5, 4, 4), (2, 11), (2, 3, 4, 4)}:
        digits, shape = digits[2:], (11,)  # the country's code
    if shape in _GROUPED["mobile"] and _MOBILE.fullmatch(digits):
        return "mobile", digits
    if shape in _GROUPED["bank_card"] and _CARD.fullmatch(digits) and passes_luhn(digits):
        return "bank_card", digits
    return None, digits


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
