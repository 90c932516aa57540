"""Who fills in what: the document, its template, the one who types, and whose draft it goes into."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from fanwen.blanks.app import drafts, service, sharing
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Template
from fanwen.blanks.app.sharing import Note
from fanwen.blanks.fields import Field
from fanwen.library.models import Document
from fanwen.people.owner import Owner, owner_of
from fanwen.reading.fill_typed import values_from
from fanwen.reading.found import document_or_404


class LinkGone(Exception):
    """The link to somebody's draft ran out or was taken back."""


@dataclass(frozen=True)
class Saved:
    """What was typed, the draft as it is then, what others did meanwhile, and the draft's version."""

    typed: Values
    values: Values
    notes: list[Note]
    version: str


@dataclass(frozen=True)
class Desk:
    """`whose` is `owner` except where a link (`token`) leads to somebody else's draft."""

    document: Document
    template: Template
    fields: Sequence[Field]
    owner: Owner
    whose: Owner
    token: str

    def draft(self) -> Values:
        return drafts.draft(self.whose, self.document)

    def version(self) -> str:
        """Of the draft: what it changes with."""
        return sharing.version(self.whose, self.document)

    def save(self, request: HttpRequest) -> Saved:
        """Keep what was typed."""
        typed = values_from(request.POST, self.template, self.fields)
        who = request.user.get_username()
        return Saved(typed, *sharing.save(self.whose, self.document, typed, shown_before(request), who))


def desk_or_404(request: HttpRequest, number: str, *, make: bool = False) -> Desk:
    """The desk of a document that has a form. Raises `Http404` and `LinkGone`."""
    document = document_or_404(request, number, "download")
    template = service.template_of(document)
    if template is None or not template.fillable:
        raise Http404
    return desk_of(request, template, make=make)


def desk_of(request: HttpRequest, template: Template, *, make: bool = False) -> Desk:
    document = template.document
    owner = owner_of(request, make=make)
    token = request.POST.get("with") or request.GET.get("with") or ""
    whose = sharing.owner_behind(token, document) if token else owner
    if whose is None:
        raise LinkGone
    return Desk(document, template, service.form_of(template), owner, whose, token)


def shown_before(request: HttpRequest) -> dict[str, Any] | None:
    """What the form showed before anything was typed into it, as it says itself."""
    try:
        said = json.loads(request.POST.get("base", ""))
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
