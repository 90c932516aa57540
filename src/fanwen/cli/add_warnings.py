"""What whoever imports files should know of them: personal data, documents nearly the same, fonts that are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser

from fanwen.intake.app.alike import alike
from fanwen.intake.app.models import PersonalData
from fanwen.library.models import Document

_BATCH = 500
_SORTS = {
    "identity_number": "identity number",
    "mobile": "mobile number",
    "bank_card": "bank card",
    "email": "e-mail address",
}


def warnings_of(numbers: Sequence[str], user: Any) -> dict[str, list[dict[str, Any]]]:
    """By document number; each warning has a ``kind``: ``personal_data``, ``alike`` or ``font``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for first in range(0, len(numbers), _BATCH):
        documents = list(Document.objects.filter(number__in=numbers[first : first + _BATCH]))
        personal: dict[int, list[PersonalData]] = defaultdict(list)
        for row in PersonalData.objects.filter(document__in=documents):
            personal[row.document_id].append(row)
        same = alike(documents, user or AnonymousUser())
        for document in documents:
            found[document.number] = [
                *(
                    {"kind": "personal_data", "page": row.page, "sort": row.sort, "excerpt": row.excerpt}
                    for row in personal[document.pk]
                ),
                *(
                    {
                        "kind": "alike",
                        "number": other.document.number,
                        "title": other.document.title,
                        "likeness": round(other.likeness, 2),
                    }
                    for other in same.get(document.pk, ())
                ),
                *({"kind": "font", "name": name} for name in document.fonts_missing),
            ]
    return found


def said(warnings: Sequence[dict[str, Any]]) -> list[str]:
    """The warnings as lines; fonts, which every other document lacks, are left to ``show``."""
    lines = [
        f"{_SORTS[one['sort']]} {one['excerpt']} on page {one['page']}"
        for one in warnings
        if one["kind"] == "personal_data"
    ]
    lines += [
        f"nearly the same as {one['number']} {one['title']} ({one['likeness']:.0%})"
        for one in warnings
        if one["kind"] == "alike"
    ]
    return lines
