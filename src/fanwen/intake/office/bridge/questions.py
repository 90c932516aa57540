"""Answers the questions LibreOffice would put to a person, and remembers what it asked."""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.task import XInteractionHandler


class Questions(unohelper.Base, XInteractionHandler):  # type: ignore[misc]
    """Says no to all but mere warnings.

    Without a handler a password-protected and a damaged document look the same: no document comes back.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.password = False
        self.broken = False

    def handle(self, request: Any) -> None:
        what = request.getRequest()
        name = getattr(what, "__pyunostruct__", type(what).__name__)
        self.asked.append(f"{name} {getattr(what, 'ErrCode', '')}".strip())
        self.password |= "Password" in name
        self.broken |= "BrokenPackage" in name
        # Only an ErrorCodeRequest may be a warning that wants to be read ("more rows than fit"): going on is harmless.
        wish = "XInteractionApprove" if "ErrorCodeRequest" in name else "XInteractionAbort"
        for continuation in request.getContinuations():
            names = {kind.typeName.rpartition(".")[2] for kind in continuation.getTypes()}
            if wish in names:
                continuation.select()
                return
