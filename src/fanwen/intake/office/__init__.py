"""Office documents through LibreOffice: `Office` converts them, `missing` tells what is not installed."""

from __future__ import annotations

from .engine import Office
from .installed import missing
from .limits import Limits, time_limit

__all__ = ["Limits", "Office", "missing", "time_limit"]
