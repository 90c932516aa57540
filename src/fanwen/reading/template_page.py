"""/d/<number>/template/: what an editor says about a document's blanks, and whether it is a confirmed template."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanwen.blanks.app import correcting, service
from fanwen.blanks.app.models import Template
from fanwen.blanks.editing import Editor
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.rules import propose
from fanwen.intake.types import IntakeError
from fanwen.reading.causes import error_text
from fanwen.reading.fill import not_yet
from fanwen.reading.fill_form import problem_text
from fanwen.reading.fill_pages import form_pages
from fanwen.reading.found import document_or_404
from fanwen.reading.template_actions import ACTIONS, Refused
from fanwen.reading.template_fields import ROLES, TYPES, field_rows, gone, lost, occurrences, paragraphs, rule_problem


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_page(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number, "edit")
    template = service.template_of(document)
    if template is None:
        return not_yet(request, document)
    if not template.fillable:
        raise Http404
    try:
        editor = correcting.editor_of(template)
    except (BlanksError, IntakeError) as error:
        reason = problem_text(error) if isinstance(error, BlanksError) else error_text(error)
        return render(request, "reading/fill_none.html", {"document": document, "reason": reason, "waiting": False})
    if request.method != "POST":
        return _page(request, template, editor)
    action = ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise Http404
    try:
        shown = action(template, editor, request.user, request.POST)
    except Refused as refused:
        return _page(request, template, editor, problem=str(refused), status=422)
    except (KeyError, ValueError):  # a field or place that is there no longer: the page was left open meanwhile
        shown = ""
    address = reverse("reading:template", args=(document.number,))
    return HttpResponseRedirect(f"{address}?{urlencode({'field': shown})}#at" if shown else f"{address}#fields")


def _page(
    request: HttpRequest, template: Template, editor: Editor, *, problem: str = "", status: int = 200
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    find = request.GET.get("find", "").replace("\0", "").strip()[:100]
    rules = correcting.rules_of(template)
    context: dict[str, Any] = {
        "document": template.document,
        "template": template,
        "pages": form_pages(template, editor.fields),
        "fields": field_rows(template, editor, open_=asked.get("field", "")),
        "types": TYPES,
        "roles": ROLES,
        "gone": gone(editor),
        "lost": lost(editor, correcting.optional_of(template)),
        "find": find,
        "occurrences": occurrences(editor, find),
        "passages": template.passages,
        "paragraphs": paragraphs(editor.story) if "passage" in asked else (),
        "rules": request.POST.get("rules", "\n".join(rules)),
        "rule_problems": [text for rule in rules if (text := rule_problem(rule, editor))],
        "proposed": [rule for rule in propose(editor.fields, editor.columns) if rule not in rules],
        "problem": problem,
    }
    response = render(request, "reading/template.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
