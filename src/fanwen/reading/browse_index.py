"""/categories/ and /tags/: the whole tree, and every tag with how many documents have it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.reading.paging import cut

_TAGS = 300
"""Tags on one page."""


@require_safe
def category_index(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/category_index.html", {"tree": catalogue.category_tree()})


@require_safe
def tag_index(request: HttpRequest) -> HttpResponse:
    tags, paging, count = cut(request, catalogue.tags(), per_page=_TAGS)
    return render(request, "reading/tag_index.html", {"tags": tags, "paging": paging, "count": count})
