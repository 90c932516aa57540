"""Whose drafts, finished documents and values a request is about."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from fanwen.blanks.app import drafts
from fanwen.blanks.app.drafts import Owner

_SESSION = "drafts"
"""The session's own name for its drafts: the session key changes when someone signs in."""


def owner_of(request: HttpRequest, *, make: bool = False) -> Owner:
    """Who is asking. A visitor who has not signed in gets a session with the first thing they type (`make`)."""
    session = request.session.get(_SESSION, "")
    if request.user.is_authenticated:
        if session:  # signed in since: what was typed before goes along
            drafts.adopt(request.user, session)
            del request.session[_SESSION]
        return Owner(request.user, "")
    if make and not session:
        session = request.session[_SESSION] = secrets.token_hex(16)
    return Owner(request.user, session)
