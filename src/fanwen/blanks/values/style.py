"""How a template writes its numbers and dates: what stands around a blank decides how the value is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_FULL = re.compile(r"[０-９]")
_HALF = re.compile(r"[0-9]")
_COMMAS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_NO_COMMAS = re.compile(r"(?<![\d,.年])\d{5,}(?![\d,])")
_ZERO = r"[〇○零ＯO]"
_CHINESE_YEAR = re.compile(rf"[一二三四五六七八九]{_ZERO}[{_ZERO[1:-1]}一二三四五六七八九_＿\s]{{1,8}}年|二({_ZERO})")
_CHINESE_MONTH = re.compile(
    r"年[一二三四五六七八九十]{1,2}月|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_ARABIC_YEAR = re.compile(r"[0-9０-９]{4}\s*年|(?:20|19|２０)[_＿\s]{1,8}年")
_PADDED = re.compile(r"年0\d月|月0\d日|年０[０-９]月|月０[０-９]日")
_CHINESE_ORDINAL = re.compile(r"第[一二三四五六七八九十百]+[届次期批号条章节名]")
_ARABIC_ORDINAL = re.compile(r"第\s*[0-9０-９]+\s*[届次期批号条章节名]")
_CHINESE_COUNT = re.compile(r"(?<![第初周期每统唯])[二三四五六七八九十百千两]+[个所名人项次条篇场家户份台辆间座]")


@dataclass(frozen=True)
class DocumentStyle:
    """What a whole template shows."""

    commas: bool = False
    chinese_dates: bool = False
    zero: str = "〇"
    """The character its years write nought with."""
    padded_dates: bool = False
    chinese_ordinals: bool = False
    tick: str = "☑"
    close: str = "整"
    """What closes an amount in words: 整 or 正."""


def document_style(texts: Iterable[str]) -> DocumentStyle:
    """The style of a document with these passages."""
    text = "\n".join(texts)
    year = _CHINESE_YEAR.search(text)
    zero = re.search(_ZERO, year.group()) if year else None
    ticks = [mark for mark in "☑√☒■✔✓" if mark in text]
    return DocumentStyle(
        commas=bool(_COMMAS.search(text)) and not _NO_COMMAS.search(text),
        chinese_dates=bool(year or _CHINESE_MONTH.search(text)) and not _ARABIC_YEAR.search(text),
        zero=zero.group() if zero else "〇",
        padded_dates=bool(_PADDED.search(text)),
        chinese_ordinals=bool(_CHINESE_ORDINAL.search(text)) and not _ARABIC_ORDINAL.search(text),
        tick=ticks[0] if ticks else "☑",
        close="正" if re.search(r"元正(?![常式在好])", text) else "整",
    )


def full_width(passage: str) -> bool:
    """Whether the passage writes its digits in full width."""
    return bool(_FULL.search(passage)) and not _HALF.search(passage)


def counts_in_words(passage: str) -> bool:
    """Whether the passage counts in Chinese numerals only (三所中学、五所小学)."""
    return bool(_CHINESE_COUNT.search(passage)) and not _HALF.search(passage) and not _FULL.search(passage)
