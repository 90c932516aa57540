"""Documents nearly the same as a given one: an edited copy, another format of the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.app.models import Origin
from fanwen.intake import likeness
from fanwen.intake.app.models import Band, Examination
from fanwen.library.models import Document
from fanwen.people.access import may

ALARM = 0.7
"""A document that shares this much of its text with another is told of."""

MOST = 3
_CANDIDATES = 30
"""Documents compared with one: those that share most bands with it."""


@dataclass(frozen=True)
class Alike:
    document: Document
    likeness: float
    """The share of text in common, `ALARM` to 1."""

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def alike(documents: Sequence[Document], user: Any) -> dict[int, list[Alike]]:
    """For the keys of `documents` what is nearly the same, best first, as far as `user` may know of it. Documents made from
    one template through its form, and the template, are like one another on purpose and no news. A few queries for all of
    them together."""
    keys = [document.pk for document in documents]
    bands: dict[int, list[int]] = defaultdict(list)
    for document, key in Band.objects.filter(document__in=keys).values_list("document_id", "key"):
        bands[key].append(document)
    if not bands:
        return {}
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for other, key in Band.objects.filter(key__in=list(bands)).values_list("document_id", "key"):
        for document in bands[key]:
            if document != other:
                shared[document][other] += 1
    family = _families({*shared, *(other for counts in shared.values() for other in counts)})
    candidates = {
        document: [other for other, _ in counts.most_common(_CANDIDATES) if family[other] != family[document]]
        for document, counts in shared.items()
    }
    signatures = _signatures({*candidates, *(other for others in candidates.values() for other in others)})
    close: dict[int, list[tuple[float, int]]] = {}
    for document, others in candidates.items():
        measured = [(_measure(signatures, document, other), other) for other in others]
        close[document] = sorted((pair for pair in measured if pair[0] >= ALARM), reverse=True)
    found = Document.objects.filter(version_of=None).in_bulk([other for pairs in close.values() for _, other in pairs])
    return {
        document: [
            Alike(found[other], share) for share, other in pairs if other in found and may(user, "read", found[other])
        ][:MOST]
        for document, pairs in close.items()
    }


def _families(keys: set[int]) -> dict[int, int]:
    """For each of `keys` the template it was made from; itself where it was made from none."""
    made = Origin.objects.filter(document__in=keys).values_list("document_id", "template_id")
    return {**{key: key for key in keys}, **dict(made)}


def _signatures(keys: set[int]) -> dict[int, bytes]:
    rows = Examination.objects.filter(document__in=keys, made_by=likeness.MADE_BY)
    return {key: bytes(signature) for key, signature in rows.values_list("document_id", "signature")}


def _measure(signatures: dict[int, bytes], one: int, other: int) -> float:
    return likeness.likeness(signatures.get(one, b""), signatures.get(other, b""))
