"""/d/<number>/<version>/p<K>-<width>: the image of a page, under an address that never changes its content."""

from __future__ import annotations

import structlog
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanwen.intake.draw import media_type
from fanwen.intake.types import IntakeError
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.reading import rendering
from fanwen.reading.found import document_or_404

log = structlog.get_logger("fanwen.reading")

_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def page_image(request: HttpRequest, number: str, version: str, page: int, width: int) -> HttpResponse:
    document = document_or_404(request, number, versions=True, alone=True)
    if not version.startswith(document.original_id[:16]):
        document = _replaced(request, document, version)
        if document is None:
            return _gone()
    if width not in rendering.WIDTHS or not 1 <= page <= document.page_count:
        raise Http404
    current = rendering.version(document)
    if not current:
        raise Http404
    if version != current or number != document.number:
        return HttpResponseRedirect(rendering.image_path(document, current, page, width))
    try:
        image = rendering.image(document, version, page, width)
    except rendering.Busy:
        return _later(1)
    except IntakeError as error:
        log.warning("page image failed", number=number, page=page, width=width, cause=error.code)
        return _later(5)
    response = HttpResponse(image, content_type=media_type(image))
    response["Cache-Control"] = _FOR_EVER
    response["Cross-Origin-Resource-Policy"] = "same-site"
    return response


def _replaced(request: HttpRequest, document: Document, version: str) -> Document | None:
    """What `document` was when its images had this `version`, for those who may read that."""
    for earlier in catalogue.earlier_versions(document).filter(original__sha256__startswith=version[:16]):
        if may(request.user, "read", earlier):
            return earlier
    return None


def _gone() -> HttpResponse:
    """For a page that was open while the document's file was replaced: its reader is told to load it anew."""
    response = HttpResponse(_("The document's file was replaced."), status=410, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def _later(seconds: int) -> HttpResponse:
    response = HttpResponse(_("This page can't be shown just now."), status=503, content_type="text/plain")
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
