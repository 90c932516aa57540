"""HTML that LibreOffice turns into pages: what every text-like format becomes first."""

from __future__ import annotations

import html
import re
from pathlib import Path

MAX_CHARACTERS = 1_500_000
"""Characters laid out of one text: about a thousand pages. What is beyond is cut, and the reader is told."""
MAX_LINES = 50_000
"""Lines laid out of one text: about a thousand pages, when all are short."""
MAX_PARAGRAPH = 4_000
"""Characters of one paragraph; LibreOffice lays out much longer ones in quadratic time."""
_TAB = "\u00a0" * 4


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph a line, blanks and indents kept."""
    lines = []
    for line in text.replace("\f", "\n").split("\n"):
        for piece in _pieces(line):
            shown = html.escape(piece, quote=False).replace("\t", _TAB)
            shown = re.sub(r"^ | (?= )", "\u00a0", shown)
            lines.append(f'<p style="margin:0">{shown or "<br>"}</p>')
    return "\n".join(lines)


def _pieces(line: str) -> list[str]:
    if len(line) <= MAX_PARAGRAPH:
        return [line]
    pieces = []
    while len(line) > MAX_PARAGRAPH:
        cut = line.rfind(" ", MAX_PARAGRAPH // 2, MAX_PARAGRAPH)
        cut = cut if cut > 0 else MAX_PARAGRAPH
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def printable(text: str) -> str:
    """`text` without the control characters that no XML or HTML may hold, and with at most 30 accents on a letter.

    More accents than these are no language's (Unicode Standard Annex 15, stream-safe text), and take ages to set.
    """
    return _ACCENTS.sub(r"\1", _CONTROLS.sub("", text))


_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_ACCENTS = re.compile(f"({_MARKS}{{30}}){_MARKS}+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def write_page(body: str, title: str, target: Path) -> None:
    """A whole UTF-8 document around `body`, which must be clean already."""
    target.write_text(
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f"<title>{html.escape(title, quote=False)}</title></head>\n"
        f"<body style=\"font-family:'Noto Serif CJK SC','Liberation Serif',serif;font-size:12pt\">\n{body}\n</body></html>\n",
        encoding="utf-8",
        errors="replace",
    )
