"""Atom feeds (RFC 4287) of what is new: in the library, a category, a tag, a collection, or for a search. They need no
account, so they hold what everyone may read and nothing else."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import strip_tags
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.library import catalogue
from fanwen.library.models import Category, Document, Tag
from fanwen.people.names import name_on, shown_name
from fanwen.reading.facets import filters_of, kept
from fanwen.reading.results import typed_query
from fanwen.reading.site import site_name
from fanwen.search.app import service
from fanwen.shelves import collections
from fanwen.shelves.models import Entry

ENTRIES = 30
"""Documents in a feed."""

_FRESH = 300
"""Seconds for which a reader need not ask again."""

_BEFORE_ALL = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""When a feed without entries was changed: the same at every asking."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Atom(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=_BEFORE_ALL)


@require_safe
def newest_feed(request: HttpRequest) -> HttpResponse:
    return _feed(request, _("Newest documents"), "/", _newest(catalogue.listed()))


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """The documents that a query finds, the newest first, each with what was found."""
    query = typed_query(request.GET.get("q", ""))
    if not query:
        raise Http404
    answer = service.find(query, filters_of(request.GET), limit=ENTRIES, sort="newest", pages=1, facets=False)
    numbers = [hit.number for hit in answer.documents]
    found = _published(catalogue.listed()).prefetch_related("tags").in_bulk(numbers, field_name="number")
    snippets = {hit.number: strip_tags(hit.pages[0].snippet) for hit in answer.documents if hit.pages}
    documents = [found[number] for number in numbers if number in found]
    title = _("Search: %(query)s") % {"query": query}
    return _feed(request, title, f"/search/{kept(request.GET, drop=('p',))}", documents, snippets)


@require_safe
def category_feed(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Category, pk=key)
    return _feed(request, found.name, f"/c/{found.pk}/", _newest(catalogue.in_category(found)))


@require_safe
def tag_feed(request: HttpRequest, name: str) -> HttpResponse:
    found = get_object_or_404(Tag, name=name)
    title = _("Tag: %(heading)s") % {"heading": found.name}
    return _feed(request, title, f"/t/{found.name}/", _newest(catalogue.listed().filter(tags=found)))


@require_safe
def uploader_feed(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(User, pk=key)
    documents = _newest(catalogue.by(found))
    if not documents:
        raise Http404
    return _feed(request, shown_name(found), f"/u/{found.pk}/", documents)


@require_safe
def collection_feed(request: HttpRequest, key: str) -> HttpResponse:
    """What was put into a public collection, the latest first."""
    found = collections.collection(key, None)
    if found is None:
        raise Http404
    entries = Entry.objects.filter(collection=found, document__in=_published(catalogue.listed()))
    added = dict(entries.order_by("-added_at", "-pk").values_list("document", "added_at")[:ENTRIES])
    documents = catalogue.listed().prefetch_related("tags").in_bulk(list(added))
    return _feed(request, found.name, found.get_absolute_url(), [documents[key] for key in added], added=added)


def _published(documents: Any) -> Any:
    return documents.filter(status=Document.Status.READY)


def _newest(documents: Any) -> list[Document]:
    return list(_published(documents).prefetch_related("tags")[:ENTRIES])


def _feed(
    request: HttpRequest,
    title: str,
    page: str,
    documents: Sequence[Document],
    snippets: dict[str, str] | None = None,
    added: dict[int, datetime.datetime] | None = None,
) -> HttpResponse:
    site = site_name()
    feed = _Atom(
        title=_text(f"{title} · {site}"),
        link=request.build_absolute_uri(page),
        description="",
        language="zh-Hans" if (get_language() or "").startswith("zh") else "en",
        author_name=_text(site),
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(),
    )
    for document in documents:
        link = request.build_absolute_uri(document.get_absolute_url())
        about = (snippets or {}).get(document.number) or document.description
        names = [document.category.name] if document.category else []
        feed.add_item(
            title=_text(document.title),
            link=link,
            description=_text(about),
            unique_id=get_tag_uri(link, document.uploaded_at),
            author_name=_text(name_on(document)) or None,
            pubdate=document.uploaded_at,
            updateddate=(added or {}).get(document.pk, document.uploaded_at),
            categories=[_text(name) for name in dict.fromkeys([*names, *(tag.name for tag in document.tags.all())])],
        )
    content = feed.writeString("utf-8").encode()
    response = HttpResponse(content, content_type=_Atom.content_type)
    changed = feed.latest_post_date()
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = f"max-age={_FRESH}"
    unchanged: HttpResponse = get_conditional_response(
        request, etag=response["ETag"], last_modified=int(changed.timestamp()), response=response
    )
    return unchanged


def _text(value: str) -> str:
    """Without what XML can't hold; titles out of files hold anything."""
    return _NOT_XML.sub("", value)
