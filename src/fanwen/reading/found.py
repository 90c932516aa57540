"""The document an address names, if this visitor may read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from fanwen.library import catalogue, secret_links
from fanwen.library.models import Document
from fanwen.people.access import Verb, may
from fanwen.reading import private

LINK_ENDED = "link ended"
"""Why there is no page any more for someone who came by a secret link; told by ``404.html``."""


def document_or_404(
    request: HttpRequest, number: str, verb: Verb = "read", *, versions: bool = False, alone: bool = False
) -> Document:
    """404 for a document that does not exist and for one that this visitor may not `verb`: the two look alike. An
    earlier version of a document is found with `versions` only; `alone` leaves out what only its page shows."""
    document = catalogue.document(number, versions=versions, alone=alone)
    if document is None:
        raise Http404
    if not may(request.user, verb, document) and not _by_link(request, verb, document):
        raise Http404(LINK_ENDED if secret_links.has_ended(request.session, document) else "")
    if document.is_private:
        private.mark(request)
    return document


def _by_link(request: HttpRequest, verb: Verb, document: Document) -> bool:
    return may(request.user, verb, document, has_link=secret_links.opens(request.session, document))
