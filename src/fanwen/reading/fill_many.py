"""/d/<number>/fill/sheet/: a spreadsheet with a row per document is sent in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from fanwen.blanks.app import batches, service
from fanwen.blanks.app.models import Batch, Template
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.sheet import write_sheet
from fanwen.intake.app.names import stem
from fanwen.intake.types import IntakeError
from fanwen.people.owner import owner_of
from fanwen.reading.causes import error_text
from fanwen.reading.fill_form import problem_text
from fanwen.reading.found import document_or_404

EARLIER = 5
"""Batches of the same person that are listed."""


@require_http_methods(["GET", "HEAD", "POST"])
def fill_many(request: HttpRequest, number: str) -> HttpResponseBase:
    template = _template_or_404(request, number)
    if request.method != "POST":
        return _page(request, template)
    if int(request.META.get("CONTENT_LENGTH") or 0) > batches.LARGEST:
        said = gettext("The sheet is larger than {most} MB.").format(most=batches.LARGEST // 2**20)
        return _page(request, template, said, status=413)
    sheet = request.FILES.get("sheet")
    if sheet is None:
        return _page(request, template, gettext("Please choose a sheet."), status=422)
    try:
        batch = batches.take_in(template, owner_of(request, make=True), sheet.name or "", sheet.chunks())
    except batches.TooManyRows as many:
        said = gettext("The sheet has {rows} rows; at most {most} documents are made at once.")
        return _page(request, template, said.format(rows=many.rows, most=batches.MOST_ROWS), status=422)
    except BlanksError as error:
        return _page(request, template, problem_text(error), status=422)
    except IntakeError as error:
        return _page(request, template, error_text(error), status=422)
    return HttpResponseRedirect(reverse("reading:batch", args=(number, batch.token)))


@require_safe
def empty_sheet(request: HttpRequest, number: str) -> HttpResponseBase:
    """A sheet with a column for each field, to fill in and send back."""
    template = _template_or_404(request, number)
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        write_sheet(path, [field for field in service.opened(template).fields if field.role == "slot"])
        name = f"{stem(template.document.original_name)}.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _template_or_404(request: HttpRequest, number: str) -> Template:
    template = service.template_of(document_or_404(request, number, "download"))
    if template is None or not template.fillable or not template.slots:
        raise Http404
    return template


def _page(request: HttpRequest, template: Template, problem: str = "", *, status: int = 200) -> HttpResponse:
    mine = Batch.objects.filter(owner_of(request).rows, document=template.document)
    context: dict[str, Any] = {
        "document": template.document,
        "problem": problem,
        "most": batches.MOST_ROWS,
        "earlier": mine.exclude(state=Batch.State.CANCELLED).order_by("-changed_at")[:EARLIER],
    }
    response = render(request, "reading/fill_many.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
