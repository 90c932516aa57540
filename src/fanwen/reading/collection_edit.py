"""Putting a collection together: making one, its name and description, what stands in it and in which order."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fanwen.library.models import Document
from fanwen.reading.cards import cards
from fanwen.reading.collections import collection_or_404
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import cut
from fanwen.shelves import collections
from fanwen.shelves.models import Collection

_STEPS = {"first": -collections.MOST_DOCUMENTS, "up": -1, "down": 1, "last": collections.MOST_DOCUMENTS}


class CollectionForm(forms.ModelForm):
    class Meta:
        model = Collection
        fields = ("name", "description", "public")
        labels = {
            "name": gettext_lazy("Name"),
            "description": gettext_lazy("Description"),
            "public": gettext_lazy("Everyone may see it"),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_collection(request: HttpRequest) -> HttpResponse:
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = collections.make(request.user, **form.cleaned_data)
        except collections.Full:
            form.add_error(None, _full())
        else:
            return HttpResponseRedirect(made.get_absolute_url())
    return render(request, "reading/collection_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_collection(request: HttpRequest, key: str) -> HttpResponse:
    """Name, description and who may see it, with everything that stands in it."""
    found = collection_or_404(request, key, change=True)
    form = CollectionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return HttpResponseRedirect(found.get_absolute_url())
    return _edit(request, found, form, status=422 if form.errors else 200)


@require_POST
@login_required
def change_entry(request: HttpRequest, key: str) -> HttpResponse:
    """Move the document ``number`` (``do`` is first, up, down or last) or take it out (remove)."""
    found = collection_or_404(request, key, change=True)
    document = Document.objects.filter(number=request.POST.get("number", "")[:9], entries__collection=found).first()
    do = request.POST.get("do", "")
    if document is not None and do == "remove":
        collections.remove(found, document)
    elif document is not None and do in _STEPS:
        collections.move(found, document, _STEPS[do], request.user)
    if request.headers.get("HX-Request"):
        return _edit(request, found, None)
    return HttpResponseRedirect(f"{found.get_absolute_url()}edit/?p={request.POST.get('p', '1')[:6]}#documents")


@require_POST
@login_required
def delete_collection(request: HttpRequest, key: str) -> HttpResponse:
    """The list goes; the documents stay."""
    found = collection_or_404(request, key, change=True)
    found.delete()
    messages.info(request, _("The collection “%(name)s” was deleted; its documents stay.") % {"name": found.name})
    return HttpResponseRedirect("/collections/")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def collect(request: HttpRequest, number: str) -> HttpResponse:
    """Put a document into one of the visitor's collections, or into a new one."""
    document = document_or_404(request, number)
    mine = list(collections.holding(request.user, document))
    problem = ""
    if request.method == "POST":
        try:
            into = _into(request, mine)
            if into is not None:
                collections.add(into, document)
                messages.info(request, _("Added to the collection “%(name)s”.") % {"name": into.name})
                return HttpResponseRedirect(document.get_absolute_url())
            problem = _("Choose a collection or name a new one.")
        except collections.Full:
            problem = _full()
    part = "reading/collect_form.html" if request.headers.get("HX-Request") else "reading/collect.html"
    context = {"document": document, "mine": mine, "problem": problem}
    return render(request, part, context, status=422 if problem else 200)


def _into(request: HttpRequest, mine: list[Collection]) -> Collection | None:
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:100]
    if name:
        return collections.make(request.user, name)
    return next((each for each in mine if each.key == request.POST.get("collection")), None)


def _edit(request: HttpRequest, found: Collection, form: CollectionForm | None, *, status: int = 200) -> HttpResponse:
    """The page, or without a `form` its list alone."""
    documents, paging, count = cut(request, collections.documents_of(found, request.user))
    context = {"collection": found, "form": form, "cards": cards(documents), "paging": paging, "count": count}
    part = "reading/collection_edit.html" if form is not None else "reading/collection_entries.html"
    return render(request, part, context, status=status)


def _full() -> str:
    return _("There is no room for more here. Remove something first.")
