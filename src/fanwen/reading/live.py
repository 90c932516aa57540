"""Where a document is on its way: the stages, live, on its page and in the rows of the upload page; and trying again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from fanwen.intake.app import stages
from fanwen.intake.app.stages import Progress
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading.causes import cause_text
from fanwen.reading.found import document_or_404

_NAMES = {
    "stored": _("Stored"),
    "converted": _("Converted"),
    "paged": _("Pages read"),
    "indexed": _("Findable"),
    "recognised": _("Text recognised"),
    "replaced": _("In place"),
}


@dataclass(frozen=True)
class Step:
    name: str
    label: str
    state: str
    seconds: float | None
    cause: str
    """What was wrong and what to do, in the visitor's language; empty unless failed."""


def steps(progress: Progress) -> list[Step]:
    return [
        Step(
            stage.name,
            str(_NAMES.get(stage.name, stage.name)),
            stage.state,
            stage.seconds,
            cause_text(stage.cause, stage.params) if stage.state == "failed" else "",
        )
        for stage in progress.stages
    ]


@require_safe
def stage_list(request: HttpRequest, number: str) -> HttpResponse:
    """The stages as a fragment that asks for itself again until the document is finished. On the document's own page
    (``?on=page``) the finished one makes the browser load the page anew, with its pages."""
    document = document_or_404(request, number, versions=True)
    progress = stages.progress(document)
    on_page = request.GET.get("on") == "page"
    response = render(request, "reading/stages.html", stage_context(request, document, progress, on_page=on_page))
    response["Cache-Control"] = "no-store"
    if on_page and settled(progress):
        response["HX-Refresh"] = "true"
    return response


def stage_context(request: HttpRequest, document: Document, progress: Progress, *, on_page: bool) -> dict[str, object]:
    return {
        "document": document,
        "progress": progress,
        "steps": steps(progress),
        "settled": settled(progress),
        "may_retry": may(request.user, "retry", document),
        "on_page": on_page,
    }


def waiting_context(request: HttpRequest, document: Document) -> dict[str, object] | None:
    """The stages of the new version that is to take `document`'s place; None where there is none."""
    waiting = catalogue.waiting_version(document)
    if waiting is None:
        return None
    return stage_context(request, waiting, stages.progress(waiting), on_page=True)


def settled(progress: Progress) -> bool:
    """Nothing more is to come that a waiting visitor would look for."""
    return progress.finished


@require_POST
@login_required
def retry(request: HttpRequest, number: str) -> HttpResponse:
    """Send a failed document through its failed stages again."""
    document = document_or_404(request, number, versions=True)
    if not may(request.user, "retry", document):
        raise Http404
    stages.retry(document)
    if request.headers.get("HX-Request"):
        on_page = request.POST.get("on") == "page"
        return render(
            request,
            "reading/stages.html",
            stage_context(request, document, stages.progress(document), on_page=on_page),
        )
    return HttpResponseRedirect(document.get_absolute_url())
