"""How much of the machine one document may use."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import Kind

MEGABYTE = 1024 * 1024
BASE_SECONDS = 60
SECONDS_A_MEGABYTE = {"word": 4, "sheet": 8, "slides": 2, "html": 8, "text": 8}
"""Text is denser in formats without pictures: a megabyte of CSV is far more pages than one of PPTX."""
MOST_SECONDS = 600


def time_limit(kind: Kind, size: int) -> int:
    """Seconds that converting `size` bytes of `kind` may take."""
    rate = SECONDS_A_MEGABYTE.get(kind.family, 4)
    return min(BASE_SECONDS + rate * size // MEGABYTE, MOST_SECONDS)


@dataclass(frozen=True)
class Limits:
    """Limits of one office process, and when it is replaced by a fresh one."""

    address_space: int = 4096 * MEGABYTE
    """Bytes a document may make LibreOffice map (RLIMIT_AS); about 1 GB is mapped once it has seen a text, a sheet and a slide."""
    file_size: int = 1024 * MEGABYTE
    """Bytes of the largest file it may write (RLIMIT_FSIZE)."""
    documents: int = 100
    """Replaced after so many documents..."""
    resident: int = 1500 * MEGABYTE
    """...or when it keeps so many bytes after one."""
    start_seconds: int = 60
