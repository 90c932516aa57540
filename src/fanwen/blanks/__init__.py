"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django."""

from __future__ import annotations

from fanwen.blanks.read import read_story

__all__ = ["read_story"]
