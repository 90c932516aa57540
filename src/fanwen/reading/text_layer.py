"""The selectable text over a page image, and the boxes round found words, as one SVG.

SVG presentation attributes are no inline styles, so a strict Content-Security-Policy lets them be; the view box is the
page in points, so the layer scales with the image without a script. One `text` element per line, stretched to the
line's width: an element per glyph would be three times the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fanwen.intake.layout import boxes, unpack
from fanwen.intake.types import Line
from fanwen.library.models import Page

_ASCENT = 0.86
"""How far below the top of a line's box its baseline lies, as a share of the box's height (Han type: 0.88 of the em)."""


def text_layer(page: Page, spans: Sequence[tuple[int, int]] = ()) -> SafeString:
    """The SVG for `page`, with a box round each of `spans` of its text. Empty for a page without text."""
    lines = unpack(bytes(page.layout)) if page.layout else ()
    if not lines:
        return SafeString()
    parts = [
        f'<svg class="layer" role="group" viewBox="0 0 {_n(page.width)} {_n(page.height)}" preserveAspectRatio="none">'
    ]
    if spans:
        parts.append('<g class="hits">')
        for box in boxes(lines, spans):
            parts.append(
                f'<rect x="{_n(box.x * page.width - 1)}" y="{_n(box.y * page.height - 1)}" '
                f'width="{_n(box.width * page.width + 2)}" height="{_n(box.height * page.height + 2)}" rx="1.5"/>'
            )
        parts.append("</g>")
    parts += (_line(line, page) for line in lines)
    parts.append("</svg>")
    return mark_safe("".join(parts))  # every piece of text is escaped in `_line`


def _line(line: Line, page: Page) -> str:
    text = page.text[line.start : line.end].rstrip("\n")
    if not text.strip():
        return ""
    x, y = line.x * page.width, line.y * page.height
    width, height = line.width * page.width, line.height * page.height
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
