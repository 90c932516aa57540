"""/d/<number>/embed/: a public document's pages, one at a time, to stand in a frame on any other site; and /oembed, with
which other sites ask how (https://oembed.com)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.people.names import name_on
from fanwen.reading import rendering
from fanwen.reading.context import site
from fanwen.reading.paging import whole_number
from fanwen.reading.sheets import sheets, window

WIDTH, HEIGHT = 720, 560
"""Pixels of the frame where nobody asks for less."""

SMALLEST = 200

_THUMBNAIL = 400


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embed(request: HttpRequest, number: str) -> HttpResponse:
    """Page ``?page=`` with the way to its neighbours and to the document. Private documents are not there."""
    document = catalogue.document(number)
    if document is None or document.is_private or document.status != Document.Status.READY:
        raise Http404
    page = min(max(whole_number(request.GET.get("page")), 1), max(document.page_count, 1))
    shown = sheets(document, window(document.page_count, first=page, upto=page), {}, eager=page)
    context = {
        "document": document,
        "sheets": shown,
        "window": window(document.page_count, first=page, upto=page),
        "page": page,
        "previous": page - 1,
        "next": page + 1 if page < document.page_count else 0,
        "sizes": "100vw",
    }
    response = render(request, "reading/embed.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def snippet(request: HttpRequest, document: Document, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The HTML to paste into another page."""
    address = request.build_absolute_uri(reverse("reading:embed", args=(document.number,)))
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" allowfullscreen></iframe>',
        address,
        document.title,
        width,
        height,
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What the specification asks for: 404 for an address that is no document, 401 for a private one (told only to
    those who may read it; to others it is not there), 501 for a form other than JSON and XML."""
    form = request.GET.get("format", "json").lower()
    if form not in {"json", "xml"}:
        return HttpResponse(status=501)
    document = _document(request, request.GET.get("url", ""))
    if document is None or not may(request.user, "read", document):
        raise Http404
    if document.is_private:
        return HttpResponse(status=401)
    answer = _answer(request, document)
    if form == "xml":
        root = Element("oembed")
        for name, value in answer.items():
            SubElement(root, name).text = str(value)
        text = tostring(root, encoding="utf-8", xml_declaration=True)
        response = HttpResponse(text, content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _document(request: HttpRequest, address: str) -> Document | None:
    """The ready document that `address` of this site names."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or parts.netloc != request.get_host():
            return None
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if found.view_name not in {"reading:document", "reading:embed"}:
        return None
    document = catalogue.document(found.kwargs["number"])
    return document if document and document.status == Document.Status.READY else None


def _answer(request: HttpRequest, document: Document) -> dict[str, Any]:
    width = _side(request, "maxwidth", WIDTH)
    height = _side(request, "maxheight", HEIGHT)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": document.title,
        "provider_name": str(site(request)["library_name"]),
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": 3600,
        "html": snippet(request, document, width, height),
        "width": width,
        "height": height,
    }
    if name := name_on(document):
        answer["author_name"] = name
    page = document.pages.filter(number=1).only("width", "height").first()
    version = rendering.version(document)
    if page and version:
        tall = round(_THUMBNAIL * page.height / page.width)
        if _side(request, "maxwidth", _THUMBNAIL) >= _THUMBNAIL and tall <= _side(request, "maxheight", tall):
            path = rendering.image_path(document, version, 1, _THUMBNAIL)
            answer |= {
                "thumbnail_url": request.build_absolute_uri(path),
                "thumbnail_width": _THUMBNAIL,
                "thumbnail_height": tall,
            }
    return answer


def _side(request: HttpRequest, name: str, usual: int) -> int:
    """The length of a side, no longer than is asked for."""
    asked = whole_number(request.GET.get(name))
    return max(SMALLEST, min(usual, asked)) if asked and usual > SMALLEST else usual
