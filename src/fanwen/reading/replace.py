"""/d/<number>/versions/new/: the file of a document is replaced; the document keeps its number."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from fanwen.config.options import read
from fanwen.config.upload_limit import upload_limit
from fanwen.intake.app.replace import replace_file
from fanwen.intake.types import IntakeError
from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document
from fanwen.reading.causes import error_text
from fanwen.reading.found import document_or_404
from fanwen.reading.upload_handler import Received, StreamToIncoming
from fanwen.reading.versions import list_page

_FORM_ROOM = 1024 * 1024
"""Bytes of a request beside its file."""


@csrf_exempt  # the token is checked in `_replace`, after the handler for this body is in place
@require_POST
@login_required
def replace(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number, "edit")
    limit = int(read("FANWEN_MAX_UPLOAD_MB"))
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit * 1024 * 1024 + _FORM_ROOM:
        return _refused(request, document, IntakeError("too_large", limit=upload_limit()), status=413)
    request.upload_handlers = [StreamToIncoming(request)]
    response: HttpResponse = _replace(request, document)
    return response


@csrf_protect
def _replace(request: HttpRequest, document: Document) -> HttpResponse:
    file: Received | None = request.FILES.get("file")  # type: ignore[assignment]
    if file is None:
        return _refused(request, document, IntakeError("no_name"))
    try:
        if file.error is not None or file.incoming is None:
            raise file.error or IntakeError("internal", permanent=False)
        incoming = file.incoming
        replace_file(document, incoming.path, incoming.sha256, incoming.size, file.name, by=request.user)
    except IntakeError as error:
        return _refused(request, document, error)
    return HttpResponseRedirect(document.get_absolute_url())


def _refused(request: HttpRequest, document: Document, error: IntakeError, status: int = 422) -> HttpResponse:
    return list_page(request, document, problem=error_text(error), status=status)


@require_POST
@login_required
def drop(request: HttpRequest, number: str) -> HttpResponse:
    """Give up a new version that could not be prepared."""
    document = document_or_404(request, number, "edit")
    waiting = catalogue.waiting_version(document)
    if waiting is None or waiting.status != Document.Status.FAILED:
        raise Http404
    delete_document(waiting)
    return HttpResponseRedirect(reverse("reading:versions", args=(document.number,)))
