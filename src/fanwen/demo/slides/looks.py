"""Colours and fonts of the demo's slide decks."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.dml.color import RGBColor


@dataclass(frozen=True)
class Look:
    dark: RGBColor
    accent: RGBColor
    pale: RGBColor
    title_font: str = "微软雅黑"
    text_font: str = "微软雅黑"


LOOKS = {
    "blue": Look(RGBColor(0x1B, 0x3A, 0x5C), RGBColor(0x2E, 0x86, 0xC1), RGBColor(0xEA, 0xF2, 0xF8)),
    "green": Look(RGBColor(0x1D, 0x4D, 0x3C), RGBColor(0x3C, 0x9D, 0x6F), RGBColor(0xE9, 0xF5, 0xEF)),
    "orange": Look(RGBColor(0x5A, 0x34, 0x1B), RGBColor(0xE0, 0x7B, 0x2E), RGBColor(0xFD, 0xF2, 0xE6)),
}
INK = RGBColor(0x26, 0x2B, 0x31)
GREY = RGBColor(0x7A, 0x82, 0x8A)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
