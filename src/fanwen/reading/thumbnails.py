"""/d/<number>/thumbnails/: all pages small, as links: a page of its own, or what the reader shows beside the pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.reading import rendering
from fanwen.reading.about import breadcrumb
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import whole_number

BATCH = 100
"""Thumbnails in one answer."""

WIDTH = 120
"""CSS pixels."""


@dataclass(frozen=True)
class Thumbnail:
    number: int
    source: str
    height: int


@require_safe
def thumbnails(request: HttpRequest, number: str) -> HttpResponse:
    """`BATCH` pages from ``?from=`` on; for a script only the list."""
    document = document_or_404(request, number, versions=True)
    first = max(whole_number(request.GET.get("from")), 1)
    version = rendering.version(document)
    pages = document.pages.filter(number__gte=first, number__lt=first + BATCH).values_list("number", "width", "height")
    context = {
        "document": document,
        "trail": breadcrumb(document),
        "thumbnails": [
            Thumbnail(page, rendering.image_path(document, version, page, 160), round(WIDTH * height / width))
            for page, width, height in pages
        ],
        "width": WIDTH,
        "next": first + BATCH if first + BATCH <= document.page_count else 0,
    }
    alone = "reading/thumbnail_list.html" if request.headers.get("HX-Request") else "reading/thumbnails.html"
    response = render(request, alone, context)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response
