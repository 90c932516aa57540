"""/collections/: lists of documents that people put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from fanwen.reading.cards import Card, cards
from fanwen.reading.paging import cut
from fanwen.shelves import collections
from fanwen.shelves.models import Collection


@dataclass(frozen=True)
class Covered:
    """A collection with the cards of its first documents."""

    collection: Collection
    covers: list[Card]


def covered(found: list[Collection], known: Mapping[int, Card] | None = None) -> list[Covered]:
    """`found`, as `collections.shown` gives them, with their covers: taken from `known` cards by document key, or made
    with one query for all."""
    if known is None:
        known = {card.document.pk: card for card in cards([entry.document for each in found for entry in each.first])}
    return [Covered(each, [known[entry.document_id] for entry in each.first]) for each in found]


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    mine = covered(list(collections.shown(collections.of(user)))) if user.is_authenticated else []
    others = collections.shown(collections.of_others(user))
    found, paging, count = cut(request, others)
    context = {"mine": mine, "others": covered(found), "paging": paging, "count": count}
    return render(request, "reading/collection_list.html", context)


@require_safe
def collection_page(request: HttpRequest, key: str) -> HttpResponse:
    found = collection_or_404(request, key)
    documents, paging, count = cut(request, collections.documents_of(found, request.user))
    return render(
        request,
        "reading/collection.html",
        {
            "collection": found,
            "cards": cards(documents),
            "paging": paging,
            "count": count,
            "may_change": collections.may_change(request.user, found),
        },
    )


@require_POST
def worth_seeing(request: HttpRequest, key: str) -> HttpResponse:
    """Staff put a public collection on the home page, or with an empty ``mark`` take it from there."""
    found = collection_or_404(request, key)
    if not request.user.is_staff or not found.public:
        raise Http404
    collections.mark(found, bool(request.POST.get("mark")))
    return HttpResponseRedirect(found.get_absolute_url())


def collection_or_404(request: HttpRequest, key: str, *, change: bool = False) -> Collection:
    """404 for a collection that is not there and for one that this visitor may not see (or `change`)."""
    found = collections.collection(key, request.user)
    if found is None or (change and not collections.may_change(request.user, found)):
        raise Http404
    return found
