"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django."""

from __future__ import annotations

from fanwen.blanks.detect import detect
from fanwen.blanks.diff import diff
from fanwen.blanks.fill import Template, fill
from fanwen.blanks.mask import mask, unmask
from fanwen.blanks.read import read_story
from fanwen.blanks.types import Blank, to_json

__all__ = ["Blank", "Template", "detect", "diff", "fill", "mask", "read_story", "to_json", "unmask"]
