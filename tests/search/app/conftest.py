from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from fanwen.config.folders import Folders
from fanwen.intake.app.models import Stage
from fanwen.library.models import Document, Original, Page
from fanwen.search.app import asked, changes
from fanwen.search.app.live import engine
from fanwen.search.app.writer import IndexWriter

MakeDocument = Callable[..., Document]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> Iterator[Folders]:
    """A data folder for this test alone."""
    settings.FOLDERS = Folders(tmp_path)
    settings.FOLDERS.make()
    asked.forget()
    yield settings.FOLDERS
    engine().close()


@pytest.fixture
def make_document(db: None) -> MakeDocument:
    """Makes a document with pages, its stages and the note of its change."""
    keys = itertools.count(1)

    def make(title: str, *pages: str, number: str | None = None, **fields: Any) -> Document:
        key = next(keys)
        uploader, _ = get_user_model().objects.get_or_create(username=fields.pop("uploader", "lin"))
        document = Document.objects.create(
            title=title,
            uploader=uploader,
            original=Original.objects.create(sha256=f"{key:064x}", size=1),
            original_name=f"{title}.docx",
            page_count=len(pages),
            **({"number": number} if number else {}),
            **{"status": Document.Status.READY, "format": "docx", **fields},
        )
        Page.objects.bulk_create(
            Page(document=document, number=at, width=595, height=842, text=text) for at, text in enumerate(pages, 1)
        )
        Stage.objects.create(document=document, name="indexed")
        changes.note(document.number)
        return document

    return make


@pytest.fixture
def writer(folders: Folders) -> Iterator[IndexWriter]:
    writer = IndexWriter(folders.index)
    yield writer
    writer.close()
