"""A PDF written by hand, object by object, so that a test can say exactly what stands where, or break it on purpose."""

from __future__ import annotations

from collections.abc import Sequence


def build(objects: Sequence[bytes], *, trailer: bytes = b"", root: int = 1) -> bytes:
    """A PDF of `objects` (numbered from 1, each without `obj` and `endobj`)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def pdf(
    contents: Sequence[bytes], *, page: bytes = b"/MediaBox [0 0 612 792]", trailer: bytes = b"", info: bytes = b""
) -> bytes:
    """A PDF with one page per content stream, and the fonts /F1 (Courier) and /F2 (Helvetica)."""
    objects: list[bytes] = [b"<</Type /Catalog /Pages 2 0 R>>", b""]
    objects.append(b"<</Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding>>")
    objects.append(b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>")
    kids = []
    for content in contents:
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type /Page /Parent 2 0 R %s /Resources <</Font <</F1 3 0 R /F2 4 0 R>>>> /Contents %d 0 R>>"
            % (page, len(objects) + 2)
        )
        objects.append(stream(content))
    objects[1] = b"<</Type /Pages /Count %d /Kids [%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    if info:
        objects.append(info)
        trailer += b" /Info %d 0 R" % len(objects)
    return build(objects, trailer=trailer)


def text(x: float, y: float, string: str, *, size: float = 12, font: str = "F1") -> bytes:
    """A line of text at (x, y) points from the bottom left."""
    escaped = string.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, escaped)
