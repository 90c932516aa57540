"""/d/<number>/fill/: a document as a form, drafts of it, and the finished document."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanwen.blanks.app import drafts, filling, service
from fanwen.blanks.app.drafts import Owner, Values
from fanwen.blanks.app.models import Filled, Origin, Template, of_owner
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.intake.app.models import Stage
from fanwen.intake.app.names import stem
from fanwen.intake.app.receive import UPLOAD, receive
from fanwen.intake.app.templates import look_for_blanks
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading.causes import cause_text, error_text
from fanwen.reading.files import send
from fanwen.reading.fill_form import form_fields, problem_text, values_from
from fanwen.reading.fill_pages import form_pages
from fanwen.reading.found import document_or_404

_BLOCK = 1024 * 1024

_SESSION = "drafts"
"""The session's own name for its drafts: the session key changes when someone signs in."""


@require_http_methods(["GET", "HEAD", "POST"])
def fill_page(request: HttpRequest, number: str) -> HttpResponse:
    """The form; a POST fills the document and leads to its result, or shows what is wrong with the values."""
    document = document_or_404(request, number, "download")
    template = service.template_of(document)
    if template is None:
        return _not_yet(request, document)
    if not template.fillable or not template.slots:
        return _no_form(request, template)
    owner = _owner(request, make=request.method == "POST")
    if request.method != "POST":
        return _form(request, template, owner, drafts.draft(owner, document))
    fields = service.form_of(template)
    values = values_from(request.POST, template, fields)
    drafts.save_draft(owner, document, values)
    if "take" in request.POST:
        taken = _taken(template, owner, values, request.POST["take"])
        drafts.save_draft(owner, document, taken)
        return _form(request, template, owner, taken)
    if not values:
        return _form(request, template, owner, values, whole=gettext("Nothing has been filled in yet."), status=422)
    today = timezone.localdate()
    try:
        fillable = service.opened(template)
        if wrong := filling.problems(fillable, values, today):
            return _form(request, template, owner, values, problems=wrong, status=422)
        filled = filling.finish(template, fillable, values, owner, today)
    except BlanksError as error:
        return _form(request, template, owner, values, whole=problem_text(error), status=422)
    except IntakeError as error:
        return _form(request, template, owner, values, whole=error_text(error), status=422)
    if request.POST.get("remember"):
        drafts.remember(owner, fields, values)
    return HttpResponseRedirect(reverse("reading:filled", args=(document.number, filled.token)))


def _not_yet(request: HttpRequest, document: Document) -> HttpResponse:
    """The blanks have not been looked for yet (or by an older version): that is done now, by a worker."""
    if not service.holds_blanks(document) or document.status != Document.Status.READY:
        raise Http404
    failed = Stage.objects.filter(document=document, name="blanks", state="failed").first()
    if failed is None:
        look_for_blanks([document])
    context = {"document": document, "reason": cause_text(failed.cause, failed.params) if failed else ""}
    response = render(request, "reading/fill_none.html", {**context, "waiting": failed is None})
    response["Cache-Control"] = "no-store"
    return response


def _no_form(request: HttpRequest, template: Template) -> HttpResponse:
    reason = ""
    if template.cause:
        known = template.cause in MESSAGES
        reason = (
            problem_text(BlanksError(template.cause, **template.params))
            if known
            else cause_text(template.cause, template.params)
        )
    context = {"document": template.document, "reason": reason, "waiting": False}
    return render(request, "reading/fill_none.html", context, status=404)


def _form(
    request: HttpRequest,
    template: Template,
    owner: Owner,
    values: Values,
    *,
    problems: dict[str, Any] | None = None,
    whole: str = "",
    status: int = 200,
) -> HttpResponse:
    fields = service.form_of(template)
    slots, elisions = form_fields(template, fields, values, drafts.remembered(owner, fields), problems or {})
    context = {
        "document": template.document,
        "pages": form_pages(template, fields),
        "slots": slots,
        "elisions": elisions,
        "suggested": any(field.proposal for field in elisions),
        "mine": any(field.own and field.proposal for field in slots),
        "wrong": [field for field in (*slots, *elisions) if field.problem],
        "whole": whole,
        "draft": bool(values) and request.method != "POST",
        "filled_in": sum(bool(field.value) for field in slots),
    }
    response = render(request, "reading/fill.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _taken(template: Template, owner: Owner, values: Values, what: str) -> Values:
    """`values` with the proposal for the field `what`; with all proposals for empty fields where it is ``mine`` or
    ``lost``."""
    fields = service.form_of(template)
    offered = drafts.remembered(owner, fields)
    taken = dict(values)
    for field in fields:
        proposal = offered.get(field.id) or field.blanks[0].suggestion
        group = "lost" if field.role == "elision" else "mine"
        if proposal and (what == field.id or (what == group and field.id not in taken)):
            taken[field.id] = proposal
    return taken


@require_POST
def save_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what has been typed so far; asked now and then while someone types."""
    document = document_or_404(request, number, "download")
    template = service.template_of(document)
    if template is None or not template.fillable:
        raise Http404
    owner = _owner(request, make=True)
    drafts.save_draft(owner, document, values_from(request.POST, template, service.form_of(template)))
    return render(request, "reading/draft_saved.html", {"at": timezone.localtime()})


@require_POST
def drop_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Begin anew."""
    document = document_or_404(request, number, "download")
    drafts.drop_draft(_owner(request), document)
    return HttpResponseRedirect(reverse("reading:fill", args=(document.number,)))


@require_safe
def filled_page(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """The finished document: the proof that only blanks changed, and what can be done with it."""
    filled = _filled_or_404(request, number, token)
    document = filled.document
    context = {
        "document": document,
        "filled": filled,
        "format": Path(service.source_of(document)[1]).suffix[1:].upper(),
        "may_publish": may(request.user, "upload"),
    }
    response = render(request, "reading/filled.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def filled_file(request: HttpRequest, number: str, token: str, kind: str) -> HttpResponseBase:
    """The finished document itself, or its PDF, which is made when it is first asked for."""
    filled = _filled_or_404(request, number, token)
    if kind not in ("document", "pdf"):
        raise Http404
    template = service.template_of(filled.document)
    if template is None:
        return _not_yet(request, filled.document)
    try:
        path = filling.pdf_of(filled, template) if kind == "pdf" else filling.file_of(filled, template)
    except filling.Busy:
        context = {"document": filled.document, "reason": "", "waiting": True}
        response = render(request, "reading/fill_none.html", context, status=503)
        response["Retry-After"] = "10"
        return response
    except (IntakeError, BlanksError) as error:
        reason = error_text(error) if isinstance(error, IntakeError) else problem_text(error)
        context = {"document": filled.document, "reason": reason, "waiting": False}
        return render(request, "reading/fill_none.html", context, status=500)
    return send(request, path, _name(filled, path.suffix))


@require_POST
@login_required
def publish(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Make the finished document one of the library, which names the template it was made from."""
    filled = _filled_or_404(request, number, token)
    template = service.template_of(filled.document)
    if not may(request.user, "upload") or template is None:
        raise Http404
    if filled.published is not None:
        return HttpResponseRedirect(filled.published.get_absolute_url())
    document = filled.document
    title = request.POST.get("title", "").strip()[:300] or document.title
    path = filling.file_of(filled, template)
    with path.open("rb") as file:
        receipt = receive(
            iter(lambda: file.read(_BLOCK), b""),
            f"{title}{path.suffix}",
            uploader=request.user,
            category=document.category,
            title=title,
            priority=UPLOAD,
        )
    if receipt.status == "stored":
        made = gettext("Made from the template “{title}” (number {number}).")
        described = made.format(title=document.title, number=document.number)
        Document.objects.filter(pk=receipt.document.pk).update(description=described)
        Origin.objects.get_or_create(document=receipt.document, defaults={"template": document})
        Filled.objects.filter(pk=filled.pk).update(published=receipt.document)
    return HttpResponseRedirect(receipt.document.get_absolute_url())


def _name(filled: Filled, suffix: str) -> str:
    return f"{stem(filled.document.original_name)}-{filled.made_on:%Y%m%d}{suffix}"


def _filled_or_404(request: HttpRequest, number: str, token: str) -> Filled:
    owner = _owner(request)
    mine = Filled.objects.filter(of_owner(owner.user, owner.session), token=token)
    filled = mine.select_related("document", "published").first()
    if filled is None or filled.document.number != number or not may(request.user, "download", filled.document):
        raise Http404
    return filled


def _owner(request: HttpRequest, *, make: bool = False) -> Owner:
    """Who is asking. A visitor who has not signed in gets a session with the first thing they type (`make`)."""
    session = request.session.get(_SESSION, "")
    if request.user.is_authenticated:
        if session:  # signed in since: what was typed before goes along
            drafts.adopt(request.user, session)
            del request.session[_SESSION]
        return Owner(request.user, "")
    if make and not session:
        session = request.session[_SESSION] = secrets.token_hex(16)
    return Owner(request.user, session)
