"""Slot or elision: does a hole ask for something, or did a filter take a word out of the sentence?

Filters put one `_` for a word and leave the sentence as it was. Forms leave room, name what goes there and keep the unit.
So only a short rule inside a sentence is in question; what stands beside it decides. docs/decisions/0020 has the method
and its measured accuracy.
"""

from __future__ import annotations

import re

import rjieba

from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.kinds import named_by_neighbours
from fanwen.blanks.detect.labels import field_type
from fanwen.blanks.detect.suffixes import suffix_at

_HAN = re.compile(r"[一-龥]")
_HAN_TAIL = re.compile(r"[一-龥]{1,8}$")
_HAN_HEAD = re.compile(r"[一-龥]{1,8}")
# After these a name is wanted.
_WANTS_NAME = re.compile(
    r"(?:(?:^|[，。；、])与|赴|致|来自|位于|坐落于|坐落在|座落于|毕业于|就读于|任职于|就职于|考入|考取|录取到|升入|任命|聘请|聘任|特邀|邀请|授予|委托|授权"
    r"|兹有|兹证明|今收到|今借到|借到|送给|转交|转给|致电|名叫|名为|称为|命名为|主题为|题为|题目为|荣获|担任|现任|住在|现住|家住|出生于|生于|设在|转入|调入|前往"
    r"|选举|推选|支付给|汇入|存入|编号|编号为|文号|姓名)$"
)
# After these as often a name as anything else.
_MAY_WANT_NAME = re.compile(
    r"(?:与|和|同|(?<![由对属关等])于|向|由|受|经|到|叫|是|系|为|有|任|原|因|在|参加|本人|我|作为|根据|按照|依据|依照|证明|学生|同学|同志|职工|教师|公司|学校)$"
)
# Before these the subject of the clause is missing.
_SUBJECT_RIGHT = re.compile(
    r"(?:在(?!职|校|岗|编)|对(?!口|外|待)|于(?!是)|曾|已|将|也|还|又|都|均|系|是|为了?|向|从|被|把|以|因|作为|本身|同意|委托|承诺|保证|自愿|郑重|出席|主持|讲话|强调|指出|表示|介绍|说|认为|及其|的)"
)
_MODIFIERS = frozenset(
    [
        "精心",
        "广泛",
        "认真",
        "积极",
        "高度",
        "密切",
        "深入",
        "扎实",
        "大力",
        "着力",
        "努力",
        "全面",
        "统一",
        "严密",
        "周密",
        "严格",
        "加强",
        "强化",
        "健全",
        "完善",
        "优秀",
        "先进",
        "基层",
        "各级",
        "上级",
        "本级",
        "同级",
        "下级",
        "广大",
        "全体",
        "人民",
        "群众",
        "青年",
        "妇女",
        "社会",
        "机关",
    ]
)
_BOUND_RIGHT = frozenset("员委性化者感力率度们".strip())
_COMMON_PEOPLE = frozenset(
    ["学生", "员工", "教师", "家长", "领导", "代表", "委员", "医生", "医师", "工程师", "书记", "班长", "师傅", "群众"]
)
_COMMON_BODIES = frozenset(
    [
        "学校",
        "医院",
        "银行",
        "公司",
        "单位",
        "部门",
        "中心",
        "企业",
        "社区",
        "政府",
        "班组",
        "机构",
        "科室",
        "党委",
        "支部",
        "工会",
        "办公室",
        "委员会",
    ]
)


def decide(hole: Hole, text: str) -> None:
    """Sets role and confidence of a hole; elisions lose type, unit and hedge."""
    if hole.form != "underscore" or hole.end - hole.start > 2 or hole.explicit or hole.heads or hole.part:
        return
    score = elision_score(hole, text)
    if score > 0:
        hole.role = "elision"
        hole.type = hole.unit = hole.hedge = None
        hole.group = None
        hole.confidence = min(0.98, 0.6 + 0.1 * score)
    else:
        hole.confidence = min(0.97, 0.6 - 0.1 * score)


def elision_score(hole: Hole, text: str) -> float:
    """Above 0 for an elision; the size says how sure."""
    left_char, right_char = text[max(0, hole.start - 1) : hole.start], text[hole.end : hole.end + 1]
    left_han, right_han = bool(_HAN.match(left_char)), bool(_HAN.match(right_char))
    if not left_han and not right_han:
        return -2.0
    near = hole.near.rstrip(SPACES)
    if hole.type in ("date", "money", "percent", "ordinal"):
        return -4.0
    if hole.type == "number" and hole.unit is not None:
        return -3.0
    score = 1.0 if hole.end - hole.start == 1 else -1.0
    line_start = not hole.left.strip(SPACES)
    line_end = not hole.right.strip(SPACES)
    if line_end or (line_start and not right_han):
        # The end of a line is where a form leaves room.
        score -= 1.0 if not _ends_in_modifier(near) else 0.0
        if field_type(hole.label) and len(near) <= 10:
            score -= 2.0
    suffix = suffix_at(hole.right)
    if suffix and suffix[0] in _COMMON_PEOPLE:
        suffix = None
    modifier = left_han and _ends_in_modifier(near)
    if suffix and suffix[0] in _COMMON_BODIES and left_han and _ends_in_verb(near):
        score += 0.5
    if suffix and not modifier:
        score -= (
            1.0
            if suffix[0] in _COMMON_BODIES
            else 2.5
            if len(suffix[0]) > 1 or suffix[0] not in "委部处组科队社会"
            else 1.0
        )
    if modifier:
        score += 1.5
    if left_han and not modifier:
        if _WANTS_NAME.search(near):
            score -= 2.0
        elif named_by_neighbours(near, hole.right):
            score -= 1.5
        elif _MAY_WANT_NAME.search(near):
            score -= 0.5
    if not left_han and (line_start or near[-1:] in "，。；：,;:“") and _SUBJECT_RIGHT.match(hole.right):
        score -= 1.5
    if right_han and right_char in _BOUND_RIGHT and suffix is None:
        score += 1.0
    if not left_han and right_han and suffix is None and not line_start:
        score += 0.5
    return score


def _ends_in_verb(near: str) -> bool:
    match = _HAN_TAIL.search(near)
    return match is not None and rjieba.tag(match.group())[-1][1] in ("v", "vn")


def _ends_in_modifier(near: str) -> bool:
    """The last word asks for a word after it: 精心, 基层, 广泛."""
    if near[-2:] in _MODIFIERS:
        return True
    match = _HAN_TAIL.search(near)
    if match is None:
        return False
    tagged = rjieba.tag(match.group())
    word, kind = tagged[-1]
    return kind in ("d", "ad", "a") and len(word) > 1


def neighbours(hole: Hole) -> tuple[str, str]:
    """The Han characters directly at the left and at the right."""
    left, right = _HAN_TAIL.search(hole.near), _HAN_HEAD.match(hole.gap)
    return (left.group() if left else ""), (right.group() if right else "")
