"""Telephone, identity and account numbers, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fanwen.blanks.mask.types import Entity, Sort
from fanwen.intake.personal import find_personal_data

_SORTS: dict[str, Sort] = {"identity_number": "id", "mobile": "phone", "bank_card": "id", "email": "email"}
_LANDLINE = re.compile(
    r"(?<![\d-])(?:0\d{2,3}[-－ ]?\d{7,8}|400[-－]?\d{3}[-－]?\d{4}|\d{3}[-－]\d{4}[-－]\d{4})(?:[-－转]\d{1,5})?(?!\d)"
)
_LABELLED = (
    (re.compile(r"(?:电\s*话|手\s*机|联系方式|传\s*真|热线)\s*[号码]*\s*[:：]\s*([\d０-９][\d０-９ \-－]{4,18}[\d０-９])"), "phone"),
    (re.compile(r"(?:身份证|学号|工号|账\s*号|卡\s*号|证\s*号|编\s*号|统一社会信用代码|税号|车牌号?)[码号]*\s*[:：]\s*([A-Za-z0-9０-９一-鿿]{0,2}[A-Za-z0-9０-９\-]{3,30})(?![A-Za-z0-9_＿-])"), "id"),
)  # fmt: skip
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}")
_CREDIT_CODE = re.compile(r"(?<![A-Z0-9])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Z0-9])")
_CAR = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)


def contacts(text: str) -> Iterator[Entity]:
    for finding in find_personal_data(text):
        yield _whole(finding.start, finding.end, _SORTS[finding.sort])
    for match in _EMAIL.finditer(text):
        yield _whole(*match.span(), "email")
    for match in _LANDLINE.finditer(text):
        yield _whole(*match.span(), "phone")
    for pattern, sort in _LABELLED:
        for match in pattern.finditer(text):
            yield _whole(*match.span(1), "phone" if sort == "phone" else "id")
    for pattern in (_CREDIT_CODE, _CAR):
        for match in pattern.finditer(text):
            yield _whole(*match.span(), "id")


def _whole(start: int, end: int, sort: Sort) -> Entity:
    return Entity(start, end, sort, ((start, end),))
