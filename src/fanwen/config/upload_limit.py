"""The largest file accepted, as people say it."""

from __future__ import annotations

from fanwen.config.options import read


def upload_limit() -> str:
    """``2 GB``, ``1.5 GB``, ``500 MB``; ``1500 MB`` where gigabytes would be no round number."""
    megabytes = int(read("FANWEN_MAX_UPLOAD_MB"))
    return f"{megabytes / 1024:g} GB" if megabytes >= 1024 and megabytes % 512 == 0 else f"{megabytes} MB"
