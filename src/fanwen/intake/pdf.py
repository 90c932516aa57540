"""PDF files: opening with a named cause, pages with their text, and the document's properties.

pdfium is not safe to call from two threads at once, and a hostile file may crash it. Everything in this module therefore
belongs in a process that may die and does one thing at a time. Workers and web servers ask `fanwen.intake.pager.Pager`,
`fanwen.intake.render.Renderers` and `fanwen.intake.pdf_probe`, which have processes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from fanwen.intake.characters import ordinary
from fanwen.intake.pdf_text import page_text
from fanwen.intake.types import IntakeError, PageContent, Properties

MAX_PROPERTY = 2000
"""Characters kept of any property."""


@contextmanager
def opened(pdf: Path) -> Iterator[pdfium.PdfDocument]:
    """The document at `pdf`, closed at the end. Raises `IntakeError`: `password`, `damaged`."""
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise IntakeError("password" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from error
    try:
        yield document
    finally:
        document.close()


def page_count(pdf: Path, *, limit: int) -> int:
    """The number of pages. Raises `IntakeError`: `password`, `damaged` (also for none), `too_many_pages`."""
    with opened(pdf) as document:
        return _checked(len(document), limit)


def _checked(pages: int, limit: int) -> int:
    if pages < 1:
        raise IntakeError("damaged")
    if pages > limit:
        raise IntakeError("too_many_pages", pages=pages, limit=limit)
    return pages


def read_pages(pdf: Path, *, limit: int, first: int = 1) -> Iterator[PageContent]:
    """Every page of `pdf` in order, from the `first`: size in points as it is seen (after crop box and rotation), text and lines.

    Page by page: memory does not grow with the document. A page that can't be loaded is given empty at A4 size, so that
    one broken page does not lose the rest; a document of which no page loads is `damaged`.
    Raises `IntakeError`: `password`, `damaged`, `too_many_pages` (more than `limit`), before the first page.
    """
    with opened(pdf) as document:
        count = _checked(len(document), limit)
        loaded = 0
        for number in range(first, count + 1):
            content = _content(document, number)
            loaded += content is not None
            if number == count and not loaded and first == 1:
                raise IntakeError("damaged")
            yield content or PageContent(number, 595.0, 842.0, "")


def _content(document: pdfium.PdfDocument, number: int) -> PageContent | None:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        text, lines = page_text(page)
        return PageContent(number, page.get_width(), page.get_height(), text.rstrip("\n\t"), lines)
    except pdfium.PdfiumError:
        return PageContent(number, page.get_width(), page.get_height(), "")
    finally:
        page.close()


def properties(pdf: Path) -> Properties:
    """Title, subject, keywords and author from the document's information dictionary. Raises as `opened` does."""
    with opened(pdf) as document:
        values = {
            key: ordinary(document.get_metadata_value(key)[:MAX_PROPERTY]).strip()
            for key in ("Title", "Subject", "Keywords", "Author")
        }
    keywords = tuple(part for part in re.split(r"[,;，；、\s]+", values["Keywords"]) if part)
    return Properties(values["Title"], values["Subject"], keywords, values["Author"])
