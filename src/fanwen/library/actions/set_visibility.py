"""Make a document public, or private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fanwen.library.models import Document
from fanwen.library.signals import document_changed
from fanwen.people.access import may

if TYPE_CHECKING:
    from fanwen.people.access import User


def set_visibility(document: Document, visibility: str, *, by: User) -> None:
    """Set the `visibility` (a value of `Document.Visibility`) of `document`. Search hears of it, so that a document made
    private is soon gone from its index; lists leave it out at once. Raises `PermissionDenied` unless `by` may edit it;
    what staff withdrew only staff make public again."""
    if not may(by, "edit", document):
        raise PermissionDenied
    public = visibility == Document.Visibility.PUBLIC
    if public and document.withdrawn and not getattr(by, "is_staff", False):
        raise PermissionDenied
    with transaction.atomic():
        document.visibility = Document.Visibility(visibility)
        if public:
            document.withdrawn = ""
        document.save(update_fields=("visibility", "withdrawn"))
        document_changed.send(Document, number=document.number)
