"""Documents, categories and accounts for tests: real rows, real PDFs, real files in the data folder."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from fanwen.intake.app.models import Stage
from fanwen.intake.layout import pack
from fanwen.intake.pdf import read_pages
from fanwen.library.models import Category, Document, Original, Page, Tag
from fanwen.search.app import changes
from tests.intake.pdf_writer import pdf, text

_count = itertools.count(1)

LINE = 16
"""Points between two lines."""


def make_pdf(pages: Sequence[str], *, page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """A PDF with a page per string, a line of Latin text per line of it."""
    return pdf(
        [
            b"".join(text(72, 760 - LINE * number, line) for number, line in enumerate(content.splitlines()))
            for content in pages
        ],
        page=page,
    )


def make_user(name: str = "", **fields: Any) -> User:
    return User.objects.create_user(name or f"user{next(_count)}", password="correct horse", **fields)


def make_category(name: str = "", parent: Category | None = None) -> Category:
    return Category.objects.create(name=name or f"Category {next(_count)}", parent=parent)


def make_document(
    pages: Sequence[str] = ("One page of text.",),
    *,
    title: str = "",
    original: bytes | None = None,
    name: str = "",
    family: str = "pdf",
    tags: Sequence[str] = (),
    pdf_bytes: bytes | None = None,
    **fields: Any,
) -> Document:
    """A ready document whose pages are read from a real PDF. With `family` other than ``pdf`` the PDF is the
    rendition and `original` the file that was uploaded."""
    number = next(_count)
    rendition = pdf_bytes if pdf_bytes is not None else make_pdf(pages)
    rendition += b"%% %d" % number
    stored = rendition if family == "pdf" else (original or b"original %d" % number)
    sha256 = hashlib.sha256(stored).hexdigest()
    document = Document.objects.create(
        title=title or f"Document {number}",
        original=Original.objects.create(sha256=sha256, size=len(stored)),
        original_name=name or f"document-{number}.{'pdf' if family == 'pdf' else 'docx'}",
        family=family,
        **{"format": "pdf" if family == "pdf" else "docx", "status": Document.Status.READY, **fields},
    )
    _write(settings.FOLDERS.original(sha256), stored)
    path = settings.FOLDERS.original(sha256)
    if family != "pdf":
        path = settings.FOLDERS.rendition(sha256)
        _write(path, rendition)
    if document.status == Document.Status.READY:
        contents = list(read_pages(path, limit=1000))
        Page.objects.bulk_create(
            Page(
                document=document,
                number=content.number,
                width=content.width,
                height=content.height,
                text=content.text,
                layout=pack(content.lines),
                recognised=content.recognised,
            )
            for content in contents
        )
        document.page_count = len(contents)
        document.save(update_fields=["page_count"])
    document.tags.set([Tag.objects.get_or_create(name=tag)[0] for tag in tags])
    state = "done" if document.status == Document.Status.READY else "waiting"
    for stage in ("stored", "converted", "paged", "indexed"):
        Stage.objects.create(
            document=document,
            name=stage,
            state="done" if stage == "stored" else state,
            seconds=0.1,
            finished_at=timezone.now(),
        )
    changes.note(document.number)
    return document


def make_failed(cause: str = "password", **fields: Any) -> Document:
    """A document whose conversion failed for `cause`."""
    document = make_document(family="word", status=Document.Status.FAILED, **fields)
    document.stages.filter(name="converted").update(state="failed", cause=cause)
    return document


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
