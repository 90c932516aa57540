"""What a document's page says about it to readers' eyes and to search engines."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from fanwen.library.models import Category, Document
from fanwen.people.names import name_on

_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def breadcrumb(document: Document) -> list[Category]:
    return document.category.trail() if document.category else []


def structured_data(request: HttpRequest, document: Document) -> SafeString:
    """schema.org data as JSON-LD, safe inside a script element; empty for a private document. (A data block is not run,
    so the Content-Security-Policy does not concern it.)"""
    if document.is_private:
        return SafeString()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": document.title,
        "identifier": document.number,
        "url": request.build_absolute_uri(document.get_absolute_url()),
        "datePublished": document.uploaded_at.isoformat(),
        "encodingFormat": document.format,
        "numberOfPages": document.page_count,
        "isAccessibleForFree": True,
    }
    if document.description:
        data["description"] = document.description
    if document.keywords:
        data["keywords"] = ", ".join(document.keywords)
    if document.category:
        data["genre"] = " / ".join(category.name for category in document.category.trail())
    if name := name_on(document):
        data["author"] = {"@type": "Person", "name": name}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_SCRIPT_ESCAPES))
