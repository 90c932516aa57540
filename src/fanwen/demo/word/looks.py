"""Page setup and fonts of the demo's Word documents.

`official` follows the measures of GB/T 9704-2012 (layout of official documents): A4, 37/35/28/26 mm margins, 16 pt
FangSong at 28 pt line pitch, title in 22 pt XiaoBiaoSong, first headings in HeiTi, second ones in KaiTi.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Font:
    east_asian: str
    latin: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Look:
    """Lengths: margins in centimetres (top, right, bottom, left), the rest in points."""

    margins: tuple[float, float, float, float]
    fonts: dict[str, Font]
    line_pitch: float
    """Fixed distance of lines; 0 for `line_spacing`."""
    line_spacing: float
    indent: bool
    """First lines of body text start two characters in."""
    gap: float
    """Space after a paragraph."""


_TIMES = "Times New Roman"
LOOKS = {
    "official": Look(
        (3.7, 2.6, 3.5, 2.8),
        {
            "body": Font("仿宋_GB2312", _TIMES, 16),
            "title": Font("方正小标宋简体", _TIMES, 22),
            "heading 1": Font("黑体", _TIMES, 16),
            "heading 2": Font("楷体_GB2312", _TIMES, 16),
            "heading 3": Font("仿宋_GB2312", _TIMES, 16, bold=True),
            "table": Font("仿宋_GB2312", _TIMES, 12),
            "small": Font("仿宋_GB2312", _TIMES, 14),
            "letterhead": Font("方正小标宋简体", _TIMES, 40),
        },
        28,
        0,
        True,
        0,
    ),
    "plain": Look(
        (2.54, 3.0, 2.54, 3.0),
        {
            "body": Font("宋体", _TIMES, 12),
            "title": Font("黑体", "Arial", 18, bold=True),
            "heading 1": Font("黑体", "Arial", 14, bold=True),
            "heading 2": Font("黑体", "Arial", 12, bold=True),
            "heading 3": Font("楷体", _TIMES, 12, bold=True),
            "table": Font("宋体", _TIMES, 10.5),
            "small": Font("宋体", _TIMES, 10.5),
            "letterhead": Font("方正小标宋简体", _TIMES, 34),
        },
        0,
        1.5,
        True,
        0,
    ),
    "form": Look(
        (2.2, 2.2, 2.0, 2.2),
        {
            "body": Font("宋体", _TIMES, 12),
            "title": Font("方正小标宋简体", _TIMES, 20),
            "heading 1": Font("黑体", "Arial", 13),
            "heading 2": Font("黑体", "Arial", 12),
            "heading 3": Font("宋体", _TIMES, 12, bold=True),
            "table": Font("宋体", _TIMES, 11),
            "small": Font("楷体", _TIMES, 10.5),
            "letterhead": Font("方正小标宋简体", _TIMES, 30),
        },
        0,
        1.3,
        False,
        4,
    ),
    "english": Look(
        (2.54, 2.54, 2.54, 2.54),
        {
            "body": Font("宋体", "Calibri", 11),
            "title": Font("黑体", "Calibri", 24, bold=True),
            "heading 1": Font("黑体", "Calibri", 15, bold=True),
            "heading 2": Font("黑体", "Calibri", 12.5, bold=True),
            "heading 3": Font("黑体", "Calibri", 11, bold=True),
            "table": Font("宋体", "Calibri", 10),
            "small": Font("宋体", "Calibri", 9.5),
            "letterhead": Font("黑体", "Calibri", 30, bold=True),
        },
        0,
        1.2,
        False,
        7,
    ),
}
