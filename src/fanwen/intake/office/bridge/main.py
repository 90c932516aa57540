"""Gives up all rights that are not needed, then serves."""

from __future__ import annotations

from typing import Any

from .confine import confine


def main(config: dict[str, Any]) -> None:
    """See `serve.serve` and `soffice.Soffice` for `config`."""
    confined = confine(config["readable"], config["writable"], ["/tmp"])
    # Only now: what uno learns about users when it is loaded decides the name of the socket, and must be what
    # LibreOffice learns, which sees no list of users.
    from .serve import serve

    serve(config, confined)
