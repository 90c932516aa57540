"""The name that readers are shown for an account."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib.auth.models import User

from fanwen.people.models import Profile


def shown_name(user: User) -> str:
    """The full name an account gave, else its account name. Chinese names are written without a space."""
    full = user.get_full_name()
    if full and not full.isascii():
        full = f"{user.last_name}{user.first_name}"
    return full or user.get_username()


def name_of(user: User) -> str:
    """The name that readers are shown as the maker's of a collection: as `user` wants to be named on new documents; ""
    for an anonymous one. Select ``profile`` along with accounts of a list."""
    choice = getattr(getattr(user, "profile", None), "shown_as", "full")
    if choice == "anonymous":
        return ""
    return masked(shown_name(user)) if choice == "masked" else shown_name(user)


class Uploaded(Protocol):
    """A document, as far as its uploader's name goes."""

    @property
    def uploader(self) -> Any: ...

    shown_as: str


def name_on(thing: Uploaded) -> str:
    """The name that readers are shown as the uploader's of `thing`, as they chose: in full, masked (``鲁**``), or "" for
    an anonymous one and for one of nobody. Every page, list, feed and machine-readable form asks here."""
    if thing.uploader is None or thing.shown_as == "anonymous":
        return ""
    name = shown_name(thing.uploader)
    return masked(name) if thing.shown_as == "masked" else name


def masked(name: str) -> str:
    """The first character of `name`, the rest hidden whatever its length."""
    return f"{name[:1]}**"


def usual_choice(user: Any) -> str:
    """How `user` wants to be named on new documents: ``full``, ``masked`` or ``anonymous``."""
    found = Profile.objects.filter(user=user).values_list("shown_as", flat=True).first() if user else None
    return found or "full"
