"""/upload/tus/: resumable uploads by the tus protocol 1.0 (https://tus.io/protocols/resumable-upload), with the
extensions creation, creation-with-upload, expiration, termination and checksum. What is sent belongs to who sent it."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.intake.app import uploads
from fanwen.intake.app.incoming import limit
from fanwen.intake.app.models import Upload
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document
from fanwen.reading.causes import error_text
from fanwen.reading.upload_fields import MOST_TAGS, tags_of
from fanwen.reading.upload_rows import html_of, row_of

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum"
ALGORITHMS = ("sha1", "sha256")
PIECES = "application/offset+octet-stream"

_BLOCK = 256 * 1024
_PATIENCE = 60.0
"""Seconds without a byte after which a connection is taken for dead; what came by it is kept."""
_MOST_METADATA = 8192
_STATUS = {"too_large": 413, "empty": 400, "no_space": 507, "read_only": 507, "too_many_uploads": 429}

View = Callable[..., HttpResponse]


def _protocol(view: View) -> View:
    """What every answer has in common, and what every request must have."""

    @wraps(view)
    def wrapped(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        method = request.method or ""
        if method == "POST":  # only there: what changes anything must have gone past the check of its token
            method = request.headers.get("X-HTTP-Method-Override", method).upper()
        if method == "OPTIONS":
            response = _options()
        elif not request.user.is_authenticated:
            response = _said(401, _("You are signed out. Please sign in again."))
        elif request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            try:
                response = view(request, method, *arguments, **named)
            except IntakeError as error:
                response = _said(_STATUS.get(error.code, 500), error_text(error))
            except uploads.OutOfStep as error:
                response = HttpResponse(status=409, headers={"Upload-Offset": str(error.offset)})
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return wrapped


@_protocol
def create(request: HttpRequest, method: str) -> HttpResponse:
    """POST: announce a file, and send all or the first of it along, if one likes."""
    if method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    size = _whole(request.headers.get("Upload-Length"))
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    if size is None or said is None:
        return HttpResponse(status=400)
    sha256 = said.get("sha256", "").lower()
    upload = uploads.begin(
        request.user,
        said.get("filename", ""),
        size,
        sha256=sha256 if re.fullmatch(r"[0-9a-f]{64}", sha256) else "",
        about=_about(said),
    )
    response = HttpResponse(status=201)
    if request.content_type == PIECES:
        response = _take(request, upload, 0)
        response.status_code = 201 if response.status_code == 204 else response.status_code
    response["Location"] = reverse("reading:tus_upload", args=[upload.token])
    return _dated(response, upload)


@_protocol
def resource(request: HttpRequest, method: str, token: str) -> HttpResponse:
    """HEAD: how much is there. PATCH: more of it. DELETE: never mind."""
    upload = uploads.find(request.user, token)
    if upload is None:
        return HttpResponse(status=404)
    if method == "HEAD":
        response = HttpResponse(
            headers={"Upload-Offset": str(uploads.offset(upload)), "Upload-Length": str(upload.size)}
        )
        return _dated(response, upload)
    if method == "PATCH":
        start = _whole(request.headers.get("Upload-Offset"))
        if request.content_type != PIECES:
            return HttpResponse(status=415)
        return HttpResponse(status=400) if start is None else _dated(_take(request, upload, start), upload)
    if method == "DELETE":
        uploads.discard(upload)
        return HttpResponse(status=204)
    return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE, OPTIONS"})


@require_safe
def row(request: HttpRequest, token: str) -> HttpResponse:
    """What became of an upload whose bytes are all there, as a row of the upload page."""
    upload = uploads.find(request.user, token) if request.user.is_authenticated else None
    if upload is None:
        return HttpResponse(status=404)
    if upload.status == Upload.Status.OPEN:
        uploads.finish(upload)
    if upload.status == Upload.Status.OPEN or (upload.document is None and upload.status != Upload.Status.REFUSED):
        return HttpResponse(status=404)
    answer = HttpResponse(html_of(request, [row_of(upload)]))
    answer["Cache-Control"] = "no-store"
    return answer


def _options() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(limit()),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


def _take(request: HttpRequest, upload: Upload, start: int) -> HttpResponse:
    """Write the request's body to the end of the file; when that completes it, it becomes a document."""
    digest = None
    if said := request.headers.get("Upload-Checksum"):
        algorithm, value = said.partition(" ")[::2]
        try:
            digest = algorithm, base64.b64decode(value, validate=True)
        except binascii.Error:
            return HttpResponse(status=400)
        if algorithm not in ALGORITHMS:
            return HttpResponse(status=400)
    try:
        with _patience(request):
            offset = uploads.append(upload, start, _blocks(request), digest=digest)
    except ValueError:
        return HttpResponse(status=460, reason="Checksum Mismatch")
    if offset == upload.size:
        uploads.finish(upload)
    return HttpResponse(status=204, headers={"Upload-Offset": str(offset)})


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    """The body, until it ends or its connection does."""
    try:
        while block := request.read(_BLOCK):
            yield block
    except UnreadablePostError:
        return


@contextmanager
def _patience(request: HttpRequest) -> Iterator[None]:
    """A connection that died without a word, as a phone's does, must not hold a thread for ever."""
    socket = request.META.get("gunicorn.socket")
    if socket is not None:
        socket.settimeout(_PATIENCE)
    try:
        yield
    finally:
        if socket is not None:
            socket.settimeout(None)


def _dated(response: HttpResponse, upload: Upload) -> HttpResponse:
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _said(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None


def _metadata(header: str) -> dict[str, str] | None:
    """``key base64, key base64``; None where it is no such thing."""
    said: dict[str, str] = {}
    if len(header) > _MOST_METADATA:
        return None
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, value = pair.partition(" ")[::2]
        try:
            text = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        said[key] = unicodedata.normalize("NFC", text.replace("\0", ""))
    return said


def _about(said: dict[str, str]) -> dict[str, Any]:
    category = _whole(said.get("category"))
    return {
        "category": category,
        "tags": tags_of(said.get("tags", ""))[:MOST_TAGS],
        "title": " ".join(said.get("title", "").split())[:300],
        "private": said.get("visibility") == Document.Visibility.PRIVATE,
        "shown_as": said.get("shown_as", "")[:9],
    }
