"""The document an address names, if this visitor may read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import Verb, may
from fanwen.reading import private


def document_or_404(request: HttpRequest, number: str, verb: Verb = "read", *, versions: bool = False) -> Document:
    """404 for a document that does not exist and for one that this visitor may not `verb`: the two look alike. An
    earlier version of a document is found with `versions` only."""
    document = catalogue.document(number, versions=versions)
    if document is None or not may(request.user, verb, document):
        raise Http404
    if document.is_private:
        private.mark(request)
    return document
