"""/d/<number>/fill/: a document as a form, and drafts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from fanwen.blanks.app import drafts, filling, service
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Template
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.rules import Breach
from fanwen.intake.app.models import Stage
from fanwen.intake.app.templates import look_for_blanks
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.people.owner import Owner, owner_of
from fanwen.reading.causes import cause_text, error_text
from fanwen.reading.fill_form import Form, breach_text, problem_text
from fanwen.reading.fill_pages import form_pages
from fanwen.reading.fill_typed import says_something, values_from
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
    owner = owner_of(request, make=request.method == "POST")
    if request.method != "POST":
        return _form(request, template, owner, drafts.draft(owner, document))
    fields = service.form_of(template)
    values = values_from(request.POST, template, fields)
    drafts.save_draft(owner, document, values)
    if "take" in request.POST:
        taken = _taken(template, owner, values, request.POST["take"])
        drafts.save_draft(owner, document, taken)
        return _form(request, template, owner, taken)
    if "add" in request.POST or "remove" in request.POST:
        return _form(request, template, owner, values)
    if not says_something(values, template):
        return _form(request, template, owner, values, whole=gettext("Nothing has been filled in yet."), status=422)
    today = timezone.localdate()
    try:
        fillable = service.opened(template)
        if wrong := filling.problems(fillable, values, today):
            return _form(request, template, owner, values, problems=wrong, status=422)
        broken = fillable.breaches(values, today=today)
        if broken and "anyway" not in request.POST:
            return _form(request, template, owner, values, broken=broken, status=422)
        filled = filling.finish(template, fillable, values, owner, today)
    except BlanksError as error:
        return _form(request, template, owner, values, whole=problem_text(error), status=422)
    except IntakeError as error:
        return _form(request, template, owner, values, whole=error_text(error), status=422)
    if request.POST.get("remember"):
        drafts.remember(owner, fields, values)
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


def _form(
    request: HttpRequest,
    template: Template,
    owner: Owner,
    values: Values,
    *,
    problems: dict[str, Any] | None = None,
    whole: str = "",
    broken: Sequence[Breach] = (),
    status: int = 200,
) -> HttpResponse:
    fields = service.form_of(template)
    form = Form(template, fields, values, drafts.remembered(owner, fields), problems)
    context = {
        "document": template.document,
        "pages": form_pages(template, fields),
        "form": form,
        "passages": [{**one, "on": values.get(one["id"], one["default_on"])} for one in template.passages],
        "suggested": any(field.proposal for field in form.elisions),
        "mine": any(field.own and field.proposal for field in form.in_slots),
        "wrong": [field for field in form.all if field.problem],
        "whole": whole,
        "broken": [breach_text(breach) for breach in broken],
        "draft": bool(values) and request.method != "POST",
        "filled_in": sum(bool(one.value) for one in form.slots),
        "by_page": len(form.slots) >= LONG_FORM and len({one.page for one in form.slots}) > 1,
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
    owner = owner_of(request, make=True)
    drafts.save_draft(owner, document, values_from(request.POST, template, service.form_of(template)))
    return render(request, "reading/draft_saved.html", {"at": timezone.localtime()})


@require_POST
def rows(request: HttpRequest, number: str) -> HttpResponse:
    """A table's rows with one more or one less, for a script to put in the place of those before."""
    document = document_or_404(request, number, "download")
    template = service.template_of(document)
    if template is None or not template.fillable:
        raise Http404
    fields = service.form_of(template)
    values = values_from(request.POST, template, fields)
    drafts.save_draft(owner_of(request, make=True), document, values)
    wanted = request.POST.get("add") or request.POST.get("remove", "").partition("-")[0]
    found = next((one for one in Form(template, fields, values).slots if one.id == wanted), None)
    if found is None:
        raise Http404
    context = {"document": document, "one": found, "focus": "add" in request.POST}
    return render(request, "reading/fill_rows.html", context)


@require_POST
def drop_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Begin anew."""
    document = document_or_404(request, number, "download")
    drafts.drop_draft(owner_of(request), document)
    return HttpResponseRedirect(reverse("reading:fill", args=(document.number,)))
