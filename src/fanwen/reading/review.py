"""After the upload: what was held is published or removed by whoever uploaded it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fanwen.intake.app import examine
from fanwen.library.actions.delete_document import delete_document
from fanwen.reading.found import document_or_404


@require_POST
@login_required
def publish(request: HttpRequest, number: str) -> HttpResponse:
    """The uploader has looked at what was found."""
    document = document_or_404(request, number, "edit")
    if document.is_held:
        examine.confirm(document)
        messages.success(request, _("“%(title)s” is published.") % {"title": document.title})
    return HttpResponseRedirect(document.get_absolute_url())


@require_POST
@login_required
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """A document is taken out for good, with its file."""
    document = document_or_404(request, number, "delete")
    delete_document(document)
    messages.success(request, _("“%(title)s” was removed.") % {"title": document.title})
    return HttpResponseRedirect("/mine/")
