"""Staff take a document from public view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fanwen.library.models import Document, SecretLink
from fanwen.library.signals import document_changed

if TYPE_CHECKING:
    from fanwen.people.access import User


def withdraw(document: Document, reason: str, *, by: User) -> None:
    """Make `document` private, tell its uploader why with `reason`, and end every secret link to it. Nothing is
    deleted. Raises `PermissionDenied` unless `by` is of the staff."""
    if not getattr(by, "is_staff", False):
        raise PermissionDenied
    with transaction.atomic():
        document.visibility = Document.Visibility.PRIVATE
        document.withdrawn = reason[:300]
        document.save(update_fields=("visibility", "withdrawn"))
        SecretLink.objects.filter(document=document, revoked_at=None).update(revoked_at=timezone.now())
        document_changed.send(Document, number=document.number)
