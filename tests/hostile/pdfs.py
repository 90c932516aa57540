"""PDF files that run in circles, lie about their pages, unpack to too much, or are locked."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from tests.hostile.case import READY, Case, case
from tests.intake.pdf_writer import build, pdf, stream, text

_CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"


def cases(port: int) -> Iterator[Case]:
    whole = pdf([text(72, 700, "hello")])
    outside = b"http://127.0.0.1:%d/" % port
    yield case("pdf of its first line alone", "a.pdf", b"%PDF-1.7\n", "damaged")
    yield case("pdf cut in half", "a.pdf", whole[: len(whole) // 2], "damaged", READY)
    yield case("pdf with a broken table", "a.pdf", whole.replace(b"0000000", b"9999999"), READY, "damaged")
    yield case("pdf without pages", "a.pdf", build([_CATALOG, b"<</Type /Pages /Count 0 /Kids []>>"]), "damaged")
    yield case(
        "pdf whose pages contain themselves",
        "a.pdf",
        build([_CATALOG, b"<</Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R]>>"]),
        READY,
        "damaged",
    )
    yield case("pdf whose page tree runs in a circle", "a.pdf", _circle(), READY, "damaged")
    yield case("pdf of 100,000 pages", "a.pdf", _pages, "too_many_pages")
    yield case(
        "pdf that claims two thousand million pages",
        "a.pdf",
        whole.replace(b"/Count 1 ", b"/Count 2000000000 "),
        "too_many_pages",
        "damaged",
        READY,
    )
    yield case(
        "pdf that claims less than no pages", "a.pdf", whole.replace(b"/Count 1 ", b"/Count -5 "), "damaged", READY
    )
    for box in (b"[0 0 1e9 1e9]", b"[0 0 0 0]", b"[0 0 -5 nan]", b"[0 0 0.0001 99999]"):
        yield case(
            f"pdf with a page {box.decode()}",
            "a.pdf",
            pdf([text(72, 700, "hello")], page=b"/MediaBox " + box),
            READY,
            "damaged",
        )
    bomb = zlib.compress(zlib.compress(b" " * 64 * 1024**2, 9), 9)
    yield case(
        "pdf with a page of 64 MB unpacked twice",
        "a.pdf",
        _contents(stream(bomb, b"/Filter [/FlateDecode /FlateDecode]")),
        READY,
        "damaged",
    )
    yield case(
        "pdf with 50,000 lists within one another", "a.pdf", _contents(b"[" * 50_000 + b"]" * 50_000), READY, "damaged"
    )
    endless = ("damaged", "timeout", "converter_died")
    yield case("pdf whose form draws itself", "a.pdf", _self_drawing(), READY, *endless, costly=True)
    actions = b"<</S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('%s'\\))>>" % outside
    opening = b"<</Type /Catalog /Pages 2 0 R /OpenAction %s /AA <</WC <</S /Launch /F (/bin/sh)>>>>>>" % actions
    yield case("pdf with a script on opening", "a.pdf", whole.replace(_CATALOG, opening), READY)
    yield case("pdf with a password", "a.pdf", _locked(whole, user="secret"), "password")
    yield case("pdf with an owner's password alone", "a.pdf", _locked(whole, user=""), READY)
    yield case("pdf with an old kind of password", "a.pdf", _locked(whole, user="secret", old=True), "password")
    yield case("two sparse gigabytes behind a PDF head", "a.pdf", _sparse, "damaged", costly=True)


def _circle() -> bytes:
    one = b"<</Type /Pages /Parent 3 0 R /Count 1 /Kids [3 0 R]>>"
    other = b"<</Type /Pages /Parent 2 0 R /Count 1 /Kids [2 0 R]>>"
    return build([_CATALOG, one, other])


def _pages(path: Path) -> None:
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 100_003))
    path.write_bytes(build([_CATALOG, b"<</Type /Pages /Count 100000 /Kids [%s]>>" % kids, *[page] * 100_000]))


def _contents(contents: bytes) -> bytes:
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R>>"
    return build([_CATALOG, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", page, contents])


def _self_drawing() -> bytes:
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources <</XObject <</A 4 0 R>>>> /Contents 5 0 R>>"
    form = stream(b"/A Do /A Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</A 4 0 R>>>>")
    return build([_CATALOG, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", page, form, stream(b"/A Do")])


def _locked(data: bytes, *, user: str, old: bool = False) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        # Revision 3 is RC4 with 128 bits; newer ones are AES.
        encryption = pikepdf.Encryption(owner="owner", user=user, R=3 if old else 6, aes=not old, metadata=not old)
        document.save(out, encryption=encryption)
    return out.getvalue()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n1 0 obj\n")
        file.truncate(2 * 1024**3)
