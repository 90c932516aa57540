"""/c/<id>/, /t/<name>/, /all/: documents by category, by tag, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.blanks.app import service as blanks
from fanwen.library import catalogue
from fanwen.library.models import Category, Tag
from fanwen.reading.cards import cards
from fanwen.reading.paging import cut


@require_safe
def category(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Category.objects.select_related("parent"), pk=key)
    documents, paging, count = cut(request, catalogue.in_category(found))
    branch = _branch(catalogue.category_tree(), key)
    return render(
        request,
        "reading/category.html",
        {
            "heading": found.name,
            "category": found,
            "trail": found.trail()[:-1],
            "nearby": (branch.children if branch else []) or _siblings(found),
            "cards": cards(documents),
            "paging": paging,
            "count": count,
        },
    )


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    found = get_object_or_404(Tag, name=name)
    documents, paging, count = cut(request, catalogue.listed().filter(tags=found))
    context = {"heading": found.name, "is_tag": True, "cards": cards(documents), "paging": paging, "count": count}
    return render(request, "reading/category.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    documents, paging, count = cut(request, catalogue.listed())
    context = {
        "heading": _("All documents"),
        "nearby": catalogue.category_tree(),
        "cards": cards(documents),
        "paging": paging,
        "count": count,
    }
    return render(request, "reading/category.html", context)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    documents, paging, count = cut(request, blanks.fillable())
    context = {"heading": _("Templates to fill in"), "cards": cards(documents), "paging": paging, "count": count}
    return render(request, "reading/category.html", context)


def _branch(branches: list[catalogue.Branch], key: int) -> catalogue.Branch | None:
    for branch in branches:
        if branch.category.pk == key:
            return branch
        if found := _branch(branch.children, key):
            return found
    return None


def _siblings(found: Category) -> list[catalogue.Branch]:
    if found.parent is None:
        return []
    parent = _branch(catalogue.category_tree(), found.parent.pk)
    return parent.children if parent else []
