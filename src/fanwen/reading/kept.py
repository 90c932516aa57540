"""Pages kept as they were sent, for visitors who are not signed in: true as long as nothing in the catalogue changed.

Whatever a page says comes from the database, from the index (which follows it) and from files that it names, so a page
is as good as new until something is committed. What may differ between two such visitors is in the key; whoever has any
other cookie gets a page of their own. What changes with time alone must not be on a page that says it may be kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language_from_request

from fanwen.library import watch
from fanwen.reading import reads, view

ROOM = 16 * 1024 * 1024
"""Bytes of compressed pages kept in a process, about a thousand."""

_HARMLESS = {"theme", "pages", "zoom", settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

Key = tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    document: int
    state: int
    """Of the catalogue when the page was begun."""
    content: bytes
    headers: dict[str, str]


_lock = threading.Lock()
_pages: OrderedDict[Key, _Page] = OrderedDict()
_size = 0
_makers = [threading.Lock() for _ in range(64)]


def about(request: HttpRequest, document: int) -> None:
    """Note that the answer to `request` shows the document with this primary key and may be kept: sending it again
    counts as reading it."""
    request.kept_about = document  # type: ignore[attr-defined]


class KeptPages:
    """Middleware, round all others: what they add to a page is kept with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        state = watch.state() if _alike(request) else None
        if state is None:
            return self._get_response(request)
        key = _key(request)
        page = _kept(key, state)
        if page is None:
            # Of all who ask for a page that has just changed, one makes it.
            with _makers[hash(key) % len(_makers)]:
                page = _kept(key, state)
                if page is None:
                    return self._made(request, key, state)
        reads.count(page.document)
        return HttpResponse(page.content, headers=page.headers)

    def _made(self, request: HttpRequest, key: Key, state: int) -> HttpResponseBase:
        response = self._get_response(request)
        document = getattr(request, "kept_about", None)
        if document is not None and isinstance(response, HttpResponse) and _may_be_kept(request, response):
            _keep(key, _Page(document, state, response.content, dict(response.items())))
        return response


def forget() -> None:
    """Keep nothing any more."""
    global _size
    with _lock:
        _pages.clear()
        _size = 0


def _alike(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and request.path_info.startswith("/d/")
        and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        and request.COOKIES.keys() <= _HARMLESS
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> Key:
    return (
        request.build_absolute_uri(),
        get_language_from_request(request),
        request.COOKIES.get("theme", ""),
        view.look(request),
        str(view.zoom(request)),
        request.META.get("HTTP_HX_REQUEST", ""),
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Not what holds a token for forms, sets a cookie, is about a private document or says itself how long it is good."""
    return (
        response.status_code == 200
        and response.get("Content-Encoding") == "gzip"
        and not response.cookies
        and not response.has_header("Cache-Control")
        and "CSRF_COOKIE" not in request.META
        and not getattr(request, "shows_private_document", False)
    )


def _kept(key: Key, state: int) -> _Page | None:
    with _lock:
        page = _pages.get(key)
        if page is None or page.state != state:
            return None
        _pages.move_to_end(key)
        return page


def _keep(key: Key, page: _Page) -> None:
    global _size
    with _lock:
        if old := _pages.pop(key, None):
            _size -= len(old.content)
        _pages[key] = page
        _size += len(page.content)
        while _size > ROOM:
            _, old = _pages.popitem(last=False)
            _size -= len(old.content)
