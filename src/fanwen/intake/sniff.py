"""What is this file? Known by its content; the name only decides between formats that share one.

Reads a bounded part of a file of any size. Office documents in archives and compound files are looked into, and
guarded, by `sniff_zip` and `sniff_ole`; nothing here unpacks or converts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

import puremagic

from fanwen.intake import charset, sniff_ole, sniff_zip
from fanwen.intake.formats import KINDS, hint
from fanwen.intake.pdf_probe import needs_password
from fanwen.intake.types import IntakeError, Kind

HEAD = 64 * 1024
"""Bytes read from the start of a file to know it by."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
"""A PDF's header may stand behind this many bytes of something else (ISO 32000-1, annex H, note 13)."""

_IMAGES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"II[*+]\0|MM\0[*+]"), "tiff"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
)
_TEXT_NAMES = {"md", "csv", "html"}


def sniff(path: Path, name: str) -> Kind:
    """The kind of the file at `path`, which was called `name` by whoever gave it.

    Raises `IntakeError`: `empty`, `unknown_format` (`detected` says what it seems to be), `password`, `damaged`,
    `archive_bomb`.
    """
    size = path.stat().st_size
    if size == 0:
        raise IntakeError("empty")
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(_OLE):
            return sniff_ole.kind(file, name)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
            return sniff_zip.kind(file)
        if b"%PDF-" in head[: _PDF_WITHIN + 5]:
            if _encrypted_pdf(file, size) and needs_password(path):
                raise IntakeError("password")
            return KINDS["pdf"]
    for pattern, format_ in _IMAGES:
        if pattern.match(head):
            return KINDS[format_]
    if head.lstrip().startswith(b"{\\rtf"):
        return KINDS["rtf"]
    return _text_kind(head, size, name)


def _encrypted_pdf(file: BinaryIO, size: int) -> bool:
    """Whether a trailer names an encryption dictionary: looked for at both ends and where `startxref` points."""
    file.seek(max(0, size - HEAD))
    tail = file.read(HEAD)
    file.seek(0)
    if b"/Encrypt" in tail or b"/Encrypt" in file.read(HEAD):
        return True
    found = re.findall(rb"startxref\s+(\d{1,12})", tail)
    if not found or int(found[-1]) >= size:
        return False
    file.seek(int(found[-1]))
    return b"/Encrypt" in file.read(HEAD)


def _text_kind(head: bytes, size: int, name: str) -> Kind:
    text = charset.text_of(head, cut=size > len(head))
    if text is None:
        raise IntakeError("unknown_format", detected=_describe(head, name))
    if not text.strip("\ufeff \t\r\n\f") and size <= len(head):
        raise IntakeError("empty")
    claimed = hint(name)
    start = _without_comments(text.lstrip("\ufeff \t\r\n"))[:2000].lower()
    if re.match(r"(<\?xml[^>]*>\s*)?(<!doctype\s+html|<html|<head|<body|<!--\[if)", start):
        return KINDS["html"]
    if start.startswith(("<?xml", "<svg", "<!doctype svg")):
        return _xml_kind(start, claimed)
    if start.startswith("mime-version:") and "multipart/related" in start:
        raise IntakeError("unknown_format", detected="MHTML")
    if claimed == "html" and re.search(r"<[a-z!/]", start):
        return KINDS["html"]
    if claimed in {"doc", "xls", "wps", "et"} and re.match(r"<(table|div|p|meta|style|title|span|center)\b", start):
        return KINDS["html"]
    return KINDS[claimed if claimed in _TEXT_NAMES - {"html"} else "txt"]


def _xml_kind(start: str, claimed: str) -> Kind:
    """XML is no document, whatever its name; what it is, is named. Only a `.txt` is taken at its word."""
    if "<svg" in start or "<!doctype svg" in start:
        raise IntakeError("unknown_format", detected="SVG")
    if 'progid="word.document"' in start or "schemas.microsoft.com/office/word/2003/wordml" in start:
        raise IntakeError("unknown_format", detected="Word 2003 XML")
    if 'progid="excel.sheet"' in start or "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise IntakeError("unknown_format", detected="Excel 2003 XML")
    if claimed == "txt":
        return KINDS["txt"]
    raise IntakeError("unknown_format", detected="XML")


def _without_comments(text: str) -> str:
    while text.startswith("<!--") and not text.startswith("<!--[if"):
        end = text.find("-->")
        if end < 0:
            return text
        text = text[end + 3 :].lstrip()
    return text


def _describe(head: bytes, name: str) -> str:
    """What an unsupported file seems to be, for the message; its extension, or a question mark, when nothing knows it."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    for match in sorted(found, key=lambda match: match.confidence, reverse=True):
        if match.name and match.confidence >= 0.4 and len(match.byte_match) >= 3:
            return str(match.name)
    claimed = hint(name)
    return f".{claimed}" if claimed and len(claimed) <= 10 else "?"
