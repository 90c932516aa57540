"""The name that readers are shown for an account."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User


def shown_name(user: User) -> str:
    """The full name an account gave, else its account name. Chinese names are written without a space."""
    full = user.get_full_name()
    if full and not full.isascii():
        full = f"{user.last_name}{user.first_name}"
    return full or user.get_username()


def shown_names(usernames: Iterable[str]) -> dict[str, str]:
    """The names shown for these account names, with one query; accounts that are gone are left out."""
    return {user.get_username(): shown_name(user) for user in User.objects.filter(username__in=list(usernames))}
