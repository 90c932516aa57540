"""Units and hedges around a hole."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import rjieba

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import unspaced
from fanwen.blanks.detect.word_lists import lexicon, typed_words
from fanwen.blanks.types import BlankType


class Unit(NamedTuple):
    word: str
    type: BlankType
    end: int
    """Where it ends in the text it was looked for in."""
    sure: bool
    """False where the word at this place may as well begin another word (名师, 个人, 项目)."""


_BEFORE_UNIT = re.compile(r"[ \xa0]?(余|多)?")
_GLUED_FIELD = re.compile(r"([一-龥 \u3000]{1,8})[：:]")
_NEXT_FIELD = re.compile(r"\s+[^：:\s，。；]{1,10}[：:]")
_HEDGE_LEFT = re.compile(
    r"(?:突破|(?<![不未没])超过|(?<![到抵送传表下发直通四])达到?|(?<![附最靠邻远相亲])近|接近|(?<![条合契签节公违预制邀赴])约"
    r"|逾|(?<![平高中初一二三四相同上下劣优])等)了?(?:人民币)?[ \u3000¥￥]*$"
)
_HEDGES = ("突破", "超过", "达", "近", "约", "逾", "等")
_HEAD_UNIT = re.compile(r"[（(]\s*(?:单位\s*[：:]?\s*|人民币\s*)?([^（）()]{1,8})\s*[)）]")
# Words in which a measure word is only the first character.
_AFTER_NUMBER = re.compile(
    r"(?:有|共|共计|总计|计|为|达|近|约|突破|超过|完成|竣工|投入|投资|开展|举办|召开|组织|培训|表彰|评选|选派|新建|建成|录取|考入|发放|编发|减少|增加|下降|增长|提高|上升|第|每|满|前|后|余|至|得|用时|历时|需|占|于|和|、|，|,|；|：|:|。|（|\()$"
)


@cache
def _units() -> tuple[dict[str, BlankType], int]:
    table: dict[str, BlankType] = {}
    for word, kind in typed_words("units.txt").items():
        table[word] = kind  # type: ignore[assignment]
    return table, max(map(len, table))


def unit_word(text: str) -> BlankType | None:
    """The type that `text` makes of a number, when the whole of it is a unit."""
    return _units()[0].get(text.strip().lower())


def unit_after(right: str, left: str = "") -> Unit | None:
    """The unit at the start of `right`, after 余 or 多."""
    if _begins_field(right):
        return None
    lead = _BEFORE_UNIT.match(right)
    offset = lead.end() if lead else 0
    table, longest = _units()
    text = right[offset : offset + longest].lower()
    for length in range(min(longest, len(text)), 0, -1):
        kind = table.get(text[:length])
        if kind is None:
            continue
        word = right[offset : offset + length]
        if word.isascii() and word.isalpha() and right[offset + length : offset + length + 1].isalpha():
            continue
        end = offset + length
        return Unit(word, kind, end, bool(lead and lead.group(1)) or _stands_alone(word, right[offset:], left))
    in_brackets = re.match(r"[ \u3000]?[（(]\s*([^（）()]{1,8})\s*[)）]", right)
    if in_brackets and (kind := table.get(in_brackets.group(1).lower())):
        return Unit(in_brackets.group(1), kind, in_brackets.end(), True)
    return None


def _begins_field(right: str) -> bool:
    """The next label follows: ____ 页数：, ____日 期：."""
    if right[:1].isspace():
        return _NEXT_FIELD.match(right) is not None
    match = _GLUED_FIELD.match(right)
    if match is None:
        return False
    label = unspaced(match.group(1))
    return label in typed_words("fields.txt")


def _stands_alone(word: str, text: str, left: str) -> bool:
    following = text[len(word) : len(word) + 1]
    if len(word) > 1 or not ("一" <= following <= "龥"):
        return True
    longer = lexicon().longest_at(text)
    if not longer or not longer.startswith(word):
        return True
    if left[-2:] + longer in lexicon():
        return False
    if _AFTER_NUMBER.search(left):
        # After 共有 a measure word counts, unless the whole reads as one well-known word (项目, 人员).
        return lexicon().frequency(longer) < 3000 or word in "个名所"
    tokens = rjieba.cut("三" + text[:8])
    return tokens[0] == "三" + word or (len(tokens) > 1 and tokens[0] == "三" and tokens[1] == word)


def hedge_around(left: str, right: str) -> str | None:
    """The word that says how exact the number claims to be; without those that bound it (不超过, 至少)."""
    if re.match(r"[ \u3000]?余(?!额|款|下|热|地|数|量)", right):
        return "余"
    match = _HEDGE_LEFT.search(left[-16:])
    if match is None:
        return None
    return next(hedge for hedge in _HEDGES if hedge in match.group())


def unit_of_head(head: str) -> tuple[str, BlankType] | None:
    """The unit that a label names in brackets: 金额（万元）, 面积(㎡); or after a slash: 单价/元."""
    table = _units()[0]
    for match in _HEAD_UNIT.finditer(head):
        kind = table.get(match.group(1).strip().lower())
        if kind:
            return match.group(1).strip(), kind
    tail = re.split(r"[/／，,]", head.strip(SPACES + "：:"))
    if len(tail) > 1 and (kind := table.get(tail[-1].strip().lower())):
        return tail[-1].strip(), kind
    return None
