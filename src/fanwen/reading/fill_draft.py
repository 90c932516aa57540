"""Drafts of a form: kept as one types, begun anew, and shared by a link."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from fanwen.blanks.app import drafts, sharing
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.sharing import Note
from fanwen.reading.fill_desk import Desk, LinkGone, desk_or_404, shown_before
from fanwen.reading.fill_follow import follow
from fanwen.reading.fill_form import Form, FormField


@require_POST
def save_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what has been typed so far; asked now and then while someone types."""
    try:
        desk = desk_or_404(request, number, make=True)
    except LinkGone:
        return render(request, "reading/draft_saved.html", {"gone": True})
    before = shown_before(request) or {}
    saved = desk.save(request)
    followed = follow(desk, saved, request.POST.get("focus", ""))
    context = {
        "document": desk.document,
        "at": timezone.localtime(),
        "base": json.dumps(followed.shown),
        # what is being typed into is shown when it is left: the next look has to find another version
        "version": "" if any(note.field == request.POST.get("focus") for note in followed.notes) else saved.version,
        "followed": followed,
        "notes": notes_text(desk, followed.notes),
        "doubled": _doubled(desk, before, saved.typed),
    }
    return render(request, "reading/draft_saved.html", context)


@require_safe
def draft_version(request: HttpRequest, number: str) -> HttpResponse:
    """What changes with every change of the draft: asked for every few seconds while a shared one is looked at."""
    try:
        desk = desk_or_404(request, number)
    except LinkGone:
        return HttpResponse(status=410)
    response = HttpResponse(desk.version(), content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def rows(request: HttpRequest, number: str) -> HttpResponse:
    """A table's rows with one more or one less, for a script to put in the place of those before."""
    try:
        desk = desk_or_404(request, number, make=True)
    except LinkGone as error:
        raise Http404 from error
    typed = desk.save(request).typed
    wanted = request.POST.get("add") or request.POST.get("remove", "").partition("-")[0]
    found = next((one for one in Form(desk.template, desk.fields, typed).slots if one.id == wanted), None)
    if found is None:
        raise Http404
    context = {"document": desk.document, "one": found, "focus": "add" in request.POST, "base": json.dumps(typed)}
    return render(request, "reading/fill_rows.html", context)


@require_POST
def drop_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Begin anew."""
    desk = _own_desk(request, number)
    drafts.drop_draft(desk.owner, desk.document)
    return HttpResponseRedirect(reverse("reading:fill", args=(number,)))


@require_POST
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Make a link to one's draft, or with ``token`` take one back."""
    desk = _own_desk(request, number, make=True)
    if token := request.POST.get("token"):
        sharing.revoke(desk.owner, desk.document, token)
    else:
        sharing.share(desk.owner, desk.document)
    return HttpResponseRedirect(reverse("reading:fill", args=(number,)) + "#share")


def _own_desk(request: HttpRequest, number: str, *, make: bool = False) -> Desk:
    try:
        desk = desk_or_404(request, number, make=make)
    except LinkGone as error:
        raise Http404 from error
    if desk.token:
        raise Http404  # a link to a draft gives no right to drop it or to pass it on
    return desk


def about_draft(request: HttpRequest, desk: Desk, values: Values, notes: Sequence[Note]) -> dict[str, Any]:
    """What the form says of its draft: the links to it, and what others did."""
    address = request.build_absolute_uri(reverse("reading:fill", args=(desk.document.number,)))
    links = [] if desk.token or not desk.owner.known else sharing.shares(desk.owner, desk.document)
    return {
        "token": desk.token,
        "base": json.dumps(values),
        "version": desk.version(),
        "links": [
            {"token": one.token, "address": f"{address}?with={one.token}", "until": one.expires_at} for one in links
        ],
        "notes": notes_text(desk, notes),
    }


def _doubled(desk: Desk, before: Values, typed: Values) -> list[FormField]:
    """The entries that say again what stands beside their blanks, and those that did before."""
    told = {one.number for one in Form(desk.template, desk.fields, before).all if one.twice}
    return [one for one in Form(desk.template, desk.fields, typed).all if one.twice or one.number in told]


def notes_text(desk: Desk, notes: Sequence[Note]) -> list[str]:
    """What others did meanwhile, in the visitor's language."""
    names = {field.id: field.name for field in desk.fields}
    names |= {
        one["id"]: one["name"] for one in (*desk.template.repeats, *desk.template.passages, *desk.template.markings)
    }
    said = []
    for note in notes:
        values = {
            "who": note.who or gettext("A visitor"),
            "name": names.get(note.field, note.field),
            "time": timezone.localtime(note.at).strftime("%H:%M"),
            "value": _shown(note.value),
        }
        if note.lost:
            text = gettext("{name}: {who} had written “{value}” at {time}; yours is kept now.")
        else:
            text = gettext("{name}: {who} changed it to “{value}” at {time}.")
        said.append(text.format(**values))
    return said


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, list):
        return "…" if any(isinstance(one, dict) for one in value) else "、".join(map(str, value))
    return "" if value is None else str(value)
