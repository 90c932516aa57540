"""Whether every document's text was looked through for personal data and for what is nearly the same."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from fanwen.intake import likeness
from fanwen.intake.app.examine import look_again
from fanwen.library.models import Document
from fanwen.upkeep.findings import Finding, count, ok, warning


def findings() -> Iterator[Finding]:
    if unseen := unexamined().count():
        yield warning(
            "texts",
            f"{count(unseen, 'document')} not yet looked through for personal data and for what is nearly the same",
            "fanwen check --repair",
            _look_through,
        )
    else:
        yield ok("texts", "all looked through")


def unexamined() -> QuerySet[Document]:
    """Documents from before there was an examination, or with signatures of an older version."""
    ready = Document.objects.filter(status=Document.Status.READY)
    return ready.exclude(examination__made_by=likeness.MADE_BY)


def _look_through() -> str:
    done = 0
    for key in list(unexamined().values_list("pk", flat=True)):
        if (document := Document.objects.filter(pk=key).first()) is None:
            continue
        eye = look_again(document)
        with transaction.atomic():
            if document := Document.objects.filter(pk=key).first():
                eye.keep(document)
                done += 1
    return f"looked through {count(done, 'document')}"
