"""/searches/: searches that someone wants to make again, each with its feed."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanwen.reading.facets import kept
from fanwen.shelves import searches

_LONGEST_ADDRESS = 600


@require_safe
@login_required
def searches_page(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/searches.html", {"searches": searches.saved(request.user)})


@require_POST
@login_required
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep the search of this address's query string under the posted ``name``; without one, under its words."""
    query = request.GET.copy()
    query["q"] = " ".join(query.get("q", "").replace("\0", "").split())
    address = kept(query, drop=("p",))
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:100] or query["q"][:100]
    if not query["q"] or len(address) > _LONGEST_ADDRESS:
        messages.error(request, _("This search is too long to be saved."))
    else:
        try:
            searches.save(request.user, name, address)
            messages.info(request, _("The search “%(name)s” is saved.") % {"name": name})
        except searches.Full:
            messages.error(request, _("There is no room for more here. Remove something first."))
    return HttpResponseRedirect(f"/search/{address}" if parse_qs(address[1:]).get("q") else "/searches/")


@require_POST
@login_required
def drop_search(request: HttpRequest, key: int) -> HttpResponse:
    searches.drop(request.user, key)
    return HttpResponseRedirect("/searches/")
