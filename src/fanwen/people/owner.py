"""Whose something is: a user's, or where nobody has signed in a session's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.http import HttpRequest

_SESSION = "drafts"
"""The session's own name for what is its visitor's: the session key changes when someone signs in."""

claimed = Signal()
"""Sent with `user` and `session` in a transaction when a visitor has signed in: rooms make the session's things the
user's."""


class Owned(models.Model):
    """Something of one person: of a user, or of a visitor's session. Exactly one of the two is set."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    session = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Owner:
    """Whose a draft or a favourite is."""

    user: Any
    session: str

    @property
    def columns(self) -> dict[str, Any]:
        if self.user.is_authenticated:
            return {"user": self.user, "session": ""}
        return {"user": None, "session": self.session}

    @property
    def known(self) -> bool:
        return self.user.is_authenticated or bool(self.session)

    @property
    def rows(self) -> Q:
        """The rows of `Owned` tables that are theirs; none for a visitor without a session."""
        if self.user.is_authenticated:
            return Q(user=self.user)
        return Q(user=None, session=self.session) & ~Q(session="")


def owner_of(request: HttpRequest, *, make: bool = False) -> Owner:
    """Who is asking. A visitor who has not signed in gets a session with the first thing they keep (`make`), and with
    everything they keep the session lasts anew."""
    session = request.session.get(_SESSION, "")
    if request.user.is_authenticated:
        if session:  # signed in since: what was kept before goes along
            with transaction.atomic():
                claimed.send(Owner, user=request.user, session=session)
            del request.session[_SESSION]
        return Owner(request.user, "")
    if make:
        session = request.session[_SESSION] = session or secrets.token_hex(16)
    return Owner(request.user, session)
