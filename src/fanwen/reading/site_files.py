"""What machines ask a site for: robots.txt, the sitemap, the search description."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from fanwen.library.catalogue import published
from fanwen.library.models import Document

PER_SITEMAP = 10_000
"""Addresses in one sitemap file; the protocol (sitemaps.org) allows 50,000."""

MOST_PARTS = 50_000


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = (
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /login/",
        "Disallow: /upload/",
        "Disallow: /mine/",
        "Disallow: /account/",
        "Disallow: /s/",
        "Disallow: /admin/",
        "Disallow: /language/",
        "Disallow: /theme/",
        "Disallow: /d/*/original",
        "Disallow: /d/*/pages/",
        "Disallow: /d/*/collect/",
        "Disallow: /favourites/",
        "Disallow: /searches/",
        f"Sitemap: {request.build_absolute_uri(reverse('reading:sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemap files, each with up to `PER_SITEMAP` documents in the order of their upload."""
    count = max(1, -(-_published().count() // PER_SITEMAP))
    parts = [request.build_absolute_uri(reverse("reading:sitemap_part", args=(n,))) for n in range(1, count + 1)]
    return render(request, "reading/sitemap_index.xml", {"parts": parts}, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    if not 1 <= part <= MOST_PARTS:
        raise Http404
    start = (part - 1) * PER_SITEMAP
    documents = list(
        _published().order_by("pk").only("number", "uploaded_at", "version_of")[start : start + PER_SITEMAP]
    )
    if part > 1 and not documents:
        raise Http404
    entries = [(request.build_absolute_uri(d.get_absolute_url()), d.uploaded_at) for d in documents]
    return render(request, "reading/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _published() -> QuerySet[Document]:
    return published().filter(status=Document.Status.READY)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets browsers offer the library's search (OpenSearch 1.1 description document)."""
    context = {
        "search": request.build_absolute_uri(reverse("reading:results")),
    }
    return render(request, "reading/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon for browsers that look for it by its old name."""
    return HttpResponsePermanentRedirect(static("reading/mark.svg"))
