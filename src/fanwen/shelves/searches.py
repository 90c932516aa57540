"""Searches that people want to make again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from fanwen.shelves.models import SavedSearch

MOST = 200
"""Saved searches of one person."""


class Full(Exception):
    """The user has too many."""


def saved(user: Any) -> QuerySet[SavedSearch]:
    """The user's searches, the latest first."""
    return SavedSearch.objects.filter(user=user) if user.is_authenticated else SavedSearch.objects.none()


def save(user: Any, name: str, address: str) -> SavedSearch:
    """Keep the search of this query string; one that is kept already gets the new name. Raises `Full`."""
    found = SavedSearch.objects.filter(user=user, address=address).first()
    if found is None:
        if saved(user).count() >= MOST:
            raise Full
        found = SavedSearch(user=user, address=address)
    found.name = name
    found.save()
    return found


def drop(user: Any, key: int) -> None:
    saved(user).filter(pk=key).delete()
