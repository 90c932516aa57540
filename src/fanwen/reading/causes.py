"""Causes and notes in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from fanwen.intake.causes import CAUSES, NOTES
from fanwen.intake.types import IntakeError


def cause_text(code: str, params: Mapping[str, Any] | None = None) -> str:
    """What was wrong and what to do; for a code without a message the message of ``internal``."""
    return _fill(CAUSES.get(code) or CAUSES["internal"], params)


def error_text(error: IntakeError) -> str:
    return cause_text(error.code, error.params)


def note_text(note: Mapping[str, Any]) -> str:
    """A note as it stands in `Document.notes`; empty for a code without a message."""
    message = NOTES.get(note.get("code", ""))
    return _fill(message, note.get("params")) if message else ""


class _Params(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fill(message: str, params: Mapping[str, Any] | None) -> str:
    return gettext(message).format_map(_Params(params or {}))
