"""/: search box, categories, what is newest, what is read, what is worth seeing, what can be filled in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.blanks.app import service as templates
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.reading.cards import cards
from fanwen.reading.collections import covered
from fanwen.shelves import collections, most_read

NEWEST = 12
MOST_READ = 6
COLLECTIONS = 4
TEMPLATES = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    shelves = {
        "newest": catalogue.newest(NEWEST),
        "read": most_read.of_the_week(MOST_READ),
        "templates": list(templates.fillable()[:TEMPLATES]),
    }
    worth = collections.worth_seeing(COLLECTIONS)
    covers = [entry.document for each in worth for entry in each.first]
    # One query for the first pages of everything that is shown.
    known = {card.document.pk: card for card in cards([d for shelf in (*shelves.values(), covers) for d in shelf])}
    return render(
        request,
        "reading/home.html",
        {
            "tree": catalogue.category_tree(),
            **{name: [known[document.pk] for document in documents] for name, documents in shelves.items()},
            "collections": covered(worth, known),
            "documents": catalogue.published().filter(status=Document.Status.READY).count(),
        },
    )
