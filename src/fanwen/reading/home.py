"""/: search box, categories, newest documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.reading.cards import cards

NEWEST = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "reading/home.html",
        {
            "tree": catalogue.category_tree(),
            "newest": cards(catalogue.newest(NEWEST)),
            "documents": catalogue.published().filter(status=Document.Status.READY).count(),
        },
    )
