"""EPUB books: their chapters in the order of the spine, as one HTML page with its pictures inside.

After the Open Container Format and Package Document of EPUB 3.3 (https://www.w3.org/TR/epub-33/); EPUB 2 is read alike.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from fanwen.intake.archive import MAX_DECLARATION, read_member
from fanwen.intake.charset import decode
from fanwen.intake.converters.clean import Pictures, clean
from fanwen.intake.converters.pages import MAX_CHARACTERS, printable, write_page
from fanwen.intake.types import IntakeError, Note, Properties

MAX_CHAPTERS = 2000
MAX_CHAPTER = 8 * 1024**2
MAX_PICTURE = 32 * 1024**2
_BREAK = '<p style="page-break-before:always;margin:0"></p>\n'
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}


def book_page(path: Path, target: Path) -> tuple[Properties, tuple[Note, ...]]:
    """Write the book at `path` as one HTML page. Raises `IntakeError`: `damaged`, `archive_bomb`."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _book(archive, target)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, EOFError, ValueError, RuntimeError) as error:
        raise IntakeError("damaged") from error


def _book(archive: zipfile.ZipFile, target: Path) -> tuple[Properties, tuple[Note, ...]]:
    package = _package(archive)
    opf = _xml(read_member(archive, package, MAX_DECLARATION))
    found = _properties(opf)
    members = set(archive.namelist())
    chapters = [name for name in _spine(opf, posixpath.dirname(package)) if name in members]
    if not chapters:
        raise IntakeError("damaged")
    base = ""

    def picture(address: str) -> bytes | None:
        name = _inside(base, address)
        return read_member(archive, name, MAX_PICTURE) if name in members else None

    pictures = Pictures(picture)
    parts: list[str] = []
    characters, cut, outside = 0, len(chapters) > MAX_CHAPTERS, False
    for name in chapters[:MAX_CHAPTERS]:
        if characters > MAX_CHARACTERS:
            cut = True
            break
        base = posixpath.dirname(name)
        pictures.known = {address: uri for address, uri in pictures.known.items() if address.startswith("data:")}
        body = clean(_chapter(read_member(archive, name, MAX_CHAPTER)), pictures)
        characters += len(re.sub(r"<[^>]*>", "", body.html))
        outside = outside or body.outside
        parts.append(body.html)
    write_page(_BREAK.join(parts), found.title, target)
    notes = (Note("external_links"),) if outside else ()
    return found, notes + ((Note("text_cut", {"limit": MAX_CHARACTERS}),) if cut else ())


def _package(archive: zipfile.ZipFile) -> str:
    container = _xml(read_member(archive, "META-INF/container.xml", MAX_DECLARATION))
    for element in container.iter("{*}rootfile"):
        name = _inside("", element.get("full-path", ""))
        if name:
            return name
    raise IntakeError("damaged")


def _spine(opf: etree._Element, folder: str) -> list[str]:
    items = {element.get("id"): element.get("href", "") for element in opf.iter("{*}item")}
    references = [element.get("idref") for element in opf.iter("{*}itemref")]
    return [_inside(folder, items[reference]) for reference in references if items.get(reference)]


def _inside(folder: str, address: str) -> str:
    """The member that `address` names from `folder`; empty for what is outside the book."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or "\0" in address:
        return ""
    name = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return "" if name.startswith(("/", "../")) or name == ".." else name


def _chapter(data: bytes) -> str:
    """A chapter's XHTML as HTML, so that `<title/>` does not swallow the page; broken XML is taken for HTML as it is."""
    text = printable(decode(data))
    text = re.sub(r"^\s*(<\?xml[^>]*\?>)?\s*(<!DOCTYPE[^>\[]*(\[[^\]]*\])?[^>]*>)?", "", text, flags=re.IGNORECASE)
    text = re.sub(r"&([a-zA-Z][a-zA-Z0-9]*);", _known_entity, text)
    try:
        return str(etree.tostring(_xml(text.encode()), encoding="unicode", method="html"))
    except etree.XMLSyntaxError:
        return text


def _known_entity(match: re.Match[str]) -> str:
    return match[0] if match[1] in _XML_ENTITIES else html.unescape(match[0])


def _properties(opf: etree._Element) -> Properties:
    def texts(name: str) -> list[str]:
        found = (
            " ".join((element.text or "").split())
            for element in opf.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        )
        return [text for text in found if text]

    title, creators = texts("title"), texts("creator")
    subject = re.sub(r"<[^>]*>", "", " ".join(texts("description")[:1]))
    return Properties(
        (title or [""])[0][:500], subject[:2000], tuple(texts("subject")[:20]), ", ".join(creators[:5])[:200]
    )


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
