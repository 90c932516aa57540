"""/search/: what a query finds, grouped by document, with its best pages; and suggestions as one types."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading.cards import Card, cards
from fanwen.reading.facets import FIELDS, facet_groups, filters_of, kept
from fanwen.reading.paging import paging, whole_number
from fanwen.search.app import service
from fanwen.search.types import DocumentHit, PageHit

PER_PAGE = 10
DEEPEST = 50
"""Result pages that can be asked for; whoever looks further narrows the search instead."""

LONGEST_QUERY = 200
_SORTS = ("", "newest")
_NUMBER = re.compile(r"(?:文档编号|编号|no\.?|#)?[: ]*([1-9][0-9]{8})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Found:
    """A document of the results: its card, its title with marks, its best pages."""

    card: Card
    title: str
    pages: tuple[PageHit, ...]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    query = typed_query(request.GET.get("q", ""))
    if document := _named(request, query):
        return HttpResponseRedirect(document.get_absolute_url())
    if not query:
        return HttpResponseRedirect("/all/")
    filters = filters_of(request.GET)
    number = min(max(whole_number(request.GET.get("p")), 1), DEEPEST)
    sort = request.GET.get("sort", "")
    sort = sort if sort in _SORTS else ""
    answer = service.find(query, filters, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, sort=sort or "relevance")
    if number == 1 and answer.documents:
        service.log(query)
    more = len(answer.documents) == PER_PAGE and number < DEEPEST
    return render(
        request,
        "reading/results.html",
        {
            "query": query,
            "answer": answer,
            "found": _found(answer.documents),
            "groups": facet_groups(request.GET, answer.facets),
            "narrowed": any(request.GET.get(name) for name in FIELDS),
            "address": kept(request.GET, drop=("p",)),
            "sort": sort,
            "sorts": (("", _("Relevance")), ("newest", _("Newest"))),
            "paging": paging(number, number + 1 if more else number),
            "without_filters": kept({"q": query}),
        },
    )


def typed_query(typed: str) -> str:
    """What was typed as one line of at most `LONGEST_QUERY` characters, without control characters."""
    return " ".join(_CONTROL.sub(" ", typed).split())[:LONGEST_QUERY].strip()


def _named(request: HttpRequest, query: str) -> Document | None:
    """The document whose number `query` is and nothing else, if this visitor may read it."""
    number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", query))
    document = catalogue.document(number[1]) if number else None
    return document if document is not None and may(request.user, "read", document) else None


def _found(hits: tuple[DocumentHit, ...]) -> list[Found]:
    """Hits with their documents; one deleted since it was indexed is left out."""
    documents = {d.number: d for d in catalogue.listed().filter(number__in=[hit.number for hit in hits])}
    present = [hit for hit in hits if hit.number in documents]
    return [
        Found(card, hit.title, hit.pages)
        for hit, card in zip(present, cards(documents[hit.number] for hit in present), strict=True)
    ]


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list under the search box, for what is typed so far."""
    typed = typed_query(request.GET.get("q", ""))
    found = service.suggest(typed) if typed else []
    response = render(request, "reading/suggestions.html", {"suggestions": found})
    response["Cache-Control"] = "private, max-age=30"
    return response
