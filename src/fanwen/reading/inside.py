"""Finding inside the document being read: every place where a text stands, with the boxes round it; and a passage that
an address names."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from fanwen.library.models import Document
from fanwen.reading.found import document_or_404
from fanwen.reading.text_layer import Mark, mark_boxes
from fanwen.search.app.inside import Inside, find_inside
from fanwen.search.inside import Hit

LONGEST = 200
"""Characters of a query, and of a passage."""

Marks = dict[int, list[Mark]]
"""What is boxed on each page."""


@require_safe
def find(request: HttpRequest, number: str) -> JsonResponse:
    """``?q=`` in the whole document: ``{"exact", "more", "hits": [[[page, x, y, width, height], ...], ...]}``, boxes in
    points of their page, from its top left. A page without places of its characters gives ``[page]`` alone."""
    document = document_or_404(request, number, versions=True)
    found = find_inside(document, typed(request))
    marks = marks_of(found.hits)
    hits: list[list[list[int | float]]] = [[] for _ in found.hits]
    for page in document.pages.filter(number__in=marks).only("number", "width", "height", "layout"):
        for mark in marks[page.number]:
            placed = [[page.number, *map(float, box)] for box in mark_boxes(page, mark)] if page.layout else []
            hits[mark.hit - 1] += placed or [[page.number]]
    response = JsonResponse({"exact": found.exact, "more": found.more, "hits": hits})
    response["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest, name: str = "q") -> str:
    return " ".join(request.GET.get(name, "").replace("\0", "").split())[:LONGEST]


def marks_of(hits: Iterable[Hit]) -> Marks:
    marks: Marks = {}
    for count, hit in enumerate(hits, 1):
        for part in hit:
            marks.setdefault(part.page, []).append(Mark(count, part.start, part.end))
    return marks


def passage(document: Document, text: str, page: int) -> Hit:
    """Where the passage `text` stands, the place nearest to `page`; empty where it does not stand any more."""
    found: Inside = find_inside(document, text)
    if not found.exact or not found.hits:
        return ()
    return min(found.hits, key=lambda hit: abs(hit[0].page - page))
