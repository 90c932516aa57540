"""/upload/: files become documents. One form for both ways: script sends each file by itself and shows its row; without
script the browser sends them together."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from fanwen.config.upload_limit import upload_limit
from fanwen.intake.app import uploads
from fanwen.intake.app.incoming import limit
from fanwen.intake.app.receive import UPLOAD, receive_file
from fanwen.intake.types import IntakeError
from fanwen.library import catalogue
from fanwen.library.models import Category, Document
from fanwen.reading.paging import whole_number
from fanwen.reading.upload_fields import category_choices, tags_of
from fanwen.reading.upload_handler import Received, StreamToIncoming
from fanwen.reading.upload_rows import Row, refused, shown

_FORM_ROOM = 1024 * 1024
"""Bytes of a request beside its file: the other fields and the part headers."""

MOST_UNDER_WAY = 20


@csrf_exempt  # the token is checked in `_upload`, after the handler for this body is in place
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit() + _FORM_ROOM:
            error = IntakeError("too_large", limit=upload_limit())
            return _answer(request, [refused("", error)], status=413)
        request.upload_handlers = [StreamToIncoming(request)]
    response: HttpResponse = _upload(request)
    return response


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(
            request, "reading/upload.html", {**_form(request), "under_way": shown(request, _under_way(request))}
        )
    files: list[Any] = request.FILES.getlist("files")
    about = {
        "uploader": request.user,
        "category": Category.objects.filter(pk=whole_number(request.POST.get("category"), most=2**62)).first(),
        "tags": tags_of(request.POST.get("tags", "")),
        "title": request.POST.get("title", "").strip() if len(files) == 1 else "",
        "hold": True,
        "private": request.POST.get("visibility") == Document.Visibility.PRIVATE,
        "shown_as": request.POST.get("shown_as", ""),
    }
    rows = [_take(file, about) for file in files]
    if not rows and request.headers.get("X-Requested-With") == "fanwen":
        # A part called "." or ".." is passed over before it gets here; whoever sent it is owed an answer.
        error = IntakeError("no_name")
        rows = [refused("", error)]
    return _answer(request, rows)


def _take(file: Received, about: dict[str, Any]) -> Row:
    try:
        if file.error is not None or file.incoming is None:
            raise file.error or IntakeError("internal", permanent=False)
        incoming = file.incoming
        receipt = receive_file(incoming.path, incoming.sha256, incoming.size, file.name, priority=UPLOAD, **about)
    except IntakeError as error:
        return refused(file.name, error)
    return Row(file.name, receipt.status, receipt.document)


def _answer(request: HttpRequest, rows: list[Row], status: int = 200) -> HttpResponse:
    """The rows alone for the script, the whole page with them otherwise."""
    context: dict[str, Any] = {"rows": shown(request, rows), "none_chosen": not rows, "on_page": False}
    if request.headers.get("X-Requested-With") == "fanwen":
        return render(request, "reading/upload_rows.html", context, status=status)
    return render(request, "reading/upload.html", {**_form(request), **context}, status=status)


def _under_way(request: HttpRequest) -> list[Row]:
    """Documents of an earlier visit that are still being prepared."""
    working = catalogue.uploaded_by(request.user).filter(status=Document.Status.WORKING)[:MOST_UNDER_WAY]
    return [Row(document.original_name, "stored", document) for document in working]


def _form(request: HttpRequest) -> dict[str, Any]:
    chosen = whole_number(request.GET.get("category") or request.POST.get("category"), most=2**62)
    return {
        "choices": category_choices(),
        "chosen_category": chosen,
        "limit": limit(),
        "limit_text": upload_limit(),
        "unfinished": [
            {"upload": upload, "offset": uploads.offset(upload)} for upload in uploads.unfinished(request.user)
        ],
    }


@require_POST
@login_required
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Give an unfinished upload up, where no script does it."""
    if upload := uploads.find(request.user, token):
        uploads.discard(upload)
    return redirect("reading:upload")
