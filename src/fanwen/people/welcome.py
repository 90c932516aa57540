"""The one-time link with which the first administrator of a new installation chooses a name and a password."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction

SALT = "fanwen.welcome"
MAX_AGE = 7 * 24 * 3600
"""Seconds; every start of the service makes a new link as long as there is no administrator."""


def has_administrator() -> bool:
    """Whether someone can already sign in as an administrator."""
    return any(user.has_usable_password() for user in User.objects.filter(is_superuser=True, is_active=True))


def welcome_path() -> str:
    """The link's path, or "" when there is an administrator already."""
    if has_administrator():
        return ""
    return f"/welcome/{signing.TimestampSigner(salt=SALT).sign('administrator')}/"


def is_valid(token: str) -> bool:
    """Whether `token` was made here, has not run out, and has not been used: using it makes an administrator, and
    then no token is valid any more."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(token, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return not has_administrator()


def claim(token: str, username: str, password: str) -> User | None:
    """Make the first administrator with `token`; None when it is not valid (any more). `username` must be free."""
    with transaction.atomic():
        if not is_valid(token):
            return None
        return User.objects.create_superuser(username=username, password=password)
