"""Remove a document for good, with its original."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from fanwen.library.models import Document, Original
from fanwen.library.signals import document_changed


def delete_document(document: Document) -> None:
    """Remove the rows, its versions' too, then the files: a crash between the two leaves files that ``fanwen check``
    finds, never a row without its file. Bytes that another document has too stay."""
    folders = settings.FOLDERS

    def remove_files(hashes: list[str]) -> None:
        for sha256 in hashes:
            folders.rendition(sha256).unlink(missing_ok=True)
            folders.office_copy(sha256).unlink(missing_ok=True)
            folders.original(sha256).unlink(missing_ok=True)

    with transaction.atomic():
        hashes = {document.original_id, *document.versions.values_list("original_id", flat=True)}
        document.delete()
        document_changed.send(Document, number=document.number)
        unused = Original.objects.filter(sha256__in=hashes, documents=None)
        gone = list(unused.values_list("sha256", flat=True))
        unused.delete()
        transaction.on_commit(lambda: remove_files(gone))
