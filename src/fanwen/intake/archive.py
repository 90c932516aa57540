"""Guards for formats that are containers: looked at before any converter sees them, from their directories alone.

`open_zip` and `check_ole` read only a container's own tables, so they are quick on a file of any size;
`verify_zip` unpacks to nowhere, counting, because a directory can lie about sizes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from array import array
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from fanwen.intake.types import IntakeError

MAX_MEMBERS = 20_000
"""Members of one archive. The largest honest workbooks and books have a few thousand."""
MAX_UNPACKED = 2 * 1024**3
"""Bytes that all members may unpack to."""
MAX_MEMBER = 1024**3
"""Bytes that one member may unpack to."""
MAX_RATIO = 200
"""Unpacked to packed size, judged where a member unpacks to more than `RATIO_FROM`; repetitive sheets reach about 50."""
RATIO_FROM = 16 * 1024**2
MAX_DECLARATION = 8 * 1024**2
"""Bytes of a part that only declares others, such as a manifest or a list of content types."""
MAX_DEPTH = 3
"""Archives within archives within archives that are looked into."""
MAX_NESTED = 64 * 1024**2
"""Bytes of an archive inside another that is looked into; a larger one is refused."""
MAX_NAME = 512
MAX_PROLOGUE = 64 * 1024
"""Bytes of an XML part that a declaration of entities is looked for in."""
_XML = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".svg", ".rdf", ".vml")

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_BLOCK = 256 * 1024


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """A ZIP archive whose directory was judged. Raises `IntakeError`: `damaged` or `archive_bomb`."""
    archive = _opened(file)
    members = archive.infolist()
    size = file.seek(0, 2)
    unpacked = 0
    spans: list[tuple[int, int]] = []
    for member in members:
        _check_name(member.filename)
        unpacked += member.file_size
        if member.file_size > MAX_MEMBER or unpacked > MAX_UNPACKED:
            raise IntakeError("archive_bomb")
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise IntakeError("archive_bomb")
        if member.header_offset + member.compress_size > size:
            raise IntakeError("damaged")
        spans.append((member.header_offset, member.header_offset + 30 + member.compress_size))
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(1, size):
        raise IntakeError("archive_bomb")
    spans.sort()
    if any(start < end for (_, end), (start, _) in pairwise(spans)):
        raise IntakeError("archive_bomb")
    return archive


def verify_zip(file: BinaryIO, depth: int = 1) -> list[str]:
    """Unpack every member to nowhere: sizes and checksums must hold, and archives inside must be harmless too. Returns the
    members' names.

    Raises `IntakeError`: `damaged` or `archive_bomb`. Bounded by `MAX_UNPACKED` bytes and `MAX_DEPTH` levels.
    """
    archive = open_zip(file)
    if depth > MAX_DEPTH:
        raise IntakeError("archive_bomb")
    try:
        for member in archive.infolist():
            _verify_member(archive, member, depth)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise IntakeError("damaged") from error
    return archive.namelist()


def _verify_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    with archive.open(member) as stream:
        head = stream.read(_BLOCK)
        if member.filename.lower().endswith(_XML) and _declares_entities(head):
            raise IntakeError("damaged")
        if not head.startswith(b"PK\x03\x04"):
            seen = len(head)
            while block := stream.read(_BLOCK):
                seen += len(block)
            if seen != member.file_size:
                raise IntakeError("damaged")
            return
        if member.file_size > MAX_NESTED:
            raise IntakeError("archive_bomb")
        inner = io.BytesIO(head + stream.read(MAX_NESTED))
    try:
        verify_zip(inner, depth + 1)
    except IntakeError as error:
        if error.code == "archive_bomb":
            raise
        # A damaged object inside does not make the document around it unreadable.


def _declares_entities(head: bytes) -> bool:
    """Whether an XML part declares entities, in UTF-8 or UTF-16: no honest document does, attacks on parsers do."""
    plain = head[:MAX_PROLOGUE].replace(b"\0", b"")
    return b"<!ENTITY" in plain


def read_member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """A member's bytes. Raises `IntakeError("archive_bomb")` above `limit`, `KeyError` when there is none."""
    with archive.open(name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise IntakeError("archive_bomb")
    return data


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, after a look at its end record: a list of millions of members is refused before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise IntakeError("damaged")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count == 0:
        raise IntakeError("damaged")
    if count != 0xFFFF and count > MAX_MEMBERS:
        raise IntakeError("archive_bomb")
    if length != 0xFFFFFFFF and length > MAX_MEMBERS * (46 + MAX_NAME):
        raise IntakeError("archive_bomb")
    locator = tail.rfind(b"PK\x06\x06", 0, at)
    if locator >= 0 and len(tail) >= locator + 48:
        count, length = struct.unpack_from("<QQ", tail, locator + 32)
        if count > MAX_MEMBERS or length > MAX_MEMBERS * (46 + MAX_NAME):
            raise IntakeError("archive_bomb")
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise IntakeError("damaged") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise IntakeError("archive_bomb")
    return archive


def _check_name(name: str) -> None:
    """No member may name a place outside the archive."""
    parts = name.replace("\\", "/").split("/")
    if len(name) > MAX_NAME or ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        raise IntakeError("damaged")


def check_zip_file(path: Path) -> None:
    """`verify_zip` of the file at `path`."""
    with path.open("rb") as file:
        verify_zip(file)


def check_ole(file: BinaryIO) -> None:
    """Judge a compound file ([MS-CFB]) by its tables: chains must end, and lie within the file.

    Raises `IntakeError("damaged")`. Memory is bounded by the table, a 128th (or 1,024th) of the file.
    """
    size = file.seek(0, 2)
    file.seek(0)
    header = file.read(512)
    if len(header) < 512:
        raise IntakeError("damaged")
    version, shift = struct.unpack_from("<H2xH", header, 26)
    if (version, shift) not in {(3, 9), (4, 12)}:
        raise IntakeError("damaged")
    sector = 1 << shift
    directory, _, _, minifat, _, difat, difat_count = struct.unpack_from("<IIIIIII", header, 48)
    sectors = (size - sector + sector - 1) // sector
    tables = _fat_sectors(file, header, sector, sectors, difat, difat_count)
    fat = array("I")
    for index in tables:
        file.seek((index + 1) * sector)
        block = file.read(sector)
        if len(block) < sector:
            raise IntakeError("damaged")
        fat.frombytes(block)
    entries = _chain(fat, directory, sectors)
    if minifat != _END:
        _chain(fat, minifat, sectors)
    _check_streams(file, entries, fat, sector, sectors)


def _fat_sectors(file: BinaryIO, header: bytes, sector: int, sectors: int, difat: int, difat_count: int) -> list[int]:
    tables = [index for index in struct.unpack_from("<109I", header, 76) if index != _FREE]
    seen: set[int] = set()
    while difat not in (_END, _FREE) and difat_count:
        if difat in seen or difat >= sectors or len(seen) > difat_count:
            raise IntakeError("damaged")
        seen.add(difat)
        file.seek((difat + 1) * sector)
        block = file.read(sector)
        if len(block) < sector:
            raise IntakeError("damaged")
        *indices, difat = struct.unpack(f"<{sector // 4}I", block)
        tables.extend(index for index in indices if index != _FREE)
    if not tables or len(set(tables)) != len(tables) or any(index >= sectors for index in tables):
        raise IntakeError("damaged")
    return tables


def _chain(fat: array[int], start: int, sectors: int) -> list[int]:
    """The sectors of a chain; a chain that comes back to itself or leaves the file is damaged."""
    chain: list[int] = []
    at = start
    while at != _END:
        if at >= sectors or at >= len(fat) or len(chain) > sectors:
            raise IntakeError("damaged")
        chain.append(at)
        at = fat[at]
    return chain


def _check_streams(file: BinaryIO, directory: list[int], fat: array[int], sector: int, sectors: int) -> None:
    """Every stream in the ordinary table must be as long as its entry says, and no sector serve two."""
    used = bytearray(sectors)
    for index in directory:
        file.seek((index + 1) * sector)
        block = file.read(sector)
        for at in range(0, len(block) - 127, 128):
            type_ = block[at + 66]
            start, size = struct.unpack_from("<II", block, at + 116)
            if not (type_ == 5 and size) and not (type_ == 2 and size >= 4096):
                continue
            chain = _chain(fat, start, sectors)
            if len(chain) * sector < size:
                raise IntakeError("damaged")
            for place in chain:
                if used[place]:
                    raise IntakeError("damaged")
                used[place] = 1
