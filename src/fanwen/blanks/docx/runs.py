"""Text as the content of a run."""

from __future__ import annotations

import re

from fanwen.blanks.markup.splices import escape

_PIECES = re.compile(r"(\n|\t)")


def needs_preserve(text: str) -> bool:
    """Whether XML's rules for blanks would lose some of `text` without ``xml:space="preserve"``."""
    return text != text.strip(" \t\r\n") or "  " in text


def text_markup(prefix: str, text: str) -> bytes:
    """`text` as elements of a run: text, breaks for ``\\n``, tabs for ``\\t``. `prefix` is the namespace's (``w:``)."""
    markup = []
    for piece in _PIECES.split(text):
        if piece == "\n":
            markup.append(f"<{prefix}br/>")
        elif piece == "\t":
            markup.append(f"<{prefix}tab/>")
        elif piece:
            space = ' xml:space="preserve"' if needs_preserve(piece) else ""
            markup.append(f"<{prefix}t{space}>{escape(piece)}</{prefix}t>")
    return "".join(markup).encode()
