"""What an uploader should know of a document: personal data in it, documents nearly the same, fonts that are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from fanwen.intake.app.alike import Alike, alike
from fanwen.intake.app.models import PersonalData
from fanwen.library.models import Document

SORTS = {
    "identity_number": _("identity number"),
    "mobile": _("mobile number"),
    "bank_card": _("bank card"),
    "email": _("e-mail address"),
}


@dataclass
class Findings:
    document: Document
    personal: list[PersonalData] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """It waits for a person, not for its text to be read."""
        return self.document.is_held and self.document.status != Document.Status.WORKING

    @property
    def fonts(self) -> list[str]:
        return list(self.document.fonts_missing)

    def __bool__(self) -> bool:
        return bool(self.personal or self.alike or self.fonts or self.held)


def findings_of(documents: Sequence[Document], user: Any) -> dict[int, Findings]:
    """By the keys of `documents`, with as many queries for all as for one."""
    personal: dict[int, list[PersonalData]] = defaultdict(list)
    for found in PersonalData.objects.filter(document__in=[document.pk for document in documents]):
        personal[found.document_id].append(found)
    same = alike(documents, user)
    return {document.pk: Findings(document, personal[document.pk], same.get(document.pk, [])) for document in documents}
