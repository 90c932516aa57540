"""Documents that someone wants to find again, with an account or without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.people.owner import Owner
from fanwen.shelves.models import Favourite

MOST = 2000
"""Favourites of one person; the oldest make room."""


@dataclass(frozen=True)
class Favoured:
    """What a document's page says about favourites."""

    count: int
    mine: bool


def favoured(owner: Owner, document: Document) -> Favoured:
    mine = Count("pk", filter=owner.rows) if owner.known else Count("pk", filter=Q(pk=None))
    found = Favourite.objects.filter(document=document).aggregate(count=Count("pk"), mine=mine)
    return Favoured(found["count"], found["mine"] > 0)


def keep(owner: Owner, document: Document) -> None:
    """Make `document` a favourite; one that is one already stays where it is. All favourites of a visitor without an
    account live as long as the session, which this renews; what is left of sessions that ended goes."""
    with transaction.atomic():
        _, made = Favourite.objects.get_or_create(document=document, **owner.columns)
        if made:
            mine = Favourite.objects.filter(owner.rows).order_by("-pk")
            Favourite.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST : MOST + 100])).delete()
        if owner.session:
            Favourite.objects.filter(owner.rows).update(changed_at=timezone.now())
            ended = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
            Favourite.objects.filter(user=None, changed_at__lt=ended).delete()


def let_go(owner: Owner, document: Document) -> None:
    Favourite.objects.filter(owner.rows, document=document).delete()


def favourites(owner: Owner) -> QuerySet[Document]:
    """The favourites of `owner`, the latest first."""
    if not owner.known:
        return Document.objects.none()
    mine = Favourite.objects.filter(owner.rows)
    return catalogue.known_to(owner.user).filter(favourites__in=mine).order_by("-favourites__pk")


def adopt(user: Any, session: str) -> None:
    """What belonged to `session` becomes the user's, except where the user has it already."""
    theirs = Favourite.objects.filter(user=None, session=session)
    theirs.filter(document__in=Favourite.objects.filter(user=user).values("document")).delete()
    theirs.update(user=user, session="")
