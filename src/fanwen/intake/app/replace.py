"""A document's file is replaced by a new version: stored and recorded before any work on it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from fanwen.intake.app.models import Examination
from fanwen.intake.app.names import clean_name
from fanwen.intake.app.receive import UPLOAD, begin, known, make_room, move, taking_over
from fanwen.intake.app.wake import ring
from fanwen.intake.types import IntakeError
from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document, Original


def replace_file(
    document: Document, path: Path, sha256: str, size: int, name: str, *, by: Any = None, priority: int = UPLOAD
) -> Document:
    """Take over the received file at `path` (in the data folder's ``incoming/``) as the new version of `document`.

    It goes through the stages as a row of its own, beside the document, which is read as it is until the new version is
    ready and takes its place (`fanwen.intake.app.put_in_place`); where it can't be prepared, the document stays as it is.
    A new version that failed gives way to the next one. `by` is who sends it. Whatever happens, `path` is gone
    afterwards. Raises `IntakeError` with a code of `REFUSED`, or ``same_version``, ``same_as_other``, ``not_settled``.
    """
    name = clean_name(name)
    with taking_over(path):
        kind = known(path, name)
        target = settings.FOLDERS.original(sha256)
        make_room(target)
        with transaction.atomic():
            document.refresh_from_db()
            _check(document, sha256, by)
            waiting = Document.objects.create(
                version_of=document,
                version=0,
                visibility=Document.Visibility.PRIVATE,
                uploader=document.uploader,
                shown_as=document.shown_as,
                title=document.title,
                title_given=document.title_given,
                original=Original.objects.get_or_create(sha256=sha256, defaults={"size": size})[0],
                original_name=name,
                format=kind.format if kind else Path(name).suffix[1:11].lower(),
                family=kind.family if kind else "",
            )
            Examination.objects.create(document=waiting, hold=True)  # personal data in it holds the document
            begin(waiting, "replaced", priority=priority)
            move(path, target)
    ring("worker")
    return waiting


def _check(document: Document, sha256: str, by: Any) -> None:
    """Whether `document` can be replaced by these bytes; a new version of it that failed makes room. Bytes of an earlier
    version are welcome: so one goes back to it."""
    if document.status == Document.Status.WORKING:
        raise IntakeError("not_settled")
    if document.original_id == sha256:
        raise IntakeError("same_version")
    other = catalogue.with_bytes(sha256, by)
    if other is not None and other.pk != document.pk:
        raise IntakeError("same_as_other", title=other.title, number=other.number)
    waiting = catalogue.waiting_version(document)
    if waiting is not None:
        if waiting.status != Document.Status.FAILED:
            raise IntakeError("not_settled")
        delete_document(waiting)
