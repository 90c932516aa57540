"""Forms on pages that set no cookie: the browser says itself that a page of this site sent them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def from_this_site(view: View) -> View:
    """Lets a request in that this site's own page made, by the headers no script can set (``Sec-Fetch-Site`` or
    ``Origin``); any other needs the usual token."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        guarded = view if _from_here(request) else csrf_protect(view)
        return guarded(request, *args, **named)

    return checked


def _from_here(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
