"""/d/<number>/fill/preview/: the form as it stands, as the pages it would make."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from fanwen.blanks.app import previews, service
from fanwen.blanks.app.models import Preview
from fanwen.blanks.errors import MESSAGES, BlanksError
from fanwen.blanks.fields import Field
from fanwen.intake.draw import media_type
from fanwen.intake.types import IntakeError
from fanwen.reading import rendering
from fanwen.reading.causes import cause_text
from fanwen.reading.fill_desk import LinkGone, desk_or_404
from fanwen.reading.fill_form import problem_text
from fanwen.reading.fill_pages import preview_pages
from fanwen.reading.found import document_or_404


@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what has been typed, have it made into pages, and lead to them."""
    try:
        desk = desk_or_404(request, number, make=True)
    except LinkGone as error:
        raise Http404 from error
    values = desk.save(request).values
    form = f"{number} {desk.owner.user.pk or ''} {desk.owner.session}"
    preview = previews.ask(desk.template, values, form, timezone.localdate())
    return HttpResponseRedirect(reverse("reading:preview", args=(number, preview.key)))


@require_safe
def preview_page(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The pages; 202 while they are being made. htmx and scripts get the pages alone."""
    document_or_404(request, number, "download")
    preview = _preview_or_404(number, key)
    template = service.template_of(preview.document)
    if template is None:
        raise Http404
    waiting = preview.state in (Preview.State.WAITING, Preview.State.MAKING)
    fields = service.form_of(template)
    context = {
        "document": preview.document,
        "waiting": waiting,
        "pages": preview_pages(preview, fields),
        "skipped": _names(preview, fields),
        "problem": _problem(preview),
    }
    alone = "HX-Request" in request.headers
    page = "reading/fill_preview_pages.html" if alone else "reading/fill_preview.html"
    response = render(request, page, context, status=202 if waiting else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def image(request: HttpRequest, number: str, key: str, page: int, width: int) -> HttpResponse:
    document_or_404(request, number, "download")
    preview = _preview_or_404(number, key)
    if width not in rendering.WIDTHS or not 1 <= page <= len(preview.pages):
        raise Http404
    try:
        data = rendering.image_of(previews.file_of(preview), f"preview-{key}", page, width)
    except (rendering.Busy, IntakeError):
        response = HttpResponse(gettext("This page can't be shown just now."), status=503, content_type="text/plain")
        response["Retry-After"] = "1"
        response["Cache-Control"] = "no-store"
        return response
    response = HttpResponse(data, content_type=media_type(data))
    response["Cache-Control"] = "private, max-age=3600, immutable"
    return response


def _preview_or_404(number: str, key: str) -> Preview:
    preview = previews.find(key, number)
    if preview is None:
        raise Http404
    return preview


def _names(preview: Preview, fields: Sequence[Field]) -> list[str]:
    """What the fields are called whose values are not shown; a row's field goes by the column's name."""
    names = {field.id: field.name for field in fields}
    found = [names.get(id_.rpartition("-")[2], "") for id_ in preview.skipped]
    return [name for name in dict.fromkeys(found) if name]


def _problem(preview: Preview) -> str:
    if preview.state != Preview.State.FAILED:
        return ""
    if preview.cause in MESSAGES:
        return problem_text(BlanksError(preview.cause, **preview.params))
    return str(cause_text(preview.cause, preview.params))
