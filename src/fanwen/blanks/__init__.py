"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django."""

from __future__ import annotations

from fanwen.blanks.detect import detect
from fanwen.blanks.diff import diff
from fanwen.blanks.fill import Template, fill
from fanwen.blanks.mask import mask, unmask
from fanwen.blanks.read import read_story

__all__ = ["Template", "detect", "diff", "fill", "mask", "read_story", "unmask"]
