"""Takes links to outside pictures, objects and files out of a document before LibreOffice sees it.

LibreOffice is told not to follow them, and the sandbox leaves them nowhere to lead; but some it follows all the same (a
linked picture in ODP, INCLUDEPICTURE in RTF), and only looking for them tells that there are any. What a reader may
click on stays.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from zlib import error as ZlibError

from ..types import Kind
from .formats import container

MOST_BYTES = 64 * 1024 * 1024
"""A part larger than this is left to the sandbox."""
NOWHERE = b"about:blank"

UNSEEN = {"word/_rels/settings.xml.rels"}
"""Names the template a document was made with, mostly a path on its author's machine."""

RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
EXTERNAL = re.compile(rb"""\bTargetMode\s*=\s*["']External["']""")
HYPERLINK = re.compile(rb"""\bType\s*=\s*["'][^"']*/hyperlink["']""")
TARGET = re.compile(rb"""(\bTarget\s*=\s*)(["'])(?!about:blank).*?\2""", re.S)

ODF_TAG = re.compile(rb"<(?!text:a\b|draw:a\b|/)[\w-]+:[\w-]+\b[^>]*\bxlink:href\s*=[^>]*>")
ODF_LINK = re.compile(rb"""(\bxlink:href\s*=\s*)(["'])\s*(?:[A-Za-z][\w+.-]*:|/|\.\./|\\).*?\2""", re.S)
ODF_PARTS = re.compile(r"(?:.*/)?(?:content|styles)\.xml")

RTF_FIELD = re.compile(rb"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|IMPORT)\b(?=\s)")
HTML_LINK = re.compile(
    rb"""(<(?:img|iframe|frame|embed|object|link|body|table|td|th|tr|input|source|video|audio|script|image|base)\b[^>]*?"""
    rb"""\b(?:src|data|href|background|poster)\s*=\s*)("(?!data:|#)[^"]*"|'(?!data:|#)[^']*'|(?!data:|["'#])[^\s>]+)""",
    re.I,
)
CSS_LINK = re.compile(rb"""(?:url\(\s*["']?(?!data:|#)[^)]*\)|@import\s[^;]*;)""", re.I)


def neutralise(path: Path, kind: Kind) -> bool:
    """Change `path` in place so that it links to nothing outside. True when a reader may miss something by it."""
    packed = container(path)
    if packed == "zip":
        return _package(path)
    if kind.format == "rtf":
        return _whole(path, lambda data: RTF_FIELD.sub(b"PRIVATE", data))
    if kind.format == "html":
        return _whole(path, _html)
    return False


def _whole(path: Path, change: Callable[[bytes], bytes]) -> bool:
    data = path.read_bytes()
    changed = change(data)
    if changed == data:
        return False
    path.write_bytes(changed)
    return True


def _html(data: bytes) -> bytes:
    while (changed := HTML_LINK.sub(rb'\1"#"', data)) != data:
        data = changed
    return CSS_LINK.sub(b"", data)


def _relationships(data: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        tag = found[0]
        if not EXTERNAL.search(tag) or HYPERLINK.search(tag):
            return tag
        return TARGET.sub(rb"\1\2" + NOWHERE + rb"\2", tag)

    return RELATIONSHIP.sub(one, data)


def _opendocument(data: bytes) -> bytes:
    if b"xlink:href" not in data:
        return data
    return ODF_TAG.sub(lambda found: ODF_LINK.sub(rb"\1\2\2", found[0]), data)


def _changer(name: str) -> Callable[[bytes], bytes] | None:
    if name.endswith(".rels"):
        return _relationships
    return _opendocument if ODF_PARTS.fullmatch(name) else None


def _package(path: Path) -> bool:
    changed: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as package:
            for entry in package.infolist():
                change = _changer(entry.filename)
                if change is not None and entry.file_size <= MOST_BYTES:
                    data = package.read(entry)
                    if (new := change(data)) != data:
                        changed[entry.filename] = new
            if changed:
                _rewrite(path, package, changed)
    except (zipfile.BadZipFile, ZlibError, NotImplementedError, RuntimeError, OSError):
        # LibreOffice will say what it thinks of a package that can't be read; links are then left to the sandbox.
        return False
    return bool(changed.keys() - UNSEEN)


def _rewrite(path: Path, package: zipfile.ZipFile, changed: dict[str, bytes]) -> None:
    beside = path.with_name(path.name + ".new")
    with zipfile.ZipFile(beside, "w") as made:
        # Order and the uncompressed mimetype of OpenDocument stay as they are.
        for entry in package.infolist():
            if entry.filename in changed:
                made.writestr(entry.filename, changed[entry.filename], zipfile.ZIP_DEFLATED)
                continue
            with package.open(entry) as source, made.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)
    beside.replace(path)
