"""Pages kept as they were sent, for visitors who are not signed in: true as long as nothing in the catalogue changed.

Whatever a page says comes from the database, from the index (which follows it) and from files that it names, so a page
is as good as new until something is committed. What may differ between two such visitors is in the key; whoever has any
other cookie gets a page of their own. What changes with time alone must not be on a page that says it may be kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language_from_request

from fanwen.library import watch
from fanwen.reading import view
from fanwen.search.app import service

ROOM = 16 * 1024 * 1024
"""Bytes of compressed pages kept in a process, about a thousand."""

_HARMLESS = {"theme", "pages", "zoom", "spread", settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

_KEPT = ("/d/", "/search/")
"""Where the addresses of pages begin that may be kept."""

T = TypeVar("T")
Key = tuple[str, ...]
State = tuple[int, object]
"""Of the catalogue, and of the index, which follows it."""


@dataclass(frozen=True)
class _Page:
    again: Callable[[], None]
    """What sending it again counts as."""
    state: State
    """When the page was begun."""
    content: bytes
    headers: dict[str, str]


_lock = threading.Lock()
_pages: OrderedDict[Key, _Page] = OrderedDict()
_size = 0
_makers = [threading.Lock() for _ in range(64)]


def allow(request: HttpRequest, again: Callable[[], None]) -> None:
    """Note that the answer to `request` may be kept; `again` is called each time that it is sent again."""
    request.kept_again = again  # type: ignore[attr-defined]


def state() -> State | None:
    """What everything shown depends on: another one after each commit. None where it can't be told."""
    catalogue = watch.state()
    return None if catalogue is None else (catalogue, service.stamp())


def state_name() -> str:
    """The same to vary parts of pages by that are kept with Django's cache (`{% cache %}` in templates): those that are
    alike for all visitors of a language, signed in or not. Another one each time where it can't be told."""
    now = state()
    return uuid4().hex if now is None else hashlib.sha256(repr(now).encode()).hexdigest()


def part(name: str, *varying: object, make: Callable[[], T]) -> T:
    """What `make` gives (not None), kept under `name` and what it varies by until something is committed."""
    parts = caches["template_fragments"]
    key = make_template_fragment_key(name, [state_name(), *varying])
    found: T | None = parts.get(key)
    if found is None:
        found = make()
        parts.set(key, found)
    return found


class KeptPages:
    """Middleware, round all others: what they add to a page is kept with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = state() if _alike(request) else None
        if now is None:
            return self._get_response(request)
        key = _key(request)
        page = _kept(key, now)
        if page is None:
            # Of all who ask for a page that has just changed, one makes it.
            with _makers[hash(key) % len(_makers)]:
                page = _kept(key, now)
                if page is None:
                    return self._made(request, key, now)
        page.again()
        return HttpResponse(page.content, headers=page.headers)

    def _made(self, request: HttpRequest, key: Key, now: State) -> HttpResponseBase:
        response = self._get_response(request)
        again = getattr(request, "kept_again", None)
        if again is not None and isinstance(response, HttpResponse) and _may_be_kept(request, response):
            _keep(key, _Page(again, now, response.content, dict(response.items())))
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
        and request.path_info.startswith(_KEPT)
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
        str(view.spread(request)),
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


def _kept(key: Key, now: State) -> _Page | None:
    with _lock:
        page = _pages.get(key)
        if page is None or page.state != now:
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
