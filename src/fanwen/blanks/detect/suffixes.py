"""Words at the right of a name that say what the name is: 县, 公司, 同志."""

from __future__ import annotations

import re
from functools import cache

from fanwen.blanks.detect.word_lists import lexicon, typed_words
from fanwen.blanks.types import BlankType


@cache
def _suffixes() -> tuple[dict[str, str], int]:
    table = typed_words("suffixes.txt")
    return table, max(map(len, table))


_NOT_SUFFIX = ("市场", "区分", "区别", "区域", "路线", "路过", "学习", "学生", "学员", "学者", "学术", "学年", "学期", "学科", "学历", "学分", "学时", "学位",
               "部分", "处理", "处于", "处分", "处罚", "厂房", "科学", "科技", "科目", "科研", "社会", "楼梯", "组织", "组成", "组建", "组长", "委托", "委派",
               "队员", "队伍", "村民", "村干部", "镇定", "省略", "省级", "市民", "市级", "县级", "区级", "街上", "局面", "局部", "局势", "州长")  # fmt: skip


def suffix_at(right: str) -> tuple[str, BlankType] | None:
    """The longest suffix word at the start of `right`, where no other word begins there."""
    table, longest = _suffixes()
    text = right[:longest]
    for length in range(len(text), 0, -1):
        kind = table.get(text[:length])
        if kind is None:
            continue
        if length == 1:
            if right.startswith(_NOT_SUFFIX):
                return None
            word = lexicon().longest_at(right)
            if len(word) > 1 and word not in table and kind != "place" and lexicon().frequency(word) >= 300:
                return None
        return text[:length], kind  # type: ignore[return-value]
    return None


_LATER = re.compile(
    r"[一-龥]{1,7}?(?:有限责任公司|股份有限公司|有限公司|公司|集团|大学|学院|中学|小学|幼儿园|学校|医院|银行|委员会|研究[所院]|事务所|公证处|法院|检察院|派出所|协会|商会|学会|工会|[^结格布当大]局|厅)(?![一-龥]{0,1}(?:长|员|建设|发展))"
)
_BREAKS_NAME = re.compile(r"[的和与及在于对向由被把将等为是有我你他本该各某]|召开|参加|举行|进行|开展|同志|老师")


def named_later(right: str) -> bool:
    """An organisation's name goes on and ends in its kind: ____理工大学, ____建筑工程有限公司."""
    match = _LATER.match(right)
    return match is not None and not _BREAKS_NAME.search(match.group())
