"""A new version that is ready takes its document's place; what the document was becomes an earlier version."""

from __future__ import annotations

from django.db import models, transaction

from fanwen.blanks.app.models import Filled, Template
from fanwen.intake.app.examine import judge
from fanwen.intake.app.models import Band, Examination, PersonalData, Stage, Task
from fanwen.intake.app.queue import BACKGROUND
from fanwen.intake.app.wake import ring
from fanwen.library.models import Document, Page
from fanwen.search.app import changes

_CONTENT = (
    "original_id",
    "original_name",
    "format",
    "family",
    "page_count",
    "status",
    "properties",
    "notes",
    "fonts_missing",
)
"""The columns that say what a document holds; the others say what it is."""


def put_in_place(waiting: Document) -> bool:
    """Give the document that `waiting` is a new version of its content: file, pages and the stages still to do. What was
    there goes to a row of its own, with the blanks found in it and the documents made of them, and that row takes over
    the number of `waiting`, which is gone then. All in one transaction.

    False, and nothing is done, while another worker is at the document.
    """
    with transaction.atomic():
        current = Document.objects.get(pk=waiting.version_of_id)
        waiting = Document.objects.get(pk=waiting.pk)
        if Task.objects.filter(document=current).exclude(worker="").exists():
            return False
        Task.objects.filter(document=current).delete()
        earlier = _keep(current)
        Band.objects.filter(document=current).delete()  # nobody asks what is like an earlier version
        for table in (Page, Stage, Template, Filled, Examination, PersonalData):
            _of(table, current).update(document=earlier)
        Stage.objects.filter(document=earlier).exclude(state__in=("done", "failed")).delete()
        Stage.objects.filter(document=earlier, name="indexed").delete()
        _take(current, waiting)
        for table in (Page, Examination, PersonalData, Band):
            _of(table, waiting).update(document=current)
        judge(current)
        Stage.objects.filter(document=waiting).exclude(name="replaced").update(document=current)
        number = waiting.number
        Document.objects.filter(pk=waiting.pk).delete()
        Document.objects.filter(pk=earlier.pk).update(number=number)
        if Stage.objects.filter(document=current, state="waiting").exists():
            Task.objects.create(document=current, priority=BACKGROUND)
            transaction.on_commit(lambda: ring("worker"))
        Stage.objects.create(document=current, name="indexed")
        changes.note(current.number)
    return True


def _of(table: type[models.Model], document: Document) -> models.QuerySet[models.Model]:
    return table._default_manager.filter(document=document)


def _keep(current: Document) -> Document:
    """A row for what `current` holds now."""
    earlier = Document.objects.create(
        version_of=current,
        version=current.version,
        visibility=Document.Visibility.PRIVATE,
        uploader_id=current.uploader_id,
        shown_as=current.shown_as,
        title=current.title,
        title_given=True,
        description=current.description,
        keywords=current.keywords,
        **{name: getattr(current, name) for name in _CONTENT},
    )
    Document.objects.filter(pk=earlier.pk).update(uploaded_at=current.replaced_at or current.uploaded_at)
    return earlier


def _take(current: Document, waiting: Document) -> None:
    """Title, description and keywords stay as they are, but for what could not be proposed before."""
    for name in _CONTENT:
        setattr(current, name, getattr(waiting, name))
    if not current.description:
        current.description = waiting.description
    if not current.keywords:
        current.keywords = waiting.keywords
    current.version += 1
    current.replaced_at = waiting.uploaded_at
    current.save(update_fields=(*_CONTENT, "description", "keywords", "version", "replaced_at"))
