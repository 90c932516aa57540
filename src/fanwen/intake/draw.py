"""A page of an open PDF as an image file. What was measured, and why these settings: docs/decisions/0002-page-images.md."""

from __future__ import annotations

import io
import math
from typing import Literal

import pypdfium2 as pdfium
from PIL import Image

ImageFormat = Literal["webp", "jpeg", "png"]
IMAGES: tuple[ImageFormat, ...] = ("webp", "jpeg", "png")

MAX_PIXELS = 24_000_000
"""Pixels of one image; a page of an odd shape is drawn smaller rather than larger than this."""
MAX_SIDE = 16_000
"""Pixels of one side; WebP ends at 16,383."""
QUALITY = 75
_LEVELS = 16
_PAPER = 0.5
"""Share of one colour, the paper, from which a page with few colours is taken for text and line art."""
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

    WebP keeps a page of text, whose colours are few and mostly the paper's, without loss at 16 levels a channel: smaller
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
    if _is_text(stepped):
        stepped.save(out, "WEBP", lossless=True, method=1, quality=0)
    else:
        picture.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def _is_text(stepped: Image.Image) -> bool:
    colours = stepped.getcolors(256)
    return colours is not None and max(count for count, _ in colours) >= _PAPER * stepped.width * stepped.height
