"""A column of text that takes a third of its bytes: the text of pages, most of what a catalogue is.

GB18030 has two bytes for a common Han character where UTF-8 has three, and a code for every other character; deflated, a page
of Chinese takes a sixth less than deflated UTF-8 does (docs/decisions/0007).
"""

from __future__ import annotations

import zlib
from typing import Any

from django.db import models

_VERSION = b"\x01"
_LARGEST = 256 * 1024**2


def pack_text(text: str) -> bytes | str:
    """`text` as it is stored; the empty text is stored as it is, so that it can be asked for."""
    if not text:
        return ""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _VERSION + squeeze.compress(text.encode("gb18030")) + squeeze.flush()


def unpack_text(stored: bytes | str) -> str:
    """The text of what `pack_text` gave, or an earlier version stored plainly. Raises `ValueError` for anything else."""
    if isinstance(stored, str):
        return stored
    if stored[:1] != _VERSION:
        raise ValueError("a text stored by another version")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stored[1:], _LARGEST).decode("gb18030")
    except zlib.error as error:
        raise ValueError("a stored text is damaged") from error


class PackedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database can't look into: it can be compared, but not searched; the index is for that."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def get_prep_value(self, value: Any) -> Any:
        return pack_text(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return value if value is None else unpack_text(value)
