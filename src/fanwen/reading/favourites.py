"""/favourites/: what a visitor wants to find again; and the button for it on a document's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fanwen.people.owner import owner_of
from fanwen.reading.cards import cards
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import cut
from fanwen.reading.same_origin import from_this_site
from fanwen.shelves import favourites


@never_cache
@require_safe
def favourites_page(request: HttpRequest) -> HttpResponse:
    documents, paging, count = cut(request, favourites.favourites(owner_of(request)))
    context = {"cards": cards(documents), "paging": paging, "count": count}
    return render(request, "reading/favourites.html", context)


@from_this_site
@require_POST
def favourite(request: HttpRequest, number: str) -> HttpResponse:
    """Make the document a favourite, or with an empty ``keep`` one no longer."""
    document = document_or_404(request, number)
    owner = owner_of(request, make=True)
    if request.POST.get("keep"):
        favourites.keep(owner, document)
    else:
        favourites.let_go(owner, document)
    if request.headers.get("HX-Request"):
        context = {"document": document, "favoured": favourites.favoured(owner, document), "changed": True}
        return render(request, "reading/favourite_button.html", context)
    back = "/favourites/" if request.POST.get("back") == "favourites" else document.get_absolute_url()
    return HttpResponseRedirect(back)
