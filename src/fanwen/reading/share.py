"""/d/<number>/share/: the address to copy and as a QR code, secret links to a private document, a frame for other sites;
and /s/<token>/, where a secret link is opened."""

from __future__ import annotations

from io import BytesIO

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fanwen.library import secret_links
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading.embed import snippet
from fanwen.reading.found import LINK_ENDED, document_or_404

_QR = {"svg": "image/svg+xml", "png": "image/png"}

LIFETIMES = {
    "day": _("for a day"),
    "week": _("for a week"),
    "month": _("for 30 days"),
    "open": _("until it is revoked"),
}


@require_safe
def share(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, document_or_404(request, number))


@require_POST
@login_required
def make_link(request: HttpRequest, number: str) -> HttpResponse:
    """A new secret link, shown this once."""
    document = document_or_404(request, number, "edit")
    lifetime = request.POST.get("lifetime", "")
    if lifetime not in LIFETIMES or not document.is_private:
        raise Http404
    token = secret_links.make_link(document, lifetime, by=request.user)
    return _page(request, document, made=request.build_absolute_uri(reverse("reading:secret_link", args=(token,))))


@require_POST
@login_required
def revoke_link(request: HttpRequest, number: str, key: int) -> HttpResponse:
    document = document_or_404(request, number, "edit")
    link = secret_links.links_of(document).filter(pk=key).first()
    if link is None:
        raise Http404
    secret_links.revoke(link)
    return HttpResponseRedirect(reverse("reading:share", args=(number,)))


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a secret link: this browser may read the document as long as the link holds. The page it leads to is the
    document's own, so that the secret stands in no address that is copied or passed on."""
    link = secret_links.find(token)
    if link is None:
        raise Http404
    if not secret_links.is_valid(link):
        raise Http404(LINK_ENDED)
    if link.document.is_private:
        secret_links.remember(request.session, link)
    response = HttpResponseRedirect(link.document.get_absolute_url())
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def qr_code(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The document's address as a QR code, black on white with the quiet zone that readers need."""
    document = document_or_404(request, number)
    out = BytesIO()
    code = segno.make(_address(request, document), error="m", micro=False)
    code.save(out, kind=kind, scale=8, border=4, light="#fff")
    response = HttpResponse(out.getvalue(), content_type=_QR[kind])
    response["Cache-Control"] = "public, max-age=86400"
    if request.GET.get("download"):
        response["Content-Disposition"] = f'attachment; filename="{number}.{kind}"'
    return response


def _page(request: HttpRequest, document: Document, *, made: str = "") -> HttpResponse:
    may_edit = may(request.user, "edit", document)
    context = {
        "document": document,
        "address": _address(request, document),
        "embed": "" if document.is_private else snippet(request, document),
        "may_edit": may_edit,
        "links": secret_links.links_of(document) if may_edit and document.is_private else (),
        "lifetimes": LIFETIMES,
        "made": made,
    }
    response = render(request, "reading/share.html", context)
    if made:
        response["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest, document: Document) -> str:
    return request.build_absolute_uri(document.get_absolute_url())
