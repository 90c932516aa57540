"""/d/<number>/text/: the whole text, page by page; text.txt: the same to copy or keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.reading.about import breadcrumb
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import paging, whole_number

PAGES = 50
"""Pages of text in one answer."""


@require_safe
def full_text(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number, versions=True)
    last = max(1, -(-document.page_count // PAGES))
    part = min(max(whole_number(request.GET.get("p")), 1), last)
    pages = document.pages.filter(number__gt=(part - 1) * PAGES, number__lte=part * PAGES)
    return render(
        request,
        "reading/text.html",
        {
            "document": document,
            "trail": breadcrumb(document),
            "pages": pages.values("number", "text", "recognised"),
            "paging": paging(part, last),
        },
    )


@require_safe
def plain_text(request: HttpRequest, number: str) -> HttpResponse:
    """All pages' text in reading order, pages parted by a form feed."""
    document = document_or_404(request, number, versions=True)
    whole = "\f".join(document.pages.values_list("text", flat=True))
    response = HttpResponse(whole, content_type="text/plain; charset=utf-8")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
