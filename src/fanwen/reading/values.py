"""/values/: what someone's forms remember of them, to see, correct and delete."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanwen.blanks.app import profile
from fanwen.people.owner import owner_of


@require_http_methods(["GET", "HEAD", "POST"])
def my_values(request: HttpRequest) -> HttpResponse:
    """The list. A POST with ``key`` corrects or (``delete``) drops one value, with ``name`` adds one, with ``forget``
    drops all."""
    owner = owner_of(request, make=request.method == "POST")
    if request.method == "POST":
        posted = request.POST
        value = posted.get("value", "").strip()
        if "forget" in posted:
            profile.forget(owner)
        elif (key := posted.get("key", "")).isascii() and key.isdecimal():
            profile.change(owner, int(key[:18]), "" if "delete" in posted else value)
        elif (name := posted.get("name", "").strip()) and value:
            profile.add(owner, name, value)
        return HttpResponseRedirect(reverse("reading:values"))
    rows = list(profile.kept(owner)) if owner.known else []
    response = render(request, "reading/values.html", {"rows": rows, "longest": profile.LONGEST})
    response["Cache-Control"] = "private, no-store"
    return response
