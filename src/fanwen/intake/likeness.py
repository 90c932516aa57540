"""How alike two texts are, from a short signature of each: MinHash (Broder, 1997) over shingles of characters.

Spaces, punctuation and line breaks do not count, so the same text out of a DOC and a DOCX is the same.
"""

from __future__ import annotations

import re
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
_BY_CHANCE = 1 / 256
"""How often the bytes of two different minima are the same."""
_SEED = 2022
_APART = re.compile(r"[\W_]+")


def signature(texts: Iterable[str]) -> bytes:
    """The signature of a document's pages: a byte of each of `BANDS` × `ROWS` minima (b-bit minwise hashing, Li and
    König, 2010); empty for a text shorter than `LEAST`."""
    plain = _APART.sub("", _head(texts)).lower()
    if len(plain) < LEAST:
        return b""
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update([plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1)])
    return bytes(number & 0xFF for number in minhash.digest())


def bands(signature: bytes) -> list[int]:
    """Keys of 31 bits, one a band: texts that are alike share at least one, others rarely do."""
    return [_key(band, signature[band * ROWS : (band + 1) * ROWS]) for band in range(len(signature) // ROWS)]


def likeness(one: bytes, other: bytes) -> float:
    """The share of their shingles that two texts have in common (0..1), give or take 0.05, from their signatures."""
    if not one or len(one) != len(other):
        return 0.0
    equal = sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / _HASHES
    return max(0.0, (equal - _BY_CHANCE) / (1 - _BY_CHANCE))


def _head(texts: Iterable[str]) -> str:
    parts: list[str] = []
    length = 0
    for text in texts:
        parts.append(text)
        length += len(text)
        if length >= MOST:
            break
    return "".join(parts)[:MOST]


def _key(band: int, rows: bytes) -> int:
    return int.from_bytes(blake2b(bytes((band,)) + rows, digest_size=4).digest(), "little") >> 1
