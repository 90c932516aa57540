"""Office packages (ZIP): read what is needed, and write back with everything untouched copied byte for byte.

The records of the archive are copied as they stand (compressed bytes, dates, order, extra fields); only the parts that
change are compressed anew. Layout after PKWARE's APPNOTE, sections 4.3.7 (local record) and 4.3.12 (central directory).
"""

from __future__ import annotations

import io
import itertools
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path

from fanwen.intake.types import IntakeError

PART_LIMIT = 256 * 2**20
"""Bytes of one part unpacked; a larger one is refused."""
TOTAL_LIMIT = 2 * 2**30
RATIO_LIMIT = 400
"""How many times its packed size a part over 16 MiB may unpack to."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8_NAME = 0x800


class Package:
    """A ZIP archive in memory. Never changed; `written` and `write` give changed copies.

    Raises `IntakeError` (``damaged``, ``password``, ``archive_bomb``) when it can't be read safely.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = self._zip.infolist()
            self._central = self._central_entries()
        except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError, OverflowError) as error:
            raise IntakeError("damaged") from error
        self._guard()
        self.names = tuple(info.filename for info in self._infos)
        self._by_name = {info.filename: info for info in self._infos}
        self._records = self._local_records()
        self._cache: dict[str, bytes] = {}

    @classmethod
    def open(cls, path: Path) -> Package:
        return cls(path.read_bytes())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def read(self, name: str) -> bytes:
        """The bytes of the part `name`; `KeyError` when there is none."""
        if name not in self._cache:
            info = self._by_name[name]
            try:
                self._cache[name] = self._zip.read(info)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                raise IntakeError("damaged") from error
        return self._cache[name]

    def record(self, name: str) -> bytes:
        """The local record of `name` as it stands in the archive: header, packed bytes and what follows them."""
        return self._records[self.names.index(name)]

    def entry(self, name: str) -> bytes:
        """The entry of `name` in the central directory."""
        return self._central[self.names.index(name)]

    @property
    def tail(self) -> bytes:
        """The comment at the archive's end."""
        return self._zip.comment

    def written(self, replaced: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """A copy of the archive with the parts in `replaced` holding other bytes and those in `dropped` left out."""
        records: list[bytes] = []
        entries: list[bytes] = []
        for index, name in enumerate(self.names):
            if name in dropped:
                continue
            if name in replaced:
                record, entry = _packed(self._infos[index], self._central[index], replaced[name])
            else:
                record, entry = self._records[index], self._central[index]
            records.append(record)
            entries.append(entry)
        return assembled(records, entries, self.tail)

    def write(self, out: Path, replaced: Mapping[str, bytes], dropped: Collection[str] = ()) -> None:
        """Write `written(...)` to `out`, which appears whole or not at all."""
        write_whole(out, self.written(replaced, dropped))

    def _guard(self) -> None:
        names: set[str] = set()
        total = 0
        for info in self._infos:
            if info.flag_bits & 0x1:
                raise IntakeError("password")
            if info.filename in names:
                raise IntakeError("damaged")
            names.add(info.filename)
            total += info.file_size
            bloated = info.file_size > 16 * 2**20 and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
            if bloated or info.file_size > PART_LIMIT or total > TOTAL_LIMIT:
                raise IntakeError("archive_bomb")

    def _central_entries(self) -> list[bytes]:
        entries = []
        at = self._zip.start_dir
        for _ in self._infos:
            fields = _CENTRAL.unpack_from(self.data, at)
            if fields[0] != b"PK\x01\x02":
                raise ValueError("no central directory where it should be")
            size = _CENTRAL.size + fields[10] + fields[11] + fields[12]
            entries.append(self.data[at : at + size])
            at += size
        return entries

    def _local_records(self) -> list[bytes]:
        """From each header to the next one: what stands between (descriptors, padding) belongs to the record before."""
        starts = sorted({info.header_offset for info in self._infos} | {self._zip.start_dir})
        ends = dict(itertools.pairwise(starts))
        return [self.data[info.header_offset : ends[info.header_offset]] for info in self._infos]


def assembled(records: list[bytes], entries: list[bytes], comment: bytes = b"") -> bytes:
    """An archive of `records` in this order; `entries` are their directory entries, whose offsets are set here."""
    out = io.BytesIO()
    offsets = []
    for record in records:
        offsets.append(out.tell())
        out.write(record)
    start = out.tell()
    for entry, offset in zip(entries, offsets, strict=True):
        out.write(entry[:42] + struct.pack("<L", offset) + entry[46:])
    size = out.tell() - start
    out.write(_END.pack(b"PK\x05\x06", 0, 0, len(records), len(records), size, start, len(comment)))
    out.write(comment)
    return out.getvalue()


def _packed(info: zipfile.ZipInfo, entry: bytes, data: bytes) -> tuple[bytes, bytes]:
    """The local record and directory entry of `data` under the name, date and method of `info`."""
    fields = list(_CENTRAL.unpack_from(entry))
    name = entry[_CENTRAL.size : _CENTRAL.size + fields[10]]
    comment = entry[_CENTRAL.size + fields[10] + fields[11] :]
    if info.compress_type == zipfile.ZIP_STORED:
        method, packed = zipfile.ZIP_STORED, data
    else:
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
        method, packed = zipfile.ZIP_DEFLATED, squeeze.compress(data) + squeeze.flush()
    flags = fields[3] & _UTF8_NAME
    crc = zlib.crc32(data)
    time, date = fields[5], fields[6]
    local = _LOCAL.pack(b"PK\x03\x04", 20, flags, method, time, date, crc, len(packed), len(data), len(name), 0)
    fields[2:11] = [20, flags, method, time, date, crc, len(packed), len(data), len(name)]
    fields[11] = 0
    return local + name + packed, _CENTRAL.pack(*fields) + name + comment


def write_whole(out: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `out` through a file beside it, so that `out` is never half written. A `private` file can be read
    by its owner only."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if not private:
            beside.chmod(0o666 & ~_UMASK)
        beside.replace(out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = _umask()  # asking sets it for a moment, so it is asked once, before there are threads
