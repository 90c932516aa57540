"""Font tables of the old binary formats and of RTF."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 204: "cp1251", 161: "cp1253"}
"""Windows character sets by number, as RTF's fcharset gives them."""
RTF_HEAD = 1024 * 1024


def of_ole(path: Path) -> set[str]:
    with olefile.OleFileIO(path) as ole:
        for stream, reader in (("Workbook", _excel), ("PowerPoint Document", _powerpoint)):
            if ole.exists(stream):
                return set(reader(ole.openstream(stream).read()))
        if ole.exists("WordDocument"):
            head = ole.openstream("WordDocument").read(1024)
            table = "1Table" if head[0x0B] & 0x02 else "0Table"
            if ole.exists(table):
                return set(_word(head, ole.openstream(table).read()))
    return set()


def _word(head: bytes, table: bytes) -> Iterator[str]:
    """The font table SttbfFfn ([MS-DOC] 2.9.286): its place from the FIB, then entries FFN with the name at byte 40."""
    place, size = struct.unpack_from("<II", head, 0x112)
    block = table[place : place + size]
    at = 4
    while at < len(block):
        length = block[at] + 1
        yield block[at + 40 : at + length].decode("utf-16-le", "replace").split("\0")[0]
        at += length


def _excel(stream: bytes) -> Iterator[str]:
    """Records Font (0x31, [MS-XLS] 2.4.122) of the globals substream, which ends with EOF (0x0A)."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == 0x31 and length > 16:
            count, wide = body[14], body[15] & 1
            name = body[16 : 16 + count * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1", "replace")
        if kind == 0x0A:
            return
        at += 4 + length


def _powerpoint(stream: bytes) -> Iterator[str]:
    """Atoms FontEntityAtom ([MS-PPT] 2.9.9): a record head of type 0x0FB7 and length 68, a name of 32 UTF-16 units."""
    for found in re.finditer(rb".\x00\xb7\x0f\x44\x00\x00\x00(.{64})", stream, re.S):
        yield found[1].decode("utf-16-le", "replace").split("\0")[0]


def of_rtf(path: Path) -> set[str]:
    with path.open("rb") as file:
        head = file.read(RTF_HEAD)
    start = head.find(rb"{\fonttbl")
    if start < 0:
        return set()
    depth, end = 0, start
    for end in range(start, len(head)):
        depth += {0x7B: 1, 0x7D: -1}.get(head[end], 0) if head[end - 1 : end] != b"\\" else 0
        if depth == 0:
            break
    # Alternative names and panose numbers stand in groups of their own within an entry.
    table = re.sub(rb"\{\\\*[^{}]*\}", b"", head[start:end])
    return {_rtf_name(entry) for entry in re.findall(rb"\\f\d+([^{};]*);", table)}


def _rtf_name(entry: bytes) -> str:
    charset = re.search(rb"\\fcharset(\d+)", entry)
    encoding = CHARSETS.get(int(charset[1]) if charset else 0, "cp1252")
    entry = re.sub(rb"\\u(-?\d+) ?(\\'[0-9a-fA-F]{2}|\?)*", _unicode_escape, entry)
    entry = re.sub(rb"\\(?!')[a-z]+-?\d* ?", b"", entry)
    raw = re.sub(rb"\\'([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), entry)
    parts = re.split(rb"\x01(\d+)\x01", raw)
    return "".join(
        chr(int(part)) if index % 2 else part.decode(encoding, "replace") for index, part in enumerate(parts)
    ).strip()


def _unicode_escape(found: re.Match[bytes]) -> bytes:
    return b"\x01%d\x01" % (int(found[1]) % 65536)
