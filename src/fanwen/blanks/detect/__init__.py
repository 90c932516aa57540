"""Find the blanks of a document, and say what each asks for."""

from __future__ import annotations

from fanwen.blanks.detect.detector import detect
from fanwen.blanks.detect.evidence import Evidence, TextEvidence

__all__ = ["Evidence", "TextEvidence", "detect"]
