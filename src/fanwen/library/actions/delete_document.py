"""Remove a document for good, with its original."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from fanwen.library.models import Document
from fanwen.library.signals import document_changed


def delete_document(document: Document) -> None:
    """Remove the rows, then the files: a crash between the two leaves files that ``fanwen check`` finds, never a row
    without its file. Bytes that another document has too stay."""
    sha256 = document.original_id
    folders = settings.FOLDERS

    def remove_files() -> None:
        folders.rendition(sha256).unlink(missing_ok=True)
        folders.office_copy(sha256).unlink(missing_ok=True)
        folders.original(sha256).unlink(missing_ok=True)

    with transaction.atomic():
        original = document.original
        document.delete()
        document_changed.send(Document, number=document.number)
        if not original.documents.exists():
            original.delete()
            transaction.on_commit(remove_files)
