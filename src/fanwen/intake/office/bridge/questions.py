"""Answers the questions LibreOffice would put to a person, and remembers what it asked."""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.task import XInteractionHandler


class Questions(unohelper.Base, XInteractionHandler):  # type: ignore[misc]
    """Goes on past warnings and says no to everything else.

    Without a handler a password-protected and a damaged document look the same: no document comes back. What is asked
    is told from the answers that are offered, for pyuno fails on most requests themselves (it can't set `args`).
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.password = False
        self.broken = False

    def handle(self, request: Any) -> None:
        offered = {}
        for continuation in request.getContinuations():
            for kind in continuation.getTypes():
                offered[kind.typeName.rpartition(".XInteraction")[2]] = continuation
        self.asked.append("/".join(sorted(name for name in offered if name)))
        if any(name.startswith("Password") for name in offered):
            self.password = True
            answer = "Abort"
        elif "Disapprove" in offered:
            # Whether to repair a package; what is left of half a file is not the document.
            self.broken = True
            answer = "Disapprove"
        else:
            answer = "Approve" if "Approve" in offered else "Abort"
        if answer in offered:
            offered[answer].select()
