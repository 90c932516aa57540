"""Give a masked document its facts back."""

from __future__ import annotations

from pathlib import Path

from fanwen.blanks.docx.tags import TAGS, TEXTS
from fanwen.blanks.errors import KeyProblem
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import apply
from fanwen.blanks.mask.key import read_key, sha256
from fanwen.blanks.package import Package, write_whole


def unmask(path: Path, key: Path, out: Path, passphrase: str | None = None) -> None:
    """Write to `out` the original of the masked document at `path`: every part byte-identical.

    Raises `KeyProblem`: ``key_damaged``, ``key_locked``, ``key_passphrase``, or ``key_other_file`` when the key belongs
    to another file or the file was changed after it was masked.
    """
    opened = read_key(key, passphrase)
    package = Package.open(path)
    if set(package.names) != set(opened.parts) | set(opened.untouched):
        raise KeyProblem("key_other_file")
    for part, hash_ in opened.untouched.items():
        if sha256(package.read(part)) != hash_:
            raise KeyProblem("key_other_file")
    restored = {}
    for part, how in opened.parts.items():
        data = package.read(part)
        if sha256(data) != how.masked:
            raise KeyProblem("key_other_file")
        source = Source(data, TAGS, TEXTS)
        restored[part] = source.stored(apply(source.data, list(how.back)))
        if sha256(restored[part]) != how.original:
            raise KeyProblem("key_damaged")
    write_whole(out, package.written(restored))
