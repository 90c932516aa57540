"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django."""

from __future__ import annotations

from fanwen.blanks.detect import Evidence, TextEvidence, detect
from fanwen.blanks.read import read_story
from fanwen.blanks.types import Blank, to_json

__all__ = ["Blank", "Evidence", "TextEvidence", "detect", "read_story", "to_json"]
