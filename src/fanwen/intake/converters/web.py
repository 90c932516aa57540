"""HTML files, whose encoding is declared, marked or guessed."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from fanwen.intake import charset
from fanwen.intake.converters.clean import clean
from fanwen.intake.converters.pages import MAX_CHARACTERS, printable, write_page
from fanwen.intake.types import Note, Properties

MAX_BYTES = 24 * 1024**2
"""Bytes read of one HTML file, its embedded pictures included."""
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{3,30})""")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}


def html_page(path: Path, target: Path) -> tuple[Properties, tuple[Note, ...]]:
    """Write the HTML at `path` as a harmless page."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
        cut = bool(file.read(1))
    source = printable(decode_html(data))
    body = clean(source)
    shown = body.html
    if len(shown) > MAX_CHARACTERS * 4 and "data:image" not in shown:
        shown, cut = shown[: MAX_CHARACTERS * 4], True
    found = head_properties(source)
    write_page(shown, found.title, target)
    notes = (Note("external_links"),) if body.outside else ()
    return found, notes + ((Note("text_cut", {"limit": MAX_CHARACTERS}),) if cut else ())


def decode_html(data: bytes) -> str:
    """HTML bytes as text: a byte order mark first, then what the head declares where it fits, then a guess."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" not in data[:1000]:
        declared = _DECLARED.search(data[:4096])
        if declared:
            name = declared[1].decode("ascii").lower()
            try:
                text = data.decode(_WIDER.get(name, name), errors="replace")
            except LookupError:
                text = ""
            if text and text.count("\ufffd") * 50 <= sum(char > "\x7f" for char in text):
                return text
    return charset.decode(data)


def head_properties(source: str) -> Properties:
    """Title, description, keywords and author from the head of an HTML document."""
    try:
        root = lxml_html.document_fromstring(source[:65536].encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Properties()
    metas = {str(meta.get("name", "")).lower(): str(meta.get("content", "")).strip() for meta in root.iter("meta")}
    keywords = tuple(part for part in re.split(r"[,;，；、]\s*", metas.get("keywords", "")) if part)
    title = " ".join((root.findtext(".//title") or "").split())
    return Properties(title[:500], metas.get("description", "")[:2000], keywords[:20], metas.get("author", "")[:200])


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
