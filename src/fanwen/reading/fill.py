"""/d/<number>/fill/: a document as a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from fanwen.blanks.app import drafts, filling, finished_pdf, profile, service
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Template
from fanwen.blanks.app.sharing import Note
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.rules import Breach
from fanwen.intake.app.models import Stage
from fanwen.intake.app.templates import look_for_blanks
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.reading.causes import cause_text, error_text
from fanwen.reading.fill_desk import Desk, LinkGone, desk_of
from fanwen.reading.fill_draft import about_draft
from fanwen.reading.fill_form import Form, FormField, breach_text, problem_text
from fanwen.reading.fill_pages import form_pages
from fanwen.reading.fill_typed import says_something
from fanwen.reading.found import document_or_404

LONG_FORM = 12
"""Facts from which on a form says which page they are on."""


@require_http_methods(["GET", "HEAD", "POST"])
def fill_page(request: HttpRequest, number: str) -> HttpResponse:
    """The form; a POST fills the document and leads to its result, or shows what is wrong with the values."""
    document = document_or_404(request, number, "download")
    template = service.template_of(document)
    if template is None:
        return not_yet(request, document)
    if not template.fillable or not template.slots:
        return _no_form(request, template)
    try:
        desk = desk_of(request, template, make=request.method == "POST")
    except LinkGone:
        return link_gone(request, document)
    if request.method != "POST":
        return _form(request, desk, desk.draft())
    saved = desk.save(request)
    values, notes = saved.values, saved.notes
    if "take" in request.POST:
        taken = _taken(desk, values, request.POST["take"])
        drafts.save_draft(desk.whose, document, taken)
        return _form(request, desk, taken, notes=notes)
    if "trim" in request.POST:
        trimmed = _trimmed(desk, values, request.POST["trim"])
        drafts.save_draft(desk.whose, document, trimmed)
        return _form(request, desk, trimmed, notes=notes)
    if "add" in request.POST or "remove" in request.POST:
        return _form(request, desk, values, notes=notes)
    if not says_something(values, template):
        return _form(request, desk, values, whole=gettext("Nothing has been filled in yet."), status=422)
    today = timezone.localdate()
    try:
        fillable = service.opened(template)
        if wrong := filling.problems(fillable, values, today):
            return _form(request, desk, values, problems=wrong, notes=notes, status=422)
        broken = fillable.breaches(values, today=today)
        doubled = [field for field in Form(template, desk.fields, values).all if field.twice]
        if (broken or doubled) and "anyway" not in request.POST:
            return _form(request, desk, values, broken=broken, doubled=doubled, notes=notes, status=422)
        filled = filling.finish(template, fillable, values, desk.owner, today)
        finished_pdf.begin(filled, template)
    except BlanksError as error:
        return _form(request, desk, values, whole=problem_text(error), status=422)
    except IntakeError as error:
        return _form(request, desk, values, whole=error_text(error), status=422)
    if request.POST.get("remember"):
        profile.remember(desk.owner, desk.fields, values)
    return HttpResponseRedirect(reverse("reading:filled", args=(document.number, filled.token)))


def not_yet(request: HttpRequest, document: Document) -> HttpResponse:
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


def link_gone(request: HttpRequest, document: Document) -> HttpResponse:
    reason = gettext("This link to a draft is no longer valid. Please ask whoever sent it for a new one.")
    context = {"document": document, "reason": reason, "waiting": False}
    return render(request, "reading/fill_none.html", context, status=410)


def _form(
    request: HttpRequest,
    desk: Desk,
    values: Values,
    *,
    problems: dict[str, Any] | None = None,
    whole: str = "",
    broken: Sequence[Breach] = (),
    doubled: Sequence[FormField] = (),
    notes: Sequence[Note] = (),
    status: int = 200,
) -> HttpResponse:
    template = desk.template
    form = Form(template, desk.fields, values, profile.offers(desk.owner, desk.fields), problems)
    context = {
        "document": template.document,
        "pages": form_pages(template, desk.fields),
        "form": form,
        "passages": [
            {**one, "on": values.get(one["id"], one.get("default_on", True))}
            for one in (*template.passages, *template.markings)
        ],
        "code_tags": template.code_tags,
        "suggested": any(field.proposal for field in form.elisions),
        "mine": any(field.own and field.sure and field.proposal for field in form.in_slots),
        "wrong": [field for field in form.all if field.problem],
        "whole": whole,
        "broken": [breach_text(breach) for breach in broken],
        "doubled": doubled,
        "draft": bool(values) and request.method != "POST" and not desk.token,
        "filled_in": sum(bool(one.value) for one in form.slots),
        "by_page": len(form.slots) >= LONG_FORM and len({one.page for one in form.slots}) > 1,
        **about_draft(request, desk, values, notes),
    }
    response = render(request, "reading/fill.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _taken(desk: Desk, values: Values, what: str) -> Values:
    """`values` with the proposal for the field `what`; with all proposals for empty fields where it is ``mine`` or
    ``lost``, but for those that may be of another fact."""
    offered = profile.offers(desk.owner, desk.fields)
    taken = dict(values)
    for field in desk.fields:
        offer = offered.get(field.id)
        proposal = offer.value if offer else field.blanks[0].suggestion
        group = "lost" if field.role == "elision" else "mine" if offer is None or offer.sure else ""
        if proposal and (what == field.id or (what == group and field.id not in taken)):
            taken[field.id] = proposal
    return taken


def _trimmed(desk: Desk, values: Values, key: str) -> Values:
    """`values` with what the entry `key` says once more taken out of it."""
    field = next((one for one in Form(desk.template, desk.fields, values).all if one.key == key), None)
    if field is None or field.twice is None or not field.twice.rest:
        return values
    repeat, _, place = key.partition("-")
    if not field.cell:
        return {**values, key: field.twice.rest}
    at, _, column = place.partition("-")
    rows = [
        {**row, column: field.twice.rest} if at == str(number) else row for number, row in enumerate(values[repeat])
    ]
    return {**values, repeat: rows}
