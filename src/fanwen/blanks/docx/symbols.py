"""Characters of symbol fonts (w:sym) as Unicode, and what a ticked box looks like in each font."""

from __future__ import annotations

SYMBOLS: dict[tuple[str, int], str] = {
    ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "□",
    ("wingdings", 0x72): "□",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xA1): "○",
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■",
    ("wingdings 2", 0xA3): "□",
    ("wingdings 2", 0x2A): "□",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x54): "☒",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0x99): "○",
}
"""Font in lower case and character code without the private-use offset F000."""

TICKED: dict[str, int] = {"wingdings": 0xFE, "wingdings 2": 0x52}
EMPTY: dict[str, int] = {"wingdings": 0xA8, "wingdings 2": 0xA3}

EMPTY_BOXES = "□☐○〇◯▢"
FULL_BOXES = "☑☒✓✔√■●"


def symbol(font: str, code: str) -> str:
    """What ``w:sym`` with this font and hexadecimal code shows; ``�`` for one not known."""
    try:
        value = int(code, 16)
    except ValueError:
        return "\ufffd"
    value = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    found = SYMBOLS.get((font.strip().lower(), value))
    if found is not None:
        return found
    return chr(value) if value >= 0x2000 and not 0xD800 <= value <= 0xDFFF else "\ufffd"
