"""Files under another's name, and files that are nothing at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import READY, Case, case
from tests.hostile.office import docx
from tests.hostile.pictures import png
from tests.intake.pdf_writer import pdf, text


def cases(port: int) -> Iterator[Case]:
    noise = random.Random(1).randbytes(20_000)
    page = pdf([text(72, 700, "hello")])
    rtf = b"{\\rtf1\\ansi hello}"
    yield case("nothing at all", "a.docx", b"", "empty")
    yield case("a byte order mark and nothing else", "a.txt", b"\xef\xbb\xbf", "empty")
    yield case("blank lines and nothing else", "a.txt", b"\r\n \r\n\t", "empty")
    yield case("docx called pdf", "a.pdf", docx(), READY)
    yield case("docx called txt", "a.txt", docx(), READY)
    yield case("pdf called docx", "a.docx", page, READY)
    yield case("pdf without any name", "a", page, READY)
    yield case("pdf behind other bytes", "a.pdf", b"\r\n" * 200 + page, READY, "damaged")
    yield case("html called doc", "a.doc", b"<html><body><p>hello</p></body></html>", READY)
    yield case("table in html called xls", "a.xls", b"<table><tr><td>hello</td></tr></table>", READY)
    yield case("rtf called doc", "a.doc", rtf, READY)
    yield case("picture called docx", "a.docx", png(20, 20), READY)
    yield case("text called docx", "a.docx", "你好，世界。".encode(), READY)
    yield case(
        "web archive called doc",
        "a.doc",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; a=b\n\nx",
        "unknown_format",
    )
    yield case("Windows program called docx", "a.docx", b"MZ\x90\0" + noise, "unknown_format")
    yield case("Linux program called pdf", "a.pdf", b"\x7fELF\2\1\1" + bytes(9) + noise, "unknown_format")
    yield case("noise called txt", "a.txt", noise, "unknown_format")
    yield case("noise called doc", "a.doc", noise, "unknown_format")
    yield case("noise called png", "a.png", noise, "unknown_format")
    yield case("RAR archive called doc", "a.doc", b"Rar!\x1a\x07\x01\0" + noise, "unknown_format")
    yield case("gzip called doc", "a.doc", b"\x1f\x8b\x08\0" + noise, "unknown_format")
    yield case("video called ppt", "a.ppt", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + noise, "unknown_format")
    yield case("a file of zeros", "a.xlsx", bytes(100_000), "unknown_format")
    yield case("two sparse gigabytes called docx", "a.docx", _sparse(b""), "unknown_format")
    yield case("two sparse gigabytes called txt", "a.txt", _sparse(b"hello\n"), "unknown_format", READY)
    yield case("two sparse gigabytes behind a ZIP head", "a.docx", _sparse(b"PK\x03\x04"), "damaged")


def _sparse(head: bytes):
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(2 * 1024**3)

    return write
