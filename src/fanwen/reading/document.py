"""/d/<number>/: the document's page, and the further pages that "view more" brings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from fanwen.blanks.app import service as templates
from fanwen.intake.app import stages
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.access import may
from fanwen.people.owner import owner_of
from fanwen.reading import inside, kept, reads, rendering, view
from fanwen.reading.about import breadcrumb, structured_data
from fanwen.reading.cards import cards
from fanwen.reading.causes import note_text
from fanwen.reading.findings import Findings, findings_of
from fanwen.reading.found import document_or_404
from fanwen.reading.language import language_of
from fanwen.reading.live import steps, waiting_context
from fanwen.reading.opened import opened
from fanwen.reading.paging import whole_number
from fanwen.reading.sheets import sheets, window
from fanwen.search.app import service
from fanwen.search.app.inside import find_inside
from fanwen.shelves import favourites

BESIDE = 6
"""Related documents, and more by the same uploader."""

MOST_HIT_PAGES = 60
"""Pages listed by the search inside the document."""


@require_safe
def document_page(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number, versions=True)
    if document.version_of_id is not None:
        return HttpResponseRedirect(document.get_absolute_url())
    if request.method == "GET":
        reads.count(document.pk)
    kept.allow(request, partial(reads.count, document.pk))
    return render(request, "reading/document.html", document_context(request, document))


def document_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the template ``document.html`` shows, of a document or of an earlier version of one. What is alike for all
    visitors is worked out only where the template has not kept it (`kept.state_name`)."""
    progress = kept.part("progress", document.pk, make=lambda: stages.progress(document))
    asked = opened(request, document)
    shown = window(
        document.page_count,
        page=asked.page,
        first=whole_number(request.GET.get("from")),
        upto=whole_number(request.GET.get("upto")),
    )
    pages: Any = SimpleLazyObject(lambda: sheets(document, shown, asked.marks, eager=asked.page or shown.first))
    is_version = document.version_of_id is not None
    canonical = request.build_absolute_uri(document.get_absolute_url())
    may_edit = not is_version and may(request.user, "edit", document)
    return {
        "document": document,
        "state": kept.state_name(),
        "asked": (asked.query, asked.passage, asked.no_page),
        "trail": SimpleLazyObject(lambda: breadcrumb(document)),
        "progress": progress,
        "steps": steps(progress),
        "may_retry": may(request.user, "retry", document),
        "may_edit": may_edit,
        "findings": SimpleLazyObject(lambda: _findings(request, document)) if may_edit else None,
        "window": shown,
        "sheets": pages,
        "images": rendering.version(document),
        "sizes": view.sizes(view.zoom(request)),
        "zoom": view.zoom(request),
        "spread": view.spread(request),
        "text_language": SimpleLazyObject(lambda: language_of("".join(sheet.text for sheet in pages))),
        "page": asked.page,
        "no_page": asked.no_page,
        "query": asked.query,
        "inside": asked.inside,
        "hit_pages": asked.inside.pages[:MOST_HIT_PAGES],
        "passage": asked.passage,
        "passage_found": asked.passage_found,
        "favoured": favourites.favoured(owner_of(request), document),
        "waiting": waiting_context(request, document) if may_edit else None,
        "reuse": templates.Reuse() if is_version else _reuse(request, document),
        "notes": [text for note in document.notes if (text := note_text(note))],
        "has_pdf": document.family != "pdf" and rendering.version(document) != "",
        "reads": document.reads + reads.waiting(document),
        "related": SimpleLazyObject(lambda: [] if is_version else cards(_related(document))),
        "by_uploader": SimpleLazyObject(lambda: [] if is_version else cards(catalogue.by_uploader(document, BESIDE))),
        "canonical": canonical,
        "oembed": f"{request.build_absolute_uri(reverse('reading:oembed'))}?url={quote(canonical, safe='')}",
        "structured_data": SimpleLazyObject(lambda: structured_data(request, document)),
        "cover": SimpleLazyObject(lambda: _cover(request, document)),
    }


@require_safe
def more_pages(request: HttpRequest, number: str) -> HttpResponse:
    """The pages ``?from=``..``?upto=`` alone, with the link to the next ones: what takes the place of "view more"
    (or, with ``?earlier=1``, of "earlier pages"; or, with ``?around=1``, of all pages shown)."""
    document = document_or_404(request, number, versions=True)
    first = whole_number(request.GET.get("from"))
    if not 1 <= first <= document.page_count:
        raise Http404
    query = inside.typed(request)
    version, loaded = rendering.version(document), request.GET.get("of", "")
    if loaded and loaded != version:  # the page that asks shows other pages than there are now
        return HttpResponse(headers={"HX-Redirect": f"{document.get_absolute_url()}?page={first}#page-{first}"})
    shown = window(document.page_count, first=first, upto=whole_number(request.GET.get("upto")))
    pages = sheets(document, shown, inside.marks_of(find_inside(document, query).hits))
    return render(
        request,
        "reading/more_pages.html",
        {
            "document": document,
            "window": shown,
            "sheets": pages,
            "sizes": view.sizes(view.zoom(request)),
            "query": query,
            "earlier": request.GET.get("earlier") == "1",
            "around": request.GET.get("around") == "1",
            "images": version,
        },
    )


def _findings(request: HttpRequest, document: Document) -> Findings:
    """What only those who may change `document` are told."""
    return findings_of([document], request.user)[document.pk]


def _reuse(request: HttpRequest, document: Document) -> templates.Reuse:
    """What is known of its blanks, and the template it was made from, if this visitor may know of that one."""
    reuse = kept.part("reuse", document.pk, make=lambda: templates.reuse(document))
    if reuse.template and not may(request.user, "read", reuse.template):
        return replace(reuse, template=None)
    return reuse


def _related(document: Document) -> list[Document]:
    numbers = [hit.number for hit in service.related(document.number)][:BESIDE]
    found = {other.number: other for other in catalogue.listed().filter(number__in=numbers)}
    return [found[number] for number in numbers if number in found]


def _cover(request: HttpRequest, document: Document) -> str:
    version = rendering.version(document)
    return (
        request.build_absolute_uri(rendering.image_path(document, version, 1, 800))
        if version and document.page_count
        else ""
    )
