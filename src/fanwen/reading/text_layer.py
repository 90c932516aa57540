"""The selectable text over a page image, and the boxes round found words, as one SVG.

SVG presentation attributes are no inline styles, so a strict Content-Security-Policy lets them be; the view box is the
page in points, so the layer scales with the image without a script. One `text` element per line, stretched to the
line's width: an element per glyph would be three times the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fanwen.intake.layout import boxes, unpack
from fanwen.intake.types import Line
from fanwen.library.models import Page
from fanwen.reading.flow import grouped

_ASCENT = 0.86
"""How far below the top of a line's box its baseline lies, as a share of the box's height (Han type: 0.88 of the em)."""

_KEPT = 512
"""Layers kept in a process: some 8 KB each."""

_lines = lru_cache(maxsize=_KEPT)(unpack)


@dataclass(frozen=True)
class Mark:
    """A part of a page's text that is boxed: the part of hit `hit`, counted over the document from 1; 0 for the passage
    that an address names."""

    hit: int
    start: int
    end: int


def text_layer(page: Page, marks: Sequence[Mark] = ()) -> SafeString:
    """The SVG for `page`, with a box round each of `marks`. Empty for a page without text."""
    layout = bytes(page.layout)
    if not layout:
        return SafeString()
    width, height = _n(page.width), _n(page.height)
    parts = [f'<svg class="layer" role="group" viewBox="0 0 {width} {height}" preserveAspectRatio="none">']
    if marks:
        parts.append('<g class="hits">')
        for mark in marks:
            kind = f'data-hit="{mark.hit}"' if mark.hit else 'class="passage"'
            parts += (
                f'<rect {kind} x="{x}" y="{y}" width="{width}" height="{height}" rx="1.5"/>'
                for x, y, width, height in mark_boxes(page, mark)
            )
        parts.append("</g>")
    parts += _text(layout, page.text, page.width, page.height), "</svg>"
    return mark_safe("".join(parts))  # every piece of text is escaped in `_line`


def mark_boxes(page: Page, mark: Mark) -> list[tuple[str, str, str, str]]:
    """The boxes of `mark` on `page` in points, a point larger on each side: x, y, width, height."""
    return [
        (
            _n(box.x * page.width - 1),
            _n(box.y * page.height - 1),
            _n(box.width * page.width + 2),
            _n(box.height * page.height + 2),
        )
        for box in boxes(_lines(bytes(page.layout)), [(mark.start, mark.end)])
    ]


@lru_cache(maxsize=_KEPT)
def _text(layout: bytes, text: str, width: float, height: float) -> str:
    """The lines of a page, those of a paragraph together, so that it is read out as one."""
    shown = [(line, text[line.start : line.end].rstrip("\n")) for line in _lines(layout)]
    shown = [(line, content) for line, content in shown if content.strip()]
    lines = iter(shown)
    pieces: list[str] = []
    for paragraph in grouped([content for _, content in shown]):
        pieces.append('<g role="paragraph">' if len(paragraph) > 1 else "")
        pieces += (_line(*next(lines), width, height) for _ in paragraph)
        pieces.append("</g>" if len(paragraph) > 1 else "")
    return "".join(pieces)


def _line(line: Line, text: str, page_width: float, page_height: float) -> str:
    x, y = line.x * page_width, line.y * page_height
    width, height = line.width * page_width, line.height * page_height
    if line.vertical:
        size, length = width, height
        place = f'writing-mode="vertical-rl" x="{_n(x + width / 2)}" y="{_n(y)}"'
    else:
        size, length = height, width
        place = f'x="{_n(x)}" y="{_n(y + height * _ASCENT)}"'
    stretch = f' textLength="{_n(length)}" lengthAdjust="spacingAndGlyphs"' if length > 0 else ""
    return f'<text {place} font-size="{_n(max(size, 1))}"{stretch}>{escape(text)}</text>'


def _n(value: float) -> str:
    """A tenth of a point is a seventh of a millimetre: enough, and short."""
    return f"{value:.1f}".removesuffix(".0")
