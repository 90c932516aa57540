"""/d/<number>/fill/sheet/<token>/: a sheet's columns are settled, its documents are made, and fetched as a ZIP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from fanwen.blanks.app import batches, service
from fanwen.blanks.app.models import Batch
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.fields import Field
from fanwen.intake.app.names import stem
from fanwen.people.access import may
from fanwen.people.owner import owner_of
from fanwen.reading.causes import cause_text
from fanwen.reading.fill import not_yet
from fanwen.reading.fill_form import problem_text
from fanwen.reading.paging import whole_number

OUT = "out"
"""What a form sends for a column that is left out."""


@dataclass(frozen=True)
class Column:
    index: int
    header: str
    example: str
    chosen: str
    """The id of its field, `OUT`, or "" where it has to be asked."""
    guess: str
    """The name of the field it may be, where that is not sure."""
    guess_percent: int


@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: HttpRequest, number: str, token: str) -> HttpResponse:
    batch = _batch_or_404(request, number, token)
    template = service.template_of(batch.document)
    if template is None:
        return not_yet(request, batch.document)
    if request.method == "POST" and request.POST.get("do") == "cancel":
        batches.cancel(batch)
        return HttpResponseRedirect(request.path)
    if batch.state != Batch.State.ASKING:
        return _render(request, "reading/fill_batch.html", {"batch": batch, **_progress(batch)})
    fields = [field for field in service.form_of(template) if field.role == "slot"]
    if request.method != "POST":
        return _asked(request, batch, fields)
    columns, problem = _chosen(request.POST, batch, fields)
    if problem:
        return _asked(request, batch, fields, problem=problem, status=422)
    named = request.POST.get("name_column", "")
    name_column = whole_number(named) if named else None
    batches.start(batch, columns, name_column=name_column, pdf="pdf" in request.POST)
    return HttpResponseRedirect(request.path)


@require_safe
def batch_progress(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """How far it is, alone: what the page asks for every second."""
    batch = _batch_or_404(request, number, token)
    return _render(request, "reading/fill_batch_progress.html", {"batch": batch, **_progress(batch)})


@require_safe
def batch_zip(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    batch = _batch_or_404(request, number, token)
    path = batches.zip_of(batch)
    if batch.state != Batch.State.DONE or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem(batch.document.original_name)}.zip")
    response["Content-Type"] = "application/zip"
    response["Cache-Control"] = "no-store"
    return response


def _asked(
    request: HttpRequest, batch: Batch, fields: list[Field], *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Which column is which field."""
    examples = batches.first_row(batch)
    columns = []
    for index, (match, sure) in enumerate(batches.proposed(batch, fields)):
        if not batch.headers[index]:
            continue
        chosen = request.POST.get(f"c-{index}", match.key if match is not None and sure else "")
        columns.append(
            Column(
                index,
                batch.headers[index],
                examples[index] if index < len(examples) else "",
                _id_of(chosen, fields),
                "" if match is None or sure else match.name,
                round(100 * match.confidence) if match is not None else 0,
            )
        )
    context = {"batch": batch, "columns": columns, "fields": fields, "problem": problem, "posted": request.POST}
    return _render(request, "reading/fill_columns.html", context, status=status)


def _id_of(key: str, fields: list[Field]) -> str:
    """A match may name a field as its author does."""
    return next((field.id for field in fields if key in field.own), key)


def _chosen(posted: QueryDict, batch: Batch, fields: list[Field]) -> tuple[list[str], str]:
    """The field of each column, and what is still wrong."""
    names = {field.id: field.name for field in fields}
    columns: list[str] = []
    for index, header in enumerate(batch.headers):
        said = posted.get(f"c-{index}", "") if header else OUT
        if said != OUT and said not in names:
            return [], gettext("Please say what the column “{header}” is.").format(header=header)
        if said in columns and said != OUT:
            problem = gettext("Two columns are “{field}”; only one can be.").format(field=names[said])
            return [], problem
        columns.append(said)
    if all(said == OUT for said in columns):
        return [], gettext("Every column is left out, so there is nothing to fill in.")
    return ["" if said == OUT else said for said in columns], ""


def _progress(batch: Batch) -> dict[str, Any]:
    reason = ""
    if batch.state == Batch.State.FAILED:
        known = batch.cause in MESSAGES
        reason = (
            problem_text(BlanksError(batch.cause, **batch.params)) if known else cause_text(batch.cause, batch.params)
        )
    gone = batch.state == Batch.State.DONE and not batches.zip_of(batch).is_file()
    return {
        "document": batch.document,
        "going": batch.state in batches.UNFINISHED,
        "made": batch.position - batch.failed,
        "reason": reason,
        "gone": gone,
    }


def _render(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, name, {"document": context["batch"].document, **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _batch_or_404(request: HttpRequest, number: str, token: str) -> Batch:
    mine = Batch.objects.filter(owner_of(request).rows, token=token)
    batch = mine.select_related("document").first()
    if batch is None or batch.document.number != number or not may(request.user, "download", batch.document):
        raise Http404
    return batch
