"""What is said of a private document stays between this visitor and the site, whichever page says it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

KEEP = "private, max-age=600"
"""For what may be kept for ever of a public document: page images."""


def mark(request: HttpRequest) -> None:
    """Note that the answer to `request` shows a private document."""
    request.shows_private_document = True  # type: ignore[attr-defined]


class PrivateDocuments:
    """Middleware: answers about a private document are kept by no cache on the way and by no search engine. That other
    sites don't learn their address is every page's Referrer-Policy, ``same-origin``; a stricter one would make browsers
    send forms without their origin, which are refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if getattr(request, "shows_private_document", False):
            said = response.get("Cache-Control", "")
            if said.startswith("public"):
                response["Cache-Control"] = KEEP
            elif not said:
                response["Cache-Control"] = "private, no-cache"
            response["X-Robots-Tag"] = "noindex"
        return response
