"""How alike two texts are, from a short signature of each: MinHash (Broder, 1997) over shingles of characters.

Spaces, punctuation and line breaks do not count, so the same text out of a DOC and a DOCX is the same.
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from collections.abc import Iterable
from hashlib import blake2b

from rensa import RMinHash

MADE_BY = 1
"""Raised when signatures come out otherwise than before, as by another version of rensa: old and new ones are not
compared."""

SHINGLE = 5
"""Characters of a shingle: a word or two of Chinese, a word of English."""

LEAST = 120
"""Characters a text must have: two short notes are alike by chance."""

MOST = 200_000
"""Characters read of a text, some 250 pages."""

BANDS, ROWS = 20, 5
"""A pair whose likeness is 0.7 shares a band with a probability of 97 %, one of 0.8 of 99.96 %, one of 0.3 of 5 %."""

_HASHES = BANDS * ROWS
_SEED = 2022
_APART = re.compile(r"[\W_]+")
_BAND = struct.Struct(f"<H{ROWS}H")


def signature(texts: Iterable[str]) -> bytes:
    """The signature of a document's pages: the low 16 bits of `BANDS` × `ROWS` minima, little-endian (b-bit minwise
    hashing, Li and König, 2010: two that differ agree by chance once in 65,536); empty for a text shorter than `LEAST`."""
    plain = _APART.sub("", _head(texts)).lower()
    if len(plain) < LEAST:
        return b""
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update([plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1)])
    numbers = array("H", (number & 0xFFFF for number in minhash.digest()))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def bands(signature: bytes) -> list[int]:
    """Keys of 31 bits, one a band: texts that are alike share at least one, others rarely do."""
    numbers = struct.unpack(f"<{len(signature) // 2}H", signature)
    return [_key(band, numbers[band * ROWS : (band + 1) * ROWS]) for band in range(len(numbers) // ROWS)]


def likeness(one: bytes, other: bytes) -> float:
    """The share of their shingles that two texts have in common (0..1), give or take 0.05, from their signatures."""
    if not one or len(one) != len(other):
        return 0.0
    pairs = zip(memoryview(one).cast("H"), memoryview(other).cast("H"), strict=True)
    return sum(mine == theirs for mine, theirs in pairs) / _HASHES


def _head(texts: Iterable[str]) -> str:
    parts: list[str] = []
    length = 0
    for text in texts:
        parts.append(text)
        length += len(text)
        if length >= MOST:
            break
    return "".join(parts)[:MOST]


def _key(band: int, rows: tuple[int, ...]) -> int:
    return int.from_bytes(blake2b(_BAND.pack(band, *rows), digest_size=4).digest(), "little") >> 1
