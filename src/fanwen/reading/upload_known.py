"""/upload/known/: before a file is sent, whether its bytes are there already, or a part of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from fanwen.intake.app import uploads
from fanwen.library import catalogue
from fanwen.reading.paging import whole_number
from fanwen.reading.upload_rows import Row, html_of


@require_POST
def known(request: HttpRequest) -> HttpResponse:
    """For ``sha256``, ``size`` and ``name``: ``{"row": HTML}`` of a duplicate that this person may know of, or
    ``{"resume": address}`` of their own unfinished upload of it, or ``{}``. Another's private document is not known."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    sha256, size = request.POST.get("sha256", ""), whole_number(request.POST.get("size"), most=2**62)
    name = request.POST.get("name", "")[:300]
    answer: dict[str, str] = {}
    if document := catalogue.with_bytes(sha256, request.user):
        answer["row"] = html_of(request, [Row(name, "duplicate", document)])
    elif upload := uploads.of_bytes(request.user, sha256, size):
        answer["resume"] = reverse("reading:tus_upload", args=[upload.token])
    return JsonResponse(answer)
