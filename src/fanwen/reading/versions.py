"""/d/<number>/versions/, /d/<number>/v/<k>/ and .../changes/: earlier versions of a document, for its uploader and staff."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanwen.config.upload_limit import upload_limit
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.reading.compare_versions import Comparison
from fanwen.reading.document import document_context
from fanwen.reading.found import document_or_404
from fanwen.reading.live import waiting_context
from fanwen.reading.paging import cut, whole_number

PAGES = 50
"""Pages with changes that are shown at once."""


@require_safe
@login_required
def version_list(request: HttpRequest, number: str) -> HttpResponse:
    return list_page(request, document_or_404(request, number, "edit"))


def list_page(request: HttpRequest, document: Document, *, problem: str = "", status: int = 200) -> HttpResponse:
    """All versions of `document`, and the form for a new one, with what was wrong with the file sent last."""
    context = {
        "document": document,
        "earlier": list(catalogue.earlier_versions(document)),
        "waiting": waiting_context(request, document),
        "problem": problem,
        "limit_text": upload_limit(),
    }
    response = render(request, "reading/versions.html", context, status=status)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@login_required
def version_page(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """An earlier version as a document's page; the number of the present one leads to the document."""
    document = document_or_404(request, number, "edit")
    if version == document.version:
        return HttpResponseRedirect(document.get_absolute_url())
    earlier = _earlier(document, version)
    found = document_or_404(request, earlier.number, versions=True)
    return render(request, "reading/document.html", document_context(request, found))


@require_safe
@login_required
def changes(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """What the text of version `version` became in the present one, or in the version ``?to=``, page by page."""
    document = document_or_404(request, number, "edit")
    before = _earlier(document, version)
    to = whole_number(request.GET.get("to")) or document.version
    after = document if to == document.version else _earlier(document, to)
    compared = Comparison(_texts(before), _texts(after))
    shown, paging, count = cut(request, compared.pages, per_page=PAGES)
    context = {
        "document": document,
        "before": before,
        "after": after,
        "pages": compared.changes_on(shown),
        "paging": paging,
        "count": count,
    }
    response = render(request, "reading/version_changes.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


def _earlier(document: Document, version: int) -> Document:
    found = catalogue.earlier_versions(document).filter(version=version).first()
    if found is None:
        raise Http404
    return found


def _texts(document: Document) -> list[str]:
    return list(document.pages.order_by("number").values_list("text", flat=True))
