"""The font families a document names, read from its file without opening it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from zlib import error as ZlibError

import olefile

from ..types import Kind
from . import fonts_binary
from .formats import container

MOST_BYTES = 64 * 1024 * 1024
"""A part larger than this is not looked at: naming fonts is a courtesy."""
Read = Callable[[str], bytes]
ATTRIBUTE = re.compile(rb'([\w:-]+)="([^"]*)"')


def wanted(path: Path, kind: Kind) -> set[str]:
    """Families named in `path`; empty for formats that name none and for files too broken to tell."""
    packed = container(path)
    try:
        if packed == "ole":
            names = fonts_binary.of_ole(path)
        elif packed == "zip":
            names = _of_package(path, kind)
        elif kind.format == "rtf":
            names = fonts_binary.of_rtf(path)
        else:
            names = set()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ZlibError, olefile.OleFileError):
        # LibreOffice made a PDF of it, so it is no error; a damaged corner hides the names.
        return set()
    return {name for name in (name.strip().lstrip("@") for name in names) if name and not name.startswith("+")}


def _of_package(path: Path, kind: Kind) -> set[str]:
    with zipfile.ZipFile(path) as package:
        sizes = {entry.filename: entry.file_size for entry in package.infolist()}

        def read(name: str) -> bytes:
            return package.read(name) if sizes.get(name, MOST_BYTES) < MOST_BYTES else b""

        if "mimetype" in sizes and "[Content_Types].xml" not in sizes:
            return _opendocument(read)
        return {"word": _word, "sheet": _excel, "slides": _powerpoint}[kind.family](read, sizes)


def _text(value: bytes) -> str:
    return unescape(value.decode("utf-8", "replace"))


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): _text(value) for name, value in ATTRIBUTE.findall(tag)}


def _theme(read: Read, names: Iterable[str]) -> dict[str, str]:
    """Families of the theme by `major`/`minor` + `latin`/`ea`."""
    part = next((name for name in sorted(names) if re.search(r"/theme/theme\d+\.xml$", name)), "")
    text = read(part) if part else b""
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        block = re.search(rb"<a:%bFont>(.*?)</a:%bFont>" % (size.encode(), size.encode()), text, re.S)
        inner = block[1] if block else b""
        for script, pattern in (
            ("latin", rb'<a:latin typeface="([^"]+)"'),
            ("ea", rb'<a:ea typeface="([^"]+)"|<a:font script="Hans" typeface="([^"]+)"'),
        ):
            face = re.search(pattern, inner)
            found[size + script] = _text(face[face.lastindex or 1]) if face else ""
    return found


def _word(read: Read, names: Iterable[str]) -> set[str]:
    texts = [
        read(name)
        for name in names
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", name)
    ]
    used = {name for text in texts for name in re.findall(rb'<w:(?:p|r|tbl)Style w:val="([^"]*)"', text)}
    styles = read("word/styles.xml") if "word/styles.xml" in names else b""
    theme = _theme(read, names)
    blocks = {
        identity[1]: block
        for block in (part.partition(b"</w:style>")[0] for part in styles.split(b"<w:style ")[1:])
        if (identity := re.search(rb'w:styleId="([^"]*)"', block))
    }
    waiting = used | {name for name, block in blocks.items() if b'w:default="1"' in block[:200]}
    reached: set[bytes] = set()
    while waiting:
        name = waiting.pop()
        if name in blocks and name not in reached:
            reached.add(name)
            waiting.update(re.findall(rb'<w:basedOn w:val="([^"]*)"', blocks[name]))
    defaults = re.search(rb"<w:docDefaults>.*?</w:docDefaults>", styles, re.S)
    sources = [*texts, *(blocks[name] for name in reached), defaults[0] if defaults else b""]
    found = set()
    for tag in {tag for source in sources for tag in re.findall(rb"<w:rFonts\b[^>]*>", source)}:
        for key, value in _attributes(tag).items():
            if key in ("w:ascii", "w:hAnsi", "w:eastAsia"):
                found.add(value)
            elif key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
                found.add(theme.get(value[:5] + ("ea" if "EastAsia" in value else "latin"), ""))
    return found


def _powerpoint(read: Read, names: Iterable[str]) -> set[str]:
    found = set(_theme(read, names).values())
    for name in names:
        if re.fullmatch(r"ppt/(slides/slide|slideMasters/slideMaster|slideLayouts/slideLayout)\d+\.xml", name):
            found.update(_text(face) for face in re.findall(rb'<a:(?:latin|ea) typeface="([^"]*)"', read(name)))
    return found


def _excel(read: Read, names: Iterable[str]) -> set[str]:
    found = re.findall(rb'<name val="([^"]*)"', read("xl/styles.xml"))
    if "xl/sharedStrings.xml" in names:
        found += re.findall(rb'<rFont val="([^"]*)"', read("xl/sharedStrings.xml"))
    return {_text(name) for name in found}


def _opendocument(read: Read) -> set[str]:
    parts = (read("content.xml"), read("styles.xml"))
    faces = {
        attributes["style:name"]: attributes.get("svg:font-family", "")
        for part in parts
        for attributes in map(_attributes, re.findall(rb"<style:font-face\b[^>]*>", part))
    }
    named = {_text(name) for part in parts for name in re.findall(rb'style:font-name(?:-asian)?="([^"]*)"', part)}
    return {faces.get(name, "").split(";")[0].split(",")[0].strip("'\" ") for name in named}
