"""/d/<number>/fill/sheet/: one finished document for every row of a spreadsheet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from fanwen.blanks.app import service
from fanwen.blanks.app.models import Template
from fanwen.blanks.batch import count_rows, fill_sheet
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.sheet import write_sheet
from fanwen.intake.app.names import stem
from fanwen.intake.sniff import sniff
from fanwen.intake.types import IntakeError
from fanwen.reading.causes import error_text
from fanwen.reading.fill_form import problem_text
from fanwen.reading.found import document_or_404

MOST_ROWS = 500
"""Documents made in one answer, some milliseconds each; more are made by the command ``fanwen fill --sheet``."""

LARGEST = 5 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def fill_many(request: HttpRequest, number: str) -> HttpResponseBase:
    template = _template_or_404(request, number)
    if request.method != "POST":
        return _page(request, template)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _page(request, template, gettext("The sheet is larger than 5 MB."), status=413)
    sheet = request.FILES.get("sheet")
    if sheet is None:
        return _page(request, template, gettext("Please choose a sheet."), status=422)
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="sheet-") as folder:
        path, packed = Path(folder) / "sheet", Path(folder) / "filled.zip"
        path.write_bytes(b"".join(sheet.chunks()))
        ignore = bool(request.POST.get("ignore"))
        try:
            sniff(path, sheet.name or "sheet.csv")
            if (rows := count_rows(path)) > MOST_ROWS:
                said = gettext("The sheet has {rows} rows; here at most {most} documents are made at once.")
                return _page(request, template, said.format(rows=rows, most=MOST_ROWS), status=422)
            fill_sheet(service.opened(template), path, packed, ignore=ignore, strict=True)
        except BlanksError as error:
            return _page(request, template, _problem(error), unmatched=error.code == "sheet_headers", status=422)
        except IntakeError as error:
            return _page(request, template, error_text(error), status=422)
        # the open file outlives its folder
        name = f"{stem(template.document.original_name)}.zip"
        response = FileResponse(packed.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/zip"
    response["Cache-Control"] = "no-store"
    return response


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


def _page(
    request: HttpRequest, template: Template, problem: str = "", *, unmatched: bool = False, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"document": template.document, "problem": problem, "unmatched": unmatched}
    response = render(request, "reading/fill_many.html", {**context, "most": MOST_ROWS}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _problem(error: BlanksError) -> str:
    if error.code == "sheet_headers":
        return gettext("No field matches these columns: {names}").format(**error.params)
    return problem_text(error)
