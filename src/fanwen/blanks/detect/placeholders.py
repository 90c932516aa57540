"""某: a placeholder in 某县教育局 and 某年某月某日, an ordinary word in 某些 and in a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fanwen.blanks.detect.suffixes import suffix_at

_RUN = re.compile(r"某+")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚文"
)
_STORY = re.compile(r"某(?:天|晚|夜|男|女(?!士)|网友|人(?!民)|种|个|位|某某?女子|知情)|有一天|从前")
_ORDINARY = re.compile(r"某(?:些|种|个|位|人(?!民|力)|天|时|处|次|事|物|类|方面|一|段|项|件|条|刻|程度|几|位|地(?!区))")


class Placeholder(NamedTuple):
    start: int
    end: int
    certain: bool
    """Whatever the rest of the document looks like."""
    compound: bool
    """Part of a longer name (某县教育局, 某省某市) or date."""


def placeholders(text: str) -> list[Placeholder]:
    found = []
    for match in _RUN.finditer(text):
        left, right = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 40]
        suffix = suffix_at(right)
        date = re.match(r"[年月日时](?!报|夜)", right)
        surname = left[-1:] in SURNAMES and suffix is None and date is None
        person = left[-1:] in SURNAMES and suffix is not None and suffix[1] == "person"
        if surname or person:
            continue
        if len(match.group()) > 1:
            found.append(Placeholder(*match.span(), certain=True, compound=False))
            continue
        if _ORDINARY.match(text, match.start()) or (suffix is None and date is None):
            continue
        if suffix and suffix[1] == "person":
            continue
        if date and not re.match(r"[年月]?\s*某[月日时]|[年月]某|日", right) and not re.search(r"某[年月]$", left):
            continue
        if right.startswith("日") and not left.endswith("月"):
            continue
        following = right[len(suffix[0]) :] if suffix else right[1:]
        compound = (
            following.startswith("某")
            or re.search(r"某[省市县区乡镇村年月]$", left) is not None
            or (suffix is not None and suffix[1] == "place" and suffix_at(following) is not None)
            or (
                suffix is not None
                and len(suffix[0]) == 1
                and re.match(r"(?:第[一二三四五六七八九十]|人民|教育|公安|财政|税务|卫生|中心|实验)", following)
                is not None
            )
        )
        found.append(Placeholder(*match.span(), certain=False, compound=compound))
    return found


def believed(found: Sequence[tuple[str, Placeholder]], *, other_blanks: bool) -> list[bool]:
    """Which placeholders of a document count; `found` gives each with its passage's text.

    A lone 某 counts where the document is a form anyway, or where a title or signature is made of it; never in a story.
    """
    story = any(_STORY.search(text) for text, _ in found)
    titles = any(item.compound and len(text) <= 30 for text, item in found)
    return [
        item.certain or other_blanks or (not story and titles and (item.compound or len(found) > 1))
        for _, item in found
    ]
