"""Characters as people type them, in place of those that PDF producers leave behind.

Some producers map a glyph to the Kangxi radical or compatibility ideograph that shares it, so that 民 becomes U+2EA0 and
can be neither found nor copied. Each such character is replaced by its ordinary one, always one for one, so that character
boxes keep their places. Kangxi radicals and compatibility ideographs follow NFKC; the radicals supplement, which has no
compatibility mappings, follows the property Equivalent_Unified_Ideograph of the Unicode Character Database.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = {
    "厂": "2E81", "乛": "2E82", "乚": "2E83", "乙": "2E84", "亻": "2E85", "冂": "2E86", "刀": "2E88", "刂": "2E89",
    "卜": "2E8A", "小": "2E8C 2E8D", "兀": "2E8E", "尣": "2E8F", "尢": "2E90", "巳": "2E92", "幺": "2E93", "彑": "2E94",
    "忄": "2E96", "心": "2E97", "扌": "2E98", "攵": "2E99", "旡": "2E9B", "日": "2E9C", "月": "2E9D", "歺": "2E9E",
    "母": "2E9F", "民": "2EA0", "氵": "2EA1", "氺": "2EA2", "灬": "2EA3", "爫": "2EA4 2EA5", "丬": "2EA6", "牛": "2EA7",
    "犭": "2EA8", "王": "2EA9", "目": "2EAB", "示": "2EAC", "礻": "2EAD", "糹": "2EAF", "纟": "2EB0", "罓": "2EB1",
    "罒": "2EB2", "羊": "2EB6", "耂": "2EB9", "肀": "2EBA", "聿": "2EBB", "肉": "2EBC", "艹": "2EBE 2EBF 2EC0",
    "虎": "2EC1", "衤": "2EC2", "覀": "2EC3", "西": "2EC4", "见": "2EC5", "角": "2EC6", "讠": "2EC8", "贝": "2EC9",
    "车": "2ECB", "辶": "2ECC 2ECD 2ECE", "邑": "2ECF", "钅": "2ED0", "長": "2ED1", "镸": "2ED2", "长": "2ED3",
    "门": "2ED4", "阝": "2ED6", "雨": "2ED7", "青": "2ED8", "韦": "2ED9", "页": "2EDA", "风": "2EDB", "飞": "2EDC",
    "食": "2EDD", "飠": "2EDF", "饣": "2EE0", "马": "2EE2", "骨": "2EE3", "鬼": "2EE4", "鱼": "2EE5", "鸟": "2EE6",
    "卤": "2EE7", "麦": "2EE8", "黄": "2EE9", "黾": "2EEA", "斉": "2EEB", "齐": "2EEC", "歯": "2EED", "齿": "2EEE",
    "竜": "2EEF", "龙": "2EF0", "龜": "2EF1", "亀": "2EF2", "龟": "2EF3",
}  # fmt: skip


def _mapping() -> dict[int, str]:
    found = {int(point, 16): char for char, points in _SUPPLEMENT.items() for point in points.split()}
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20)):
        for point in block:
            plain = unicodedata.normalize("NFKC", chr(point))
            if len(plain) == 1 and ord(plain) != point:
                found[point] = plain
    found[0x2F3E] = "户"  # NFKC gives 戶; the form drawn, and typed, in simplified text is this one
    found[0xA0] = " "
    return found


ORDINARY = _mapping()
"""Code point to ordinary character, for `str.translate`."""

_UNSEEN_BLOCKS = (
    (0x00, 0x09), (0x0B, 0x20), (0x7F, 0xA0), (0xAD, 0xAE), (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070),
    (0xD800, 0xE000), (0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xFFF9, 0xFFFC), (0xFFFE, 0x10000),
)  # fmt: skip
UNSEEN = frozenset(point for first, after in _UNSEEN_BLOCKS for point in range(first, after))
"""Code points that stand for nothing a reader sees: controls, marks of direction and joining, lone surrogates."""


def ordinary(text: str) -> str:
    """`text` with radicals and compatibility ideographs replaced and unseen characters removed."""
    return text.translate(_CLEAN)


_CLEAN: dict[int, str | None] = {**dict.fromkeys(UNSEEN), **ORDINARY}


def is_han(point: int) -> bool:
    """Whether a code point is a Han ideograph or a mark set in its square, which take no space between them."""
    return 0x2E80 <= point <= 0x303F or 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or (
        0xFF01 <= point <= 0xFF60 or 0x20000 <= point <= 0x3FFFF
    )  # fmt: skip
