"""The one gate: who may do what with which document. Pages, commands and actions all ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    User = AbstractBaseUser | AnonymousUser

Verb = Literal["read", "download", "upload", "retry", "edit", "delete"]
"""``read`` a document's page, its page images and its text; ``download`` its original and its PDF; ``upload`` new ones;
send one through its stages again (``retry``); ``edit`` its title, category and tags; ``delete`` it."""


class Owned(Protocol):
    """A thing that someone uploaded."""

    uploader_id: int | None

    @property
    def is_private(self) -> bool: ...


def may(user: User, verb: Verb, thing: Owned | None = None, *, has_link: bool = False) -> bool:
    """Whether `user` may do `verb` to `thing` (None for ``upload``). Anyone may read what is public, and with a valid
    secret link (`has_link`) what is private; everything else is for the uploader and for staff. A page that is refused
    answers 404, so that it does not tell what exists."""
    if verb in {"read", "download"} and (has_link or thing is None or not thing.is_private):
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if verb == "upload" or getattr(user, "is_staff", False):
        return True
    return thing is not None and thing.uploader_id == user.pk
