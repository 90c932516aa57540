"""Dates, amounts, percentages and counts in prose: a number with its unit, in Arabic or Chinese numerals.

Chinese numerals are only taken where a unit or a sign makes a number of them: 二本, 三好 and 一是 are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fanwen.blanks.detect.word_lists import typed_words
from fanwen.blanks.mask.types import Entity, Sort

_D = r"[0-9０-９]"
_C = r"[零〇○一二三四五六七八九十廿卅]"
_N = rf"(?:{_D}+|{_C}+)"
_NUMBER = rf"{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?:[.．]{_D}+)?|{_D}+(?:[.．]{_D}+)?"
_DATES = (
    re.compile(rf"({_N})(?:\s*年\s*)({_N})\s*月(?:份)?(?:\s*({_N})\s*[日号])?"),
    re.compile(rf"({_D}{{4}}|[一二][零〇○一二三四五六七八九]{{3}})\s*年(?!级|龄)"),
    re.compile(rf"({_N})\s*月\s*({_N})\s*[日号](?!线|楼|院|文|令)"),
    re.compile(rf"({_D}{{1,2}})\s*月(?:份|底|初|中旬|上旬|下旬)?(?!薪|供|租)"),
    re.compile(rf"({_D}{{1,2}})\s*[日号](?!线|楼|院|文|令|门)"),
    re.compile(r"(?<![\d.])((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d.])"),
    re.compile(r"(?<![\d.])((?:19|20)\d{2})\s*[-–—~至]\s*((?:19|20)\d{2})(?=学?年)"),
    re.compile(r"(?<![\d:：])(\d{1,2})[:：]([0-5]\d)(?![\d:：])"),
    re.compile(rf"({_D}{{1,2}})\s*[时点](?:\s*({_D}{{1,2}})\s*分)?(?!候|间|代|名|击)"),
)
_PERCENT = re.compile(rf"({_NUMBER})\s*(?:%|％|‰|个?百分点)|百分之([零一二三四五六七八九十百点]+|{_NUMBER})")
_CURRENCY = re.compile(rf"(?:[￥¥$€]|人民币|RMB)\s*({_NUMBER})")
_CAPITALS = re.compile(
    r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}(?=[元圆])[元圆](?:零?[壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?[整正]?"
)
_ORDINAL = re.compile(rf"第({_D}+|[一二三四五六七八九十百]+)(?=[届次期批名位号](?!要|一|二|三))")
_ARABIC = re.compile(_NUMBER)
_WORDS = re.compile(r"[一二两三四五六七八九十百千万亿零]+")
_SCALES = re.compile(r"[十百千]?[万亿]|[百千](?=元)")
_ODD = re.compile(r"[余多]")
# what only counts the document itself: headings, figures, standards, versions
_STRUCTURAL_BEFORE = re.compile(
    r"(?:[图表式注附件录条款项章节步版v]|No\.?|GB(?:/T)?|ISO|[A-Za-z][-_/]?)\s*$", re.IGNORECASE
)
_STRUCTURAL_AFTER = re.compile(r"^\s*(?:[、.．)）](?!\d)|\s+[一-鿿])")
_NOT_COUNTS = frozenset({"一", "万", "千", "百", "亿", "千万", "百千"})
_SMALL_WORDS = frozenset("一二三四五六七八九十两")
# counts that are prose with a small numeral (一个问题, 三个方面) but facts with a larger one
_PROSE_UNITS = frozenset({"个", "次", "条", "项", "点", "天", "年", "级", "类", "种", "句", "字", "步", "方", "位", "线", "面", "分", "成", "道", "章", "节", "款", "只", "片", "门", "头", "把", "双", "对", "组", "队", "排", "列", "层", "家", "名", "人", "本", "周", "度", "班", "块", "科"})  # fmt: skip


@cache
def _units() -> tuple[dict[str, str], int]:
    table = typed_words("units.txt")
    return table, max(map(len, table))


def figures(text: str) -> Iterator[Entity]:
    """Every figure in `text`; ranges may overlap, the earlier kinds count for more."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            yield _entity(match, "date", _spans(match, skip=2 if pattern.groups == 4 else None))
    for match in _PERCENT.finditer(text):
        yield _entity(match, "percent", _spans(match))
    for match in _CURRENCY.finditer(text):
        yield _entity(match, "money", _spans(match))
    for match in _CAPITALS.finditer(text):
        yield _entity(match, "money", ((match.start(), match.end()),))
    for match in _ORDINAL.finditer(text):
        yield _entity(match, "ordinal", _spans(match))
    yield from _counts(text)


def _counts(text: str) -> Iterator[Entity]:
    for match in _ARABIC.finditer(text):
        end, unit, sort = _unit_after(text, match.end())
        if text.startswith("年级", match.end()) or (not unit and _is_structural(text, match.start(), match.end())):
            continue
        # a bare number in a sentence is a fact more often than not, but one digit alone is doubtful
        sure = bool(unit) or len(match.group()) > 1 or text.strip() == match.group()
        yield Entity(match.start(), end, sort, ((match.start(), match.end()),), sure)
    for match in _WORDS.finditer(text):
        if match.start() and text[match.start() - 1] in "第初周星期礼拜统唯每同":
            continue
        end, unit, sort = _unit_after(text, match.end())
        word = match.group()
        if not unit or word in _NOT_COUNTS or text.startswith("年级", match.end()):
            continue
        if word in _SMALL_WORDS and unit in _PROSE_UNITS:
            continue
        hole = (match.start(), match.end())
        yield Entity(match.start(), end, sort, (hole,))


def _unit_after(text: str, at: int) -> tuple[int, str, Sort]:
    """(where the unit ends, the unit, what it makes of the number); the end is `at` where there is none."""
    table, longest = _units()
    after = at
    if (odd := _ODD.match(text, after)) is not None:
        after = odd.end()
    for length in range(longest, 0, -1):
        word = text[after : after + length]
        if len(word) == length and word in table:
            sort = table[word]
            return after + length, word, "money" if sort == "money" else "percent" if sort == "percent" else "number"
    if (scale := _SCALES.match(text, after)) is not None:
        end, unit, sort = _unit_after(text, scale.end())
        return end, scale.group() + unit, sort
    return at, "", "number"


def _is_structural(text: str, start: int, end: int) -> bool:
    """A number that counts headings, figures or standards, or stands in a word of Latin letters."""
    if _STRUCTURAL_BEFORE.search(text[:start]):
        return True
    if end < len(text) and text[end].isascii() and text[end].isalpha():
        return True
    heading = not text[:start].strip(" \t　（(第")
    return heading and bool(_STRUCTURAL_AFTER.match(text[end:]))


def _spans(match: re.Match[str], skip: int | None = None) -> tuple[tuple[int, int], ...]:
    groups = range(1, match.re.groups + 1)
    return tuple(match.span(n) for n in groups if n != skip and match.span(n) != (-1, -1))


def _entity(match: re.Match[str], sort: Sort, holes: tuple[tuple[int, int], ...]) -> Entity:
    return Entity(match.start(), match.end(), sort, holes)
