"""/d/<number>/cite/: the document as a reference, to copy or to take into a reference manager."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fanwen.library.models import Document
from fanwen.people.names import name_on
from fanwen.reading import citations
from fanwen.reading.citations import Source
from fanwen.reading.context import site
from fanwen.reading.found import document_or_404

_STYLES = (
    ("gb7714", "GB/T 7714", citations.gb7714),
    ("apa", "APA", citations.apa),
    ("mla", "MLA", citations.mla),
    ("bibtex", "BibTeX", citations.bibtex),
    ("ris", "RIS", citations.ris),
)

_FILES = {
    "bib": (citations.bibtex, "application/x-bibtex"),
    "ris": (citations.ris, "application/x-research-info-systems"),
}


@require_safe
def cite(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number)
    source = _source(request, document)
    context = {
        "document": document,
        "styles": [(key, name, write(source)) for key, name, write in _STYLES],
        "hint": _("The day of access is today; the day of publication is that of the version shown."),
    }
    return render(request, "reading/cite.html", context)


@require_safe
def citation_file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    document = document_or_404(request, number)
    write, content_type = _FILES[kind]
    response = HttpResponse(write(_source(request, document)), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}.{kind}"'
    return response


def _source(request: HttpRequest, document: Document) -> Source:
    return Source(
        title=document.title,
        author=name_on(document),
        site=str(site(request)["library_name"]),
        number=document.number,
        published=timezone.localdate(document.replaced_at or document.uploaded_at),
        accessed=timezone.localdate(),
        address=request.build_absolute_uri(document.get_absolute_url()),
    )
