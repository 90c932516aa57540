"""The rows of the upload page: what became of each file, and where its document is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fanwen.intake.app import stages
from fanwen.intake.app.models import Upload
from fanwen.intake.app.proposals import proposals
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading.causes import cause_text
from fanwen.reading.findings import Findings, findings_of
from fanwen.reading.live import settled, steps

MOST_AT_ONCE = 60
"""Rows asked for in one request."""


@dataclass(frozen=True)
class Row:
    """What became of one file."""

    name: str
    status: str
    """``stored``, ``duplicate`` or ``refused``."""
    document: Document | None = None
    error: str = ""
    code: str = ""


def refused(name: str, error: IntakeError) -> Row:
    return Row(name, "refused", error=cause_text(error.code, error.params), code=error.code)


def row_of(upload: Upload) -> Row:
    """The row of an upload that has ended."""
    if upload.status == Upload.Status.REFUSED:
        return Row(upload.name, "refused", error=cause_text(upload.cause, upload.params), code=upload.cause)
    return Row(upload.name, upload.status, upload.document)


def shown(request: HttpRequest, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What ``reading/upload_rows.html`` needs, with few queries however many rows."""
    documents = [row.document for row in rows if row.document]
    progress = stages.progress_of(documents)
    stored = [row.document for row in rows if row.document and row.status == "stored"]
    found = findings_of(stored, request.user)
    proposed = proposals([document for document in stored if settled(progress[document.pk])])
    return [
        {"row": row}
        if row.document is None
        else {
            **_shown(request, row, row.document, progress[row.document.pk], found.get(row.document.pk)),
            "proposal": proposed.get(row.document.pk),
        }
        for row in rows
    ]


def _shown(
    request: HttpRequest, row: Row, document: Document, progress: stages.Progress, findings: Findings | None
) -> dict[str, Any]:
    return {
        "row": row,
        "document": document,
        "progress": progress,
        "steps": steps(progress),
        "settled": settled(progress),
        "findings": findings,
        "attention": bool(progress.failure or (findings and findings.held)),
        "may_retry": row.status == "stored" and may(request.user, "retry", document),
    }


def html_of(request: HttpRequest, rows: Sequence[Row]) -> str:
    return render_to_string("reading/upload_rows.html", {"rows": shown(request, rows), "on_page": False}, request)


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """``?d=<number>&d=...``: the rows of these documents as they are now, for the page to put in place of the old."""
    numbers = request.GET.getlist("d")[:MOST_AT_ONCE]
    found = Document.objects.filter(number__in=numbers)
    rows = [
        Row(document.original_name, "stored", document) for document in found if may(request.user, "edit", document)
    ]
    answer = JsonResponse({"rows": html_of(request, rows)})
    answer["Cache-Control"] = "no-store"
    return answer
