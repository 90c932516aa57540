"""A visitor's language and theme: plain links that set a cookie, so that they need no script and no account."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

THEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language `code` and go back to `?next=`."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = _back(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_YEAR, samesite="Lax")
    return response


@require_safe
def theme(request: HttpRequest, name: str) -> HttpResponse:
    """Remember a theme, or forget it (``auto``) so that the browser's own setting counts again."""
    if name not in {*THEMES, "auto"}:
        raise Http404
    response = _back(request)
    if name == "auto":
        response.delete_cookie("theme")
    else:
        response.set_cookie("theme", name, max_age=_YEAR, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response["Cache-Control"] = "no-store"
    return response
