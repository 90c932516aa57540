"""The key of a masked file: what was taken out and how to put it back, as JSON, encrypted where a passphrase is given.

Encryption is AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914) derives from the passphrase.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fanwen.blanks.errors import KeyProblem
from fanwen.blanks.mask.types import Splice, Taken
from fanwen.blanks.package import write_whole

VERSION = 1
_COST = {"n": 2**15, "r": 8, "p": 1}
_COST_LIMIT = 2**20


@dataclass(frozen=True)
class PartKey:
    """How a masked part becomes the original again: `back` replaces byte ranges of its UTF-8 form."""

    original: str
    masked: str
    """SHA-256 of the part's bytes, hexadecimal."""
    back: tuple[Splice, ...]


@dataclass(frozen=True)
class Key:
    parts: dict[str, PartKey]
    """The parts that were changed."""
    untouched: dict[str, str]
    """SHA-256 of every other part."""
    taken: tuple[Taken, ...]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_key(path: Path, key: Key, passphrase: str | None) -> None:
    """Write `key` to `path`, readable by its owner only."""
    payload = json.dumps(_to_json(key), ensure_ascii=False).encode()
    document: dict[str, Any] = {"fanwen_key": VERSION, "encrypted": passphrase is not None}
    if passphrase is None:
        document |= json.loads(payload)
    else:
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = AESGCM(_derived(passphrase, salt, _COST)).encrypt(nonce, payload, b"fanwen key")
        document |= {"kdf": {"name": "scrypt", "salt": _text(salt), **_COST}, "nonce": _text(nonce)}
        document["payload"] = _text(sealed)
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1).encode(), private=True)


def read_key(path: Path, passphrase: str | None) -> Key:
    """Raises `KeyProblem`: ``key_damaged``, ``key_locked`` (no passphrase was given), ``key_passphrase``."""
    try:
        document = json.loads(path.read_bytes())
        if not isinstance(document, dict) or document.get("fanwen_key") != VERSION:
            raise KeyProblem("key_damaged")
        if document["encrypted"]:
            document = json.loads(_opened(document, passphrase))
        return _from_json(document)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise KeyProblem("key_damaged") from error


def reversed_splices(data: bytes, splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """What undoes `splices` (in order) made on `data`."""
    back = []
    shift = 0
    for start, end, new in splices:
        back.append((start + shift, start + shift + len(new), data[start:end]))
        shift += len(new) - (end - start)
    return tuple(back)


def _opened(document: dict[str, Any], passphrase: str | None) -> bytes:
    if passphrase is None:
        raise KeyProblem("key_locked")
    cost = {name: int(document["kdf"][name]) for name in ("n", "r", "p")}
    # a key file is read by whoever was sent it: its cost must not be a way to exhaust the machine
    if cost["n"] > _COST_LIMIT or cost["r"] > 32 or cost["p"] > 16:
        raise KeyProblem("key_damaged")
    secret = _derived(passphrase, _bytes(document["kdf"]["salt"]), cost)
    try:
        return AESGCM(secret).decrypt(_bytes(document["nonce"]), _bytes(document["payload"]), b"fanwen key")
    except InvalidTag as error:
        raise KeyProblem("key_passphrase") from error


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost["n"], r=cost["r"], p=cost["p"]).derive(passphrase.encode())


def _to_json(key: Key) -> dict[str, Any]:
    return {
        "taken": [taken.to_dict() for taken in key.taken],
        "parts": {
            name: {
                "original": part.original,
                "masked": part.masked,
                "back": [[start, end, _text(old)] for start, end, old in part.back],
            }
            for name, part in key.parts.items()
        },
        "untouched": key.untouched,
    }


def _from_json(document: dict[str, Any]) -> Key:
    parts = {
        str(name): PartKey(
            str(part["original"]),
            str(part["masked"]),
            tuple((int(start), int(end), _bytes(old)) for start, end, old in part["back"]),
        )
        for name, part in document["parts"].items()
    }
    taken = tuple(
        Taken(one["field"], one["type"], one["text"], one["passage"], int(one["start"]), int(one["end"]))
        for one in document["taken"]
    )
    return Key(parts, {str(name): str(hash_) for name, hash_ in document["untouched"].items()}, taken)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
