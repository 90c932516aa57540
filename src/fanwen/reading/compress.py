"""Pages go out compressed; images, PDFs and originals, which are compressed already, as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

_TEXT = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/opensearchdescription+xml",
    "image/svg+xml",
)


class CompressPages(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.streaming or not response.get("Content-Type", "").startswith(_TEXT):
            return response
        return super().process_response(request, response)
