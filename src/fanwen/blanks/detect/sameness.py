"""The same fact asked again: the same tag, the same placeholder before the same word, the same party of a contract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fanwen.blanks.detect.hole import Hole
from fanwen.blanks.detect.labels import bare, bracket, clean
from fanwen.blanks.detect.suffixes import suffix_at

_ONCE = re.compile(
    r"^(?:甲方|乙方|丙方|丁方|出租方|承租方|出租人|承租人|出借人|借款人|担保人|委托人|受托人|被委托人|授权人|被授权人|买受人|出卖人|发包人|承包人|供方|需方|买方|卖方|转让方|受让方|"
    r"申请人|承诺人|请假人|借条人|项目名称|工程名称|课题名称|课程名称|活动名称|会议名称|合同名称|合同编号|项目编号|合同金额|项目负责人|学校名称|公司名称|单位名称|企业名称|申请人姓名|学生姓名|员工姓名|申报单位|姓名)$"
)
_LIST_ALL = re.compile(r"签[字名]")


def find_same(holes: Sequence[Hole]) -> None:
    """Sets `same_as` to the index of the first hole with the same fact."""
    first: dict[tuple[str, ...], int] = {}
    # [姓名] twice in a sentence is two people.
    repeated = Counter((hole.passage, hole.prompt) for hole in holes if hole.form == "prompt")
    for index, hole in enumerate(holes):
        if hole.form == "prompt" and repeated[hole.passage, hole.prompt] > 1:
            continue
        if hole.role == "elision" or hole.listed or hole.form == "checkbox":
            continue
        if _is_figures_of(holes, index):
            hole.same_as = _amount_before(holes, index)
            continue
        key = _key(hole)
        if key is None:
            continue
        known = first.setdefault(key, index)
        if known == index or hole.same_as is not None:
            continue
        if key[0] == "suffix" and holes[known].passage == hole.passage:
            # ××公司与××公司 in a sentence are two.
            continue
        if key[0] == "label" and _is_another_person(holes, known, index):
            continue
        hole.same_as = known


def _is_another_person(holes: Sequence[Hole], first: int, second: int) -> bool:
    """姓名 with 电话 after it, and again 姓名 with 电话: a list of people, one block each."""
    after = [holes[place + 1].label if place + 1 < len(holes) else None for place in (first, second)]
    return after[0] is not None and after[0] == after[1] and holes[first].type == "person"


def _key(hole: Hole) -> tuple[str, ...] | None:
    if hole.key:
        return ("key", hole.key)
    if hole.part:
        return None
    if hole.form in ("cross", "placeholder", "prompt") and not hole.explicit:
        if (
            hole.form == "prompt"
            and hole.prompt
            and len(hole.prompt) <= 20
            and hole.type in ("person", "organization", "place", "id", "phone")
        ):
            return ("prompt", hole.prompt)
        suffix = suffix_at(hole.right)
        if hole.type in ("organization", "place") and suffix:
            return ("suffix", hole.text, suffix[0])
        return None
    if hole.label and (hole.explicit or hole.form in ("underscore", "rule")):
        label = clean(hole.label)
        if _LIST_ALL.search(label) or _LIST_ALL.search(bracket(label)):
            return None
        name = bare(label)
        if _ONCE.match(name):
            return ("label", name, hole.type or "", hole.unit or "")
    return None


def _is_figures_of(holes: Sequence[Hole], index: int) -> bool:
    """（¥____） after 人民币（大写）____元: the amount once more in figures."""
    hole = holes[index]
    if hole.type != "money" or index == 0:
        return False
    return (
        re.search(r"(?:[¥￥]|小写)[）)]?[：:]?\s*[¥￥]?(?:RMB)?\s*$", hole.near) is not None
        and _amount_before(holes, index) is not None
    )


def _amount_before(holes: Sequence[Hole], index: int) -> int | None:
    hole = holes[index]
    for earlier in range(index - 1, max(-1, index - 3), -1):
        other = holes[earlier]
        if other.type == "money" and abs(other.passage - hole.passage) <= 1 and "大写" in other.left[-24:]:
            return earlier
    return None
