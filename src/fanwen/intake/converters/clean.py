"""Strangers' HTML made harmless: no scripts, no styles, and no address is ever followed, inside or outside."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import nh3
from PIL import Image

MAX_PICTURE_PIXELS = 50_000_000
MAX_PICTURE_SIDE = 2400
"""Pixels; a larger picture is made smaller, since no page shows more."""
MAX_PICTURES_BYTES = 64 * 1024**2
"""Bytes of all pictures of one document."""
MAX_DEPTH = 200
"""Elements within elements; what is nested deeper is laid out as if it were not."""

_TAGS = {
    "p", "div", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "u", "s",
    "strike", "del", "ins", "sub", "sup", "small", "big", "font", "center", "blockquote", "q", "cite", "code",
    "pre", "kbd", "samp", "tt", "var", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot",
    "tr", "td", "th", "caption", "colgroup", "col", "img", "figure", "figcaption", "article", "section",
    "header", "footer", "main", "aside", "nav", "address", "abbr", "mark", "ruby", "rt", "rp", "bdo", "wbr",
    "details", "summary", "time",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "dir", "lang"},
    "td": {"colspan", "rowspan", "valign", "width", "bgcolor"},
    "th": {"colspan", "rowspan", "valign", "width", "bgcolor"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "img": {"src", "alt", "width", "height"},
}
_STYLES = {
    "text-align",
    "text-indent",
    "font-weight",
    "font-style",
    "font-size",
    "text-decoration",
    "color",
    "vertical-align",
}
_DROPPED = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "select",
    "textarea",
    "audio",
    "video",
}
_OUTSIDE = re.compile(r"<(?:link|iframe|embed|object|frame)\b[^<>]*\b(?:href|src|data)\s*=", re.IGNORECASE)
_NESTING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {"br", "hr", "img", "col", "wbr", "meta", "link", "input", "area", "base", "embed", "source", "track"}


@dataclass
class Cleaned:
    """Harmless HTML, and whether something outside was asked for and left out."""

    html: str
    outside: bool = False


@dataclass
class Pictures:
    """The pictures of one document: what they may take together, and where those with a relative address are found."""

    find: Callable[[str], bytes | None] = lambda address: None
    left: int = MAX_PICTURES_BYTES
    outside: bool = False
    known: dict[str, str | None] = field(default_factory=dict)

    def embedded(self, address: str) -> str | None:
        """The picture at `address` as a data URI, or None where there is none to show."""
        if address not in self.known:
            self.known[address] = self._embedded(address)
        return self.known[address]

    def _embedded(self, address: str) -> str | None:
        if address.startswith("data:"):
            data = _data_of(address)
        else:
            data = self.find(address)
            self.outside = self.outside or data is None
        picture = small_picture(data) if data else None
        if picture is None or len(picture) > self.left:
            return None
        self.left -= len(picture)
        mime = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        return f"data:{mime};base64,{base64.b64encode(picture).decode()}"


def clean(source: str, pictures: Pictures | None = None) -> Cleaned:
    """`source` with a small set of tags and attributes left. Pictures stay where their bytes are at hand."""
    pictures = pictures or Pictures()

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return pictures.embedded(value.strip())
        return value

    html = nh3.clean(
        _flattened(source),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes={tag: names | {"style"} for tag, names in _ATTRIBUTES.items()},
        attribute_filter=attribute,
        filter_style_properties=_STYLES,
        url_schemes={"data", "http", "https", "file"},
        link_rel=None,
        strip_comments=True,
    )
    html = re.sub(r"<img(?![^>]*\bsrc=)[^>]*>", "", html)
    return Cleaned(html, pictures.outside or _OUTSIDE.search(source) is not None)


def _flattened(source: str) -> str:
    """`source` without the tags that open more than `MAX_DEPTH` elements, which parsers take ever longer for."""
    if source.count("<") < MAX_DEPTH:
        return source
    depth = 0
    out: list[str] = []
    at = 0
    for tag in _NESTING.finditer(source):
        closing, name = tag[1], tag[2].lower()
        if tag[0].endswith("/>") or name in _VOID:
            continue
        if closing:
            drop = depth > MAX_DEPTH
            depth = max(0, depth - 1)
        else:
            depth += 1
            drop = depth > MAX_DEPTH
        if drop:
            out.append(source[at : tag.start()])
            at = tag.end()
    out.append(source[at:])
    return "".join(out)


def _data_of(address: str) -> bytes | None:
    head, _, body = address.partition(",")
    if ";base64" not in head.lower() or len(body) > MAX_PICTURES_BYTES * 4 // 3:
        return None
    try:
        return base64.b64decode(re.sub(r"\s|%0[aAdD]", "", body), validate=False)
    except (binascii.Error, ValueError):
        return None


def small_picture(data: bytes) -> bytes | None:
    """A picture as PNG or JPEG of at most `MAX_PICTURE_SIDE` pixels a side; None for what is none, or too many pixels."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")) as picture:
            if picture.width * picture.height > MAX_PICTURE_PIXELS:
                return None
            if picture.format in ("PNG", "JPEG") and max(picture.size) <= MAX_PICTURE_SIDE:
                picture.load()
                return data
            picture.thumbnail((MAX_PICTURE_SIDE, MAX_PICTURE_SIDE))
            out = io.BytesIO()
            if picture.mode in ("L", "RGB"):
                picture.save(out, "JPEG", quality=85)
            else:
                picture.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
