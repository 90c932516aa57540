"""Where an address opens a document: a page by its number or by the number printed on it, the first place of what is
looked for, or a passage."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from fanwen.library.models import Document
from fanwen.reading.inside import Marks, marks_of, passage, typed
from fanwen.reading.text_layer import Mark
from fanwen.search.app.inside import Inside, find_inside
from fanwen.search.page_numbers import printed


@dataclass(frozen=True)
class Opened:
    page: int = 0
    """The page to bring into view; 0 for the beginning."""
    no_page: str = ""
    """What was asked for as a page and is none; a number too large leads to the last page all the same."""
    query: str = ""
    inside: Inside = field(default_factory=Inside)
    passage: str = ""
    passage_found: bool = True
    marks: Marks = field(default_factory=dict)


def opened(request: HttpRequest, document: Document) -> Opened:
    """What ``?page=``, ``?q=`` and ``?passage=`` ask for."""
    page, no_page = _page(document, typed(request, "page"))
    query, text = typed(request), typed(request, "passage")
    found = find_inside(document, query)
    marks = marks_of(found.hits)
    if found.hits and not page and not text:
        page = found.hits[0][0].page
    place = passage(document, text, page) if text else ()
    if place:
        page = place[0].page
        for part in place:
            marks.setdefault(part.page, []).append(Mark(0, part.start, part.end))
    return Opened(page, no_page, query, found, text, bool(place) or not text, marks)


def _page(document: Document, asked: str) -> tuple[int, str]:
    """The page that `asked` names, or what was asked for in vain. Numbers of the document's own pages go first; a
    number beyond them, or in another form, may be one that is printed on a page."""
    if not asked:
        return 0, ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    if 1 <= number <= document.page_count:
        return number, ""
    for page, text in document.pages.values_list("number", "text"):
        if printed(text).lower() == asked.lower():
            return page, ""
    return (document.page_count if number else 0), asked
