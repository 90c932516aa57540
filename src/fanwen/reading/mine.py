"""/mine/: the documents of whoever has signed in, private ones and unfinished ones too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.reading.cards import cards
from fanwen.reading.paging import cut


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    documents, paging, count = cut(request, catalogue.uploaded_by(request.user))
    response = render(
        request,
        "reading/mine.html",
        {"cards": cards(documents), "paging": paging, "count": count},
    )
    response["Cache-Control"] = "private, no-cache"
    return response
