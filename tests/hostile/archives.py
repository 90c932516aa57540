"""ZIP archives that unpack to too much, lie about themselves, or point outside."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import READY, Case, case
from tests.hostile.office import docx, docx_members, xlsx_members, zipped


def cases(port: int) -> Iterator[Case]:
    whole = docx()
    yield case("zip that unpacks a thousandfold", "a.docx", _ratio, "archive_bomb")
    yield case("zip bomb inside a document", "a.docx", docx(extra={"word/embeddings/a.zip": _bomb()}), "archive_bomb")
    yield case("zips within zips within zips", "a.docx", docx(extra={"word/a.zip": _nested(8)}), "archive_bomb")
    yield case("zip of thirty thousand members", "a.xlsx", _members, "archive_bomb")
    yield case("zip whose members overlap", "a.docx", _overlapping(whole, 400), "archive_bomb")
    yield case("zip that claims many gigabytes", "a.docx", _claims_gigabytes(whole), "archive_bomb", "damaged")
    yield case(
        "zip that understates a size", "a.docx", _understates(docx(extra={"word/x.xml": b"a" * 5000})), "damaged"
    )
    for name in ("../../evil.xml", "/etc/cron.d/evil", "..\\..\\evil.xml", "C:\\evil.xml", "word/../../../evil.xml"):
        yield case(f"zip with a member {name}", "a.docx", docx(extra={name: b"x"}), "damaged")
    yield case("zip with a member name of 3,000 characters", "a.docx", docx(extra={"a" * 3000: b"x"}), "damaged")
    yield case("zip with the same member twice", "a.docx", _twice(), READY, "damaged", "conversion_failed")
    yield case("docx cut in half", "a.docx", whole[: len(whole) // 2], "damaged")
    yield case("docx without its directory", "a.docx", whole[: whole.rindex(b"PK\x01\x02")], "damaged")
    yield case("docx with a flipped byte", "a.docx", _flipped(), "damaged")
    yield case("docx with encrypted members", "a.docx", _encrypted_flag(whole), "password")
    yield case("docx without its document", "a.docx", _without_document(), "damaged", "conversion_failed")
    yield case("zip with nothing in it", "a.docx", b"PK\x05\x06" + bytes(18), "damaged")
    yield case("zip with pictures, called docx", "a.docx", zipped({"a.txt": "hello"}), "unknown_format")
    yield case(
        "program archive called xlsx", "a.xlsx", zipped({"META-INF/MANIFEST.MF": "a", "a.class": "b"}), "unknown_format"
    )
    yield case("sheet with a cell in its last corner", "a.xlsx", _last_corner(), READY)


def _ratio(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in docx_members().items():
            archive.writestr(name, data)
        with archive.open("word/media.xml", "w", force_zip64=True) as member:
            for _ in range(96):
                member.write(bytes(1024**2))


def _bomb() -> bytes:
    return zipped({"a.xml": bytes(32 * 1024**2)})


def _nested(depth: int) -> bytes:
    data = zipped({"a.txt": "end"})
    for _ in range(depth):
        data = zipped({"a.zip": data}, stored=True)
    return data


def _members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in xlsx_members("").items():
            archive.writestr(name, data)
        for number in range(30_000):
            archive.writestr(f"xl/{number}", b"")


def _directory(data: bytes) -> tuple[int, int]:
    """Where the central directory begins and ends."""
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", data, end + 12)
    return start, start + size


def _overlapping(data: bytes, times: int) -> bytes:
    """A directory whose entries all name one member's bytes, after D. Fifield, "A better zip bomb" (2019)."""
    start, end = _directory(data)
    entry = bytearray(data[data.rindex(b"PK\x01\x02", start, end) : end])
    directory = bytearray(data[start:end])
    (length,) = struct.unpack_from("<H", entry, 28)
    for number in range(times):
        entry[46 : 46 + length] = f"{number:0{length}d}".encode()
        directory += entry
    count = struct.unpack_from("<H", data, end + 10)[0] + times
    return (
        data[:start] + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0)
    )


def _claims_gigabytes(data: bytes) -> bytes:
    start, end = _directory(data)
    changed = bytearray(data)
    at = start
    while (at := changed.find(b"PK\x01\x02", at, end)) >= 0:
        struct.pack_into("<I", changed, at + 24, 0xFFFFFF00)
        at += 4
    return bytes(changed)


def _understates(data: bytes) -> bytes:
    start, _ = _directory(data)
    changed = bytearray(data)
    struct.pack_into("<I", changed, changed.rindex(b"PK\x01\x02", start) + 24, 10)
    return bytes(changed)


def _twice() -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in docx_members().items():
            archive.writestr(name, data)
        archive.writestr("word/document.xml", "<other/>")
    return out.getvalue()


def _flipped() -> bytes:
    data = bytearray(zipped(docx_members(), stored=True))
    data[data.index("正文".encode()) + 1] ^= 0xFF
    return bytes(data)


def _encrypted_flag(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := changed.find(mark, at)) >= 0:
            changed[at + offset] |= 1
            at += 4
    return bytes(changed)


def _without_document() -> bytes:
    members = docx_members()
    del members["word/document.xml"]
    return zipped(members)


def _last_corner() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return zipped(xlsx_members(rows))
