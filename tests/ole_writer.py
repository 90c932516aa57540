"""A compound file ([MS-CFB]) written by hand, so that a test can say exactly what is broken in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def build(
    streams: Mapping[str, bytes], *, fat_changes: Mapping[int, int] | None = None, child_of_first: int = FREE
) -> bytes:
    """A version 3 file with `streams` in its root, each padded to 4,096 bytes so that no mini stream is needed.

    `fat_changes` sets entries of the allocation table, `child_of_first` the left sibling of the first stream's entry.
    """
    table: list[int] = []
    body = bytearray()

    def add(data: bytes) -> int:
        start = len(table)
        count = max(1, -(-len(data) // SECTOR))
        table.extend([*range(start + 1, start + count), END])
        body.extend(data.ljust(count * SECTOR, b"\0"))
        return start

    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(4096, b"\0")
        right = number + 1 if number < len(streams) else FREE
        left = child_of_first if number == 1 else FREE
        entries.append(_entry(name, 2, add(padded), len(padded), right=right, left=left))
    while len(entries) % 4:
        entries.append(_entry("", 0, 0, 0))
    directory = add(b"".join(entries))
    fat_at = len(table)
    table.append(FAT)
    assert len(table) <= SECTOR // 4, "one sector of table is all this writer knows"
    for index, value in (fat_changes or {}).items():
        table[index] = value
    table.extend([FREE] * (SECTOR // 4 - len(table)))
    body.extend(struct.pack(f"<{len(table)}I", *table))
    return header(directory, [fat_at]) + bytes(body)


def header(directory: int, fats: list[int], *, difat: int = END, difat_count: int = 0) -> bytes:
    fixed = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        len(fats),
        directory,
        0,
        4096,
        END,
        0,
        difat,
        difat_count,
        *fats[:1],
    )
    return fixed + struct.pack("<108I", *(fats[1:] + [FREE] * (109 - len(fats)))[:108])


def _entry(
    name: str, kind: int, start: int, size: int, *, left: int = FREE, right: int = FREE, child: int = FREE
) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        encoded,
        len(encoded) + 2 if name else 0,
        kind,
        1,
        left,
        right,
        child,
        b"",
        0,
        0,
        0,
        start,
        size,
    )


def word(flags: int = 0) -> bytes:
    """The start of a WordDocument stream: Word 97 with these FIB flags."""
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x0804, 0, flags)


def workbook(*records: tuple[int, bytes]) -> bytes:
    """A Workbook stream: the start of a BIFF8 file, then `records`."""
    data = b""
    for record, content in ((0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), *records, (0x0A, b"")):
        data += struct.pack("<HH", record, len(content)) + content
    return data


def current_user(token: int) -> bytes:
    """A Current User stream, whose token tells whether the presentation is encrypted."""
    return struct.pack("<HHIII", 0, 0x0FF6, 0x14, 0x14, token)
