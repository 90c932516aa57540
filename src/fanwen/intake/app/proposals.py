"""A category and tags for a document, proposed by its neighbours in the library: those that speak of the same things and those
whose titles are made alike; and by the names of the categories. Nothing is set; without evidence nothing is proposed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fanwen.library import catalogue
from fanwen.library.models import Category, Document
from fanwen.search.app import service

SURE = 0.4
"""The share of its neighbours' weight that a category needs."""
SURE_OF_TAG = 0.5
MOST_TAGS = 3

_BY_TEXT, _BY_TITLE = 8, 5
"""Neighbours asked."""
_TEXT_COUNTS = 0.35
"""What neighbours by text weigh; those by title weigh the rest: a category says more of a document's kind than of its
subject, and so does a title's end (docs/decisions/0042)."""
_NAME_COUNTS = 1.5
"""What a category's name that stands in the title weighs, all neighbours together being 1."""

_SHELF = 2000
"""Titles compared: those of the newest documents that have a category."""

_LEAST_SHARED = 1
"""Marks that make a title a neighbour, beside the family of the format."""

_PARTS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Proposal:
    category: Category | None = None
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.category is not None or bool(self.tags)


def proposals(documents: Sequence[Document]) -> dict[int, Proposal]:
    """For the keys of those of `documents` that are ready and lack a category or tags."""
    open_ = [document for document in documents if document.status == Document.Status.READY]
    tagged = set(Document.tags.through.objects.filter(document__in=open_).values_list("document_id", flat=True))
    open_ = [document for document in open_ if document.category_id is None or document.pk not in tagged]
    if not open_:
        return {}
    shelf = _Shelf()
    near = {document.pk: neighbours(document, shelf) for document in open_}
    keys = {key for weights in near.values() for key in weights}
    of = dict(Document.objects.filter(pk__in=keys, category__isnull=False).values_list("pk", "category_id"))
    tags: dict[int, list[str]] = defaultdict(list)
    for key, name in Document.tags.through.objects.filter(document__in=keys).values_list("document_id", "tag__name"):
        tags[key].append(name)
    categories = {category.pk: category for category in Category.objects.all()}
    names = {key: pairs for key, category in categories.items() if (pairs := _pairs(category.name))}
    made: dict[int, Proposal] = {}
    for document in open_:
        weights = near[document.pk]
        category = _category(weights, of, _named(document.title, names))
        made[document.pk] = Proposal(
            categories[category] if category and document.category_id is None else None,
            tuple(_surest(tags, weights, SURE_OF_TAG)[:MOST_TAGS]) if document.pk not in tagged else (),
        )
    return {key: proposal for key, proposal in made.items() if proposal}


def _category(weights: Mapping[int, float], of: Mapping[int, int], named: Mapping[int, float]) -> int | None:
    """The surest category by the neighbours' `weights` and by what share of categories' names the title speaks."""
    shares: dict[int, float] = defaultdict(float)
    for key, weight in weights.items():
        if key in of:
            shares[of[key]] += weight
    for category, spoken in named.items():
        shares[category] += _NAME_COUNTS * spoken / max(sum(named.values()), 1)
    total = 1 + _NAME_COUNTS * max(named.values()) if named else sum(weights.values())
    best = max(shares, key=lambda category: shares[category], default=None)
    return best if best is not None and shares[best] >= SURE * total else None


def _named(title: str, names: Mapping[int, frozenset[str]]) -> dict[int, float]:
    """The shares of categories' names (in pairs of characters) that `title` speaks of, up to 1."""
    mine = _pairs(title)
    return {key: len(mine & pairs) / len(pairs) for key, pairs in names.items() if mine & pairs}


def neighbours(document: Document, shelf: _Shelf) -> dict[int, float]:
    """Weights (together 1, or less where one sort is missing) of the documents nearest to `document`, by their keys."""
    hits = service.related(document.number, limit=_BY_TEXT)
    keys = dict(Document.objects.filter(number__in=[hit.number for hit in hits]).values_list("number", "pk"))
    by_text = {keys[hit.number]: hit.score for hit in hits if hit.number in keys}
    by_title = shelf.nearest(document)
    weights: dict[int, float] = defaultdict(float)
    for found, share in ((by_text, _TEXT_COUNTS), (by_title, 1 - _TEXT_COUNTS)):
        total = sum(found.values())
        for key, weight in found.items():
            weights[key] += share * weight / total
    return weights


class _Shelf:
    """The titles that others are compared with."""

    def __init__(self) -> None:
        rows = catalogue.published().filter(category__isnull=False).order_by("-pk").values_list("pk", "title", "family")
        self._marks = {key: _marks(title, family) for key, title, family in rows[:_SHELF]}
        self._counts = Counter(mark for marks in self._marks.values() for mark in marks)

    def nearest(self, document: Document) -> dict[int, float]:
        mine = _marks(document.title, document.family)
        worth = {
            mark: math.log(1 + len(self._marks) / self._counts[mark]) * (2 if mark.endswith("$") else 1)
            for mark in mine
            if self._counts[mark]
        }
        scores: dict[int, float] = {}
        for key, marks in self._marks.items():
            shared = mine & marks
            if key != document.pk and len(shared - {_family(document.family)}) >= _LEAST_SHARED:
                scores[key] = sum(worth[mark] for mark in shared) / math.sqrt(len(marks) + 3)
        best = sorted(scores, key=lambda key: -scores[key])[:_BY_TITLE]
        return {key: scores[key] for key in best}


def _marks(title: str, family: str) -> frozenset[str]:
    """What a title is known by: its pairs, and once more how each of its parts ends."""
    ends = {f"{part[-2:]}$" for part in _PARTS.findall(title) if not _LATIN.match(part)}
    return _pairs(title) | ends | {_family(family)}


def _pairs(text: str) -> frozenset[str]:
    """Pairs of characters, and Latin words."""
    pairs: set[str] = set()
    for part in _PARTS.findall(text):
        pairs.update([part.lower()] if _LATIN.match(part) else (part[at : at + 2] for at in range(len(part) - 1)))
    return frozenset(pairs)


def _family(family: str) -> str:
    return f"#{family}"


def _surest(values: Mapping[int, Sequence[Any]], weights: dict[int, float], least: float) -> list[Any]:
    """Values that make up at least the share `least` of all weight, best first."""
    shares: dict[Any, float] = defaultdict(float)
    for key, weight in weights.items():
        for value in values.get(key, ()):
            shares[value] += weight
    total = sum(weights.values())
    return sorted((value for value in shares if shares[value] >= least * total), key=lambda value: -shares[value])
