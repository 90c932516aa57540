"""The language of a document's text, as far as its characters tell: for screen readers, fonts and line breaking."""

from __future__ import annotations

import re

from fanwen.search.folding import fold_characters

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in)\b", re.IGNORECASE)
_READ = 3000
"""Characters that are looked at."""


def language_of(text: str) -> str:
    """``zh-Hans``, ``zh-Hant``, ``ja``, ``en``; empty where the text does not tell."""
    text = text[:_READ]
    han = "".join(_HAN.findall(text))
    if len(han) * 5 < len(text.strip()):
        return "en" if len(_ENGLISH.findall(text)) * 50 > len(text.split()) > 0 else ""
    if len(_KANA.findall(text)) * 10 > len(han):
        return "ja"
    traditional = sum(old != new for old, new in zip(han, fold_characters(han), strict=False))
    return "zh-Hant" if traditional * 10 > len(han) else "zh-Hans"
