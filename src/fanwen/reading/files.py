"""Downloads: the original as it was uploaded, and the PDF made of it. Never shown as a page of this site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from fanwen.intake.app.names import stem
from fanwen.intake.app.rendition import rendition_of
from fanwen.library.models import Document
from fanwen.reading.found import document_or_404

_SANDBOX = "sandbox; default-src 'none'"
_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@require_safe
def original(request: HttpRequest, number: str) -> HttpResponseBase:
    document = document_or_404(request, number, "download", versions=True)
    response = send(request, settings.FOLDERS.original(document.original_id), document.original_name)
    _count(request, document)
    return response


@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The PDF; with ``?inline=1`` in the browser's own viewer, for printing."""
    document = document_or_404(request, number, "download", versions=True)
    inline = request.GET.get("inline") == "1"
    name = f"{stem(document.original_name)}.pdf"
    response = send(request, rendition_of(document), name, inline=inline)
    _count(request, document)
    return response


def _count(request: HttpRequest, document: Document) -> None:
    if request.method == "GET" and "Range" not in request.headers:
        Document.objects.filter(pk=document.pk).update(downloads=F("downloads") + 1)


def send(request: HttpRequest, path: Path, name: str, *, inline: bool = False) -> HttpResponseBase:
    """The file at `path`, or the part of it that a Range header asks for (RFC 9110, one range)."""
    try:
        file = path.open("rb")
        size = path.stat().st_size
    except OSError as error:
        raise Http404 from error
    kind = "application/pdf" if inline else "application/octet-stream"
    response: HttpResponseBase
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked:
        start = int(asked[1])
        end = min(int(asked[2]) if asked[2] else size - 1, size - 1)
        if start > end:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(start)
        response = FileResponse(_Part(file, end - start + 1), as_attachment=not inline, filename=name)
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = str(end - start + 1)
    else:
        response = FileResponse(file, as_attachment=not inline, filename=name)
        response["Content-Length"] = str(size)
    response["Content-Type"] = kind
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _VIEWER if inline else _SANDBOX
    response["Cache-Control"] = "private, no-cache"
    return response


class _Part:
    """The next `length` bytes of an open file, read like a file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, size: int = -1) -> bytes:
        size = self._left if size < 0 else min(size, self._left)
        block = self._file.read(size)
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()
