"""/search/: what a query finds, grouped by document, with its best pages; and suggestions as one types."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading import kept as kept_pages
from fanwen.reading.cards import Card, cards
from fanwen.reading.facets import facet_groups, filters_of, kept
from fanwen.reading.paging import paging, whole_number
from fanwen.search.app import service
from fanwen.search.engine import Sort
from fanwen.search.types import DocumentHit, PageHit

PER_PAGE = 10
DEEPEST = 50
"""Result pages that can be asked for; whoever looks further narrows the search instead."""

LONGEST_QUERY = 200
_SORTS: dict[str, Sort] = {"": "relevance", "newest": "newest", "reads": "reads"}
_NUMBER = re.compile(r"(?:文档编号|编号|no\.?|#)?[: ]*([1-9][0-9]{8})", re.IGNORECASE)
_WORDS = re.compile(r'[-\w]*[:：]?(?:"[^"]*"|“[^”]*”|「[^」]*」)|\S+')
_FEWER = 4
"""Searches that are offered where nothing was found."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Found:
    """A document of the results: its card, its title with marks, its best pages."""

    card: Card
    title: str
    pages: tuple[PageHit, ...]


@dataclass(frozen=True)
class Answer:
    """What the results page shows to everybody alike."""

    head: SafeString
    rows: SafeString
    counts: bool
    """It found something, and is the first page of that: one more search of its kind."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    query = typed_query(request.GET.get("q", ""))
    if document := _named(request, query):
        return HttpResponseRedirect(document.get_absolute_url())
    if not query:
        return HttpResponseRedirect("/all/")
    answer = kept_pages.part("results", get_language(), request.get_full_path(), make=lambda: _answer(request, query))
    again = partial(service.log, query) if answer.counts else lambda: None
    again()
    kept_pages.allow(request, again)
    context = {"query": query, "answer": answer, "address": kept(request.GET, drop=("p",))}
    return render(request, "reading/results.html", context)


def _answer(request: HttpRequest, query: str) -> Answer:
    filters = filters_of(request.GET)
    number = min(max(whole_number(request.GET.get("p")), 1), DEEPEST)
    sort = request.GET.get("sort", "")
    sort = sort if sort in _SORTS else ""
    answer = service.find(query, filters, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, sort=_SORTS[sort])
    more = len(answer.documents) == PER_PAGE and number < DEEPEST
    found = _found(answer.documents)
    groups = facet_groups(request.GET, filters, answer.facets)
    context = {
        "query": query,
        "answer": answer,
        "found": found,
        "facets": render_to_string("reading/facets.html", {"groups": groups, "about": answer.facets_about})
        if groups
        else "",
        "chosen": [(group.name, group.chosen) for group in groups if group.chosen],
        "first_page": kept(request.GET, drop=("p",)) if number > 1 else "",
        "sort": sort,
        "sorts": (("", _("Relevance")), ("newest", _("Newest")), ("reads", _("Most read"))),
        "paging": paging(number, number + 1 if more else number),
        "without_filters": kept({"q": query}),
        "meant": kept(request.GET, drop=("p",), q=answer.did_you_mean),
        "request": request,
        **({} if found else {"fewer": fewer(query), "tree": catalogue.category_tree()}),
    }
    return Answer(
        render_to_string("reading/results_head.html", context),
        render_to_string("reading/results_rows.html", context),
        number == 1 and bool(answer.documents),
    )


def fewer(query: str) -> list[str]:
    """Searches that ask for less than `query`: without its marks, and without each of its words."""
    words = _WORDS.findall(query)
    plain = " ".join(word.strip('-"“”「」') for word in words)
    without = [" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))] if len(words) > 1 else []
    return [text for text in dict.fromkeys([plain, *without]) if text and text != query][:_FEWER]


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
