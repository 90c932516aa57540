"""Links with which a private document is read without an account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from fanwen.library.models import Document, SecretLink
from fanwen.people.access import may

LIFETIMES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30), "open": None}
"""How long a link may live, by the name of the choice; ``open`` until it is revoked."""

_SESSION = "links"
"""Keys of the links that a session has opened. They are asked for anew each time, so an end is an end at once."""

_MOST_OPENED = 50


def make_link(document: Document, lifetime: str, *, by: Any) -> str:
    """A new link to `document`; its token, which can't be told again. Raises `PermissionDenied`."""
    if not may(by, "edit", document):
        raise PermissionDenied
    life = LIFETIMES[lifetime]
    token = secrets.token_urlsafe(24)
    expires = timezone.now() + life if life else None
    SecretLink.objects.create(document=document, digest=_digest(token), made_by=by, expires_at=expires)
    return token


def revoke(link: SecretLink) -> None:
    SecretLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def links_of(document: Document) -> QuerySet[SecretLink]:
    """The links to `document` that open it, the newest first."""
    return SecretLink.objects.filter(_valid(), document=document).select_related("made_by")


def find(token: str) -> SecretLink | None:
    """The link with this token, whether it still opens its document or not."""
    return SecretLink.objects.filter(digest=_digest(token)).select_related("document").first()


def is_valid(link: SecretLink) -> bool:
    return SecretLink.objects.filter(_valid(), pk=link.pk).exists()


def remember(session: Any, link: SecretLink) -> None:
    """`session` has opened `link`."""
    SecretLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    opened = [key for key in session.get(_SESSION, []) if key != link.pk]
    session[_SESSION] = [*opened, link.pk][-_MOST_OPENED:]


def opens(session: Any, document: Document) -> bool:
    """Whether `session` has opened a link to `document` that still holds."""
    keys = session.get(_SESSION)
    return bool(keys) and SecretLink.objects.filter(_valid(), pk__in=keys, document=document).exists()


def has_ended(session: Any, document: Document) -> bool:
    """Whether `session` once opened a link to `document`."""
    keys = session.get(_SESSION)
    return bool(keys) and SecretLink.objects.filter(pk__in=keys, document=document).exists()


def _valid() -> Q:
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
