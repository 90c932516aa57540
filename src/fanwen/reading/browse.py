"""/c/<id>/, /t/<name>/, /u/<id>/, /templates/, /all/: documents by category, tag, uploader, or all of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.blanks.app import service as blanks
from fanwen.library import catalogue
from fanwen.library.models import Category, Document, Tag
from fanwen.library.title_order import TitleOrder
from fanwen.people.names import shown_name
from fanwen.reading.cards import cards
from fanwen.reading.paging import cut

_ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-uploaded_at", "-pk"),
    "reads": ("-reads", "-uploaded_at", "-pk"),
    "title": (TitleOrder("title"), "-pk"),
}


@require_safe
def category(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Category.objects.select_related("parent"), pk=key)
    tree = catalogue.category_tree()
    branch = _branch(tree, key)
    parent = _branch(tree, found.parent_id) if found.parent_id else None
    about = {
        "heading": found.name,
        "category": found,
        "trail": found.trail()[:-1],
        "nearby": (branch.children if branch else []) or (parent.children if parent else []),
        "feed": reverse("reading:category_feed", args=(found.pk,)),
    }
    return _listing(request, catalogue.in_category(found), about)


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    found = get_object_or_404(Tag, name=name)
    feed = reverse("reading:tag_feed", args=(found.name,))
    about = {"heading": found.name, "is_tag": True, "feed": feed}
    return _listing(request, catalogue.listed().filter(tags=found), about)


@require_safe
def uploader(request: HttpRequest, key: int) -> HttpResponse:
    """What someone uploaded, under the name they chose; without a public document there is no page."""
    found = get_object_or_404(User, pk=key)
    documents = catalogue.by(found)
    if not documents.exists():
        raise Http404
    about = {"heading": shown_name(found), "is_uploader": True, "feed": reverse("reading:uploader_feed", args=(key,))}
    return _listing(request, documents, about)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    about = {
        "heading": _("All documents"),
        "nearby": catalogue.category_tree(),
        "everywhere": True,
        "feed": reverse("reading:newest_feed"),
    }
    return _listing(request, catalogue.listed(), about)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    return _listing(request, blanks.fillable(), {"heading": _("Templates to fill in")})


def _listing(request: HttpRequest, documents: QuerySet[Document], about: dict[str, Any]) -> HttpResponse:
    sort = request.GET.get("sort", "")
    sort = sort if sort in _ORDERS else ""
    shown, paging, count = cut(request, documents.order_by(*_ORDERS[sort]))
    context = {
        "cards": cards(shown),
        "paging": paging,
        "count": count,
        "sort": sort,
        "sorts": (("", _("Newest")), ("reads", _("Most read")), ("title", _("Title"))),
        **about,
    }
    return render(request, "reading/category.html", context)


def _branch(branches: list[catalogue.Branch], key: int) -> catalogue.Branch | None:
    for branch in branches:
        if branch.category.pk == key:
            return branch
        if found := _branch(branch.children, key):
            return found
    return None
