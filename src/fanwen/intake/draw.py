"""A page of an open PDF as an image file. What was measured, and why these settings: docs/decisions/0002-page-images.md."""

from __future__ import annotations

import io
import math
import struct
import zlib
from typing import Literal, cast

import pypdfium2 as pdfium
from PIL import Image

ImageFormat = Literal["auto", "webp", "jpeg", "png"]
"""`auto` is PNG for most pages of text and WebP for any other; `media_type` tells which."""
IMAGES: tuple[ImageFormat, ...] = ("auto", "webp", "jpeg", "png")

_Colour = tuple[int, int, int]

MAX_PIXELS = 24_000_000
"""Pixels of one image; a page of an odd shape is drawn smaller rather than larger than this."""
MAX_SIDE = 16_000
"""Pixels of one side; WebP ends at 16,383."""
QUALITY = 75
_LEVELS = 16
_PAPER = 0.5
"""Share of one colour, the paper, from which a page with few colours is taken for text and line art."""
_NARROW = 800
"""Pixels of width up to which text of several colours is WebP: phones ask for these, over lines on which the fifth that it
is smaller takes longer than the tens of milliseconds that it is slower to make."""
_EFFORT = 5
"""Of zlib; more makes text hardly smaller."""
_PNG = b"\x89PNG\r\n\x1a\n"
_STEPPED = [round(value * (_LEVELS - 1) / 255) * 255 // (_LEVELS - 1) for value in range(256)]


def draw(document: pdfium.PdfDocument, number: int, width: int, image: ImageFormat) -> bytes:
    """Page `number` (from 1), `width` pixels wide, as the bytes of an image file.

    Raises `IndexError` for a page the document has not, `pypdfium2.PdfiumError` for one that can't be read.
    """
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    try:
        bitmap = page.render(scale=_scale(page.get_width(), page.get_height(), width), rev_byteorder=True)
        try:
            return encode(bitmap.to_pil(), image)
        finally:
            bitmap.close()
    finally:
        page.close()


def _scale(page_width: float, page_height: float, width: int) -> float:
    page_width, page_height = max(page_width, 0.1), max(page_height, 0.1)
    scale = width / page_width
    scale = min(scale, MAX_SIDE / page_width, MAX_SIDE / page_height)
    return min(scale, math.sqrt(MAX_PIXELS / (page_width * page_height)))


def encode(picture: Image.Image, image: ImageFormat) -> bytes:
    """`picture` as the bytes of an image file.

    A page of text, whose colours are few and mostly the paper's, is kept without loss at 16 levels a channel: smaller
    than with loss, and sharper. Anything else, and every JPEG, is encoded with loss.
    """
    if picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    out = io.BytesIO()
    if image == "png":
        picture.save(out, "PNG")
        return out.getvalue()
    if image == "jpeg":
        picture.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()
    stepped = picture.point(_STEPPED * len(picture.getbands()))
    colours = _colours_of_text(stepped)
    if image == "auto" and colours and (len(colours) <= _LEVELS or picture.width > _NARROW):
        return _in_palette(stepped, colours)
    if colours:
        stepped.save(out, "WEBP", lossless=True, method=1, quality=0)
    else:
        picture.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def media_type(image: bytes) -> str:
    """The media type of an image that `encode` made."""
    return "image/png" if image.startswith(_PNG) else "image/webp" if image.startswith(b"RIFF") else "image/jpeg"


def _colours_of_text(stepped: Image.Image) -> list[_Colour]:
    """The colours of a page of text or line art; empty for any other."""
    found = cast("list[tuple[int, _Colour]] | None", stepped.convert("RGB").getcolors(256))
    if found is None or max(count for count, _ in found) < _PAPER * stepped.width * stepped.height:
        return []
    return [colour for _, colour in found]


def _in_palette(stepped: Image.Image, colours: list[_Colour]) -> bytes:
    """A PNG of the `colours`, which are all that `stepped` has: two pixels a byte if they are 16 at most.

    Its rows are left as they are. What PNG calls filters makes photographs smaller and text larger, and Pillow always
    filters: text comes out a tenth larger there and takes twice as long.
    """
    bits = 4 if len(colours) <= 16 else 8
    table = [value for colour in colours for value in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(table + table[:3] * (256 - len(colours)))
    indexed = stepped.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    pixels = indexed.tobytes("raw", "P;4") if bits == 4 else indexed.tobytes()
    stride = (indexed.width * bits + 7) // 8
    rows = b"".join([b"\0" + pixels[at : at + stride] for at in range(0, len(pixels), stride)])
    head = struct.pack(">IIBBBBB", indexed.width, indexed.height, bits, 3, 0, 0, 0)  # 3: colours from a palette
    chunks = ((b"IHDR", head), (b"PLTE", bytes(table)), (b"IDAT", zlib.compress(rows, _EFFORT)), (b"IEND", b""))
    return _PNG + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
