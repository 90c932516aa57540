"""/account/: how an account is named."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fanwen.library.models import Document
from fanwen.people.models import Profile
from fanwen.people.names import masked, shown_name, usual_choice

_LONGEST = 60


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    if request.method == "POST":
        name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:_LONGEST]
        if name != shown_name(user):
            user.first_name, user.last_name = name, ""
            user.save(update_fields=("first_name", "last_name"))
        shown_as = request.POST.get("shown_as", "")
        if shown_as in Document.ShownAs.values:
            Profile.objects.update_or_create(user=user, defaults={"shown_as": shown_as})
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("reading:account"))
    name = shown_name(user)
    context = {
        "name": name,
        "longest": _LONGEST,
        "usual": usual_choice(user),
        "choices": (("full", name), ("masked", masked(name)), ("anonymous", _("anonymous"))),
    }
    return render(request, "reading/account.html", context)
