"""Masking (脱敏): a finished document becomes a template, and with its key the original again."""

from __future__ import annotations

from fanwen.blanks.mask.mask import Masked, Masking, mask
from fanwen.blanks.mask.unmask import unmask

__all__ = ["Masked", "Masking", "mask", "unmask"]
