"""Pictures that are enormous, cut off, or run in circles."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.hostile.case import READY, Case, case


def cases(port: int) -> Iterator[Case]:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    yield case("png of 50,000 by 50,000 pixels", "a.png", _huge_png(), "archive_bomb")
    yield case("tiff of 60,000 by 60,000 pixels", "a.tif", _tiff(60_000, 60_000), "archive_bomb", "damaged")
    yield case("png of two thousand million pixels wide", "a.png", _huge_png(2**31 - 1, 1), "archive_bomb", "damaged")
    yield case("png of no pixels", "a.png", _huge_png(0, 0), "damaged")
    for name, format_ in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.tif", "TIFF")):
        whole = _saved(noise, format_)
        yield case(f"{format_} cut in half", name, whole[: len(whole) // 2], "damaged")
    yield case("jpeg of its mark alone", "a.jpg", b"\xff\xd8\xff\xe0", "damaged")
    yield case(
        "tiff whose pages run in a circle", "a.tif", _tiff(8, 8, circle=True), READY, "damaged", "too_many_pages"
    )
    yield case("tiff that leaves the file", "a.tif", b"II*\0\xff\xff\xff\x7f", "damaged")
    yield case("png with text of 60 MB unpacked", "a.png", _text_bomb(), READY, "damaged", "archive_bomb")


def png(width: int, height: int) -> bytes:
    return _saved(Image.new("RGB", (width, height), "teal"), "PNG")


def _saved(picture: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _huge_png(width: int = 50_000, height: int = 50_000) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def _text_bomb() -> bytes:
    whole = png(8, 8)
    return whole[:33] + _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60 * 1024**2))) + whole[33:]


def _tiff(width: int, height: int, *, circle: bool = False) -> bytes:
    rows = [
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, min(64, width * height)),
    ]
    directory = struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in rows)
    at = 8 + 64
    return b"II*\0" + struct.pack("<I", at) + bytes(64) + directory + struct.pack("<I", at if circle else 0)
