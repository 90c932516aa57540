"""What a document's text is looked through for when it is read: personal data, and a signature to find its like by."""

from __future__ import annotations

from django.db import transaction

from fanwen.intake import likeness
from fanwen.intake.app.models import Band, Examination, PersonalData
from fanwen.intake.personal import Finding, find_personal_data
from fanwen.library.models import Document, Page
from fanwen.search.app import changes

MOST_FOUND = 50
"""Findings kept of a document: enough to see what it is about."""


class Eye:
    """Reads a document's pages as they come (`see`); `keep` records what it saw."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._found: list[tuple[int, Finding]] = []

    def see(self, page: int, text: str) -> None:
        if self._length < likeness.MOST:
            self._texts.append(text)
            self._length += len(text)
        if len(self._found) < MOST_FOUND:
            self._found += [(page, finding) for finding in find_personal_data(text)]

    def look(self) -> None:
        """Think about it, before the database is held."""
        self._signature = likeness.signature(self._texts)
        self._bands = likeness.bands(self._signature)

    def keep(self, document: Document) -> None:
        """Record it, in place of what was seen earlier, and publish or hold `document` accordingly; called in the
        transaction that saves its pages, after `look`, with `document` fresh from the database."""
        examination = Examination.objects.filter(document=document).first() or Examination(document=document)
        if examination.made_by:
            Band.objects.filter(document=document).delete()
            PersonalData.objects.filter(document=document).delete()
        examination.signature, examination.made_by = self._signature, likeness.MADE_BY
        examination.save()
        Band.objects.bulk_create(Band(document=document, key=key) for key in self._bands)
        if self._found:
            PersonalData.objects.bulk_create(
                PersonalData(document=document, page=page, sort=finding.sort, excerpt=finding.excerpt)
                for page, finding in self._found[:MOST_FOUND]
            )
        _judge(document, examination, found=bool(self._found))


def look_again(document: Document) -> Eye:
    """What there is to see in the pages of `document` as they stand in the catalogue."""
    eye = Eye()
    pages = Page.objects.filter(document=document).order_by("number").values_list("number", "text")
    for number, text in pages.iterator(chunk_size=200):
        eye.see(number, text)
    eye.look()
    return eye


def judge(document: Document) -> None:
    """Publish or hold `document` by what was seen in its text, which has just come in its place."""
    examination = Examination.objects.filter(document=document).first()
    _judge(document, examination, found=PersonalData.objects.filter(document=document).exists())


def release(document: Document) -> None:
    """There are no pages to look through: what can't be read is listed with its cause."""
    document.refresh_from_db(fields=("visibility",))
    _judge(document, None, found=False)


def confirm(document: Document) -> None:
    """Somebody looked at what was found, and publishes `document` all the same."""
    with transaction.atomic():
        Examination.objects.update_or_create(document=document, defaults={"confirmed": True})
        document.visibility = Document.Visibility.PUBLIC
        document.save(update_fields=("visibility",))
        changes.note(document.number)


def _judge(document: Document, examination: Examination | None, *, found: bool) -> None:
    held, public = Document.Visibility.HELD, Document.Visibility.PUBLIC
    if document.visibility == held and not found:
        document.visibility = public
    elif document.visibility == public and found and examination and examination.hold and not examination.confirmed:
        document.visibility = held  # found by recognising its text, or by a later trial
    else:
        return
    document.save(update_fields=("visibility",))
