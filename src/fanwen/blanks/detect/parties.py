"""A contract's party is an organisation, unless what is asked beside it says it is a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanwen.blanks.detect.hole import Hole
from fanwen.blanks.detect.labels import bare, bracket, clean

_PARTY = re.compile(
    r"^(?:甲方|乙方|丙方|丁方|出租方|承租方|转让方|受让方|买方|卖方|供方|需方|委托方|受托方|借款方|出借方|贷款方|担保方|保证方|雇主|雇员|用人单位|劳动者)"
)
_IS_PERSON = re.compile(r"身份证|性别|民族|出生|户籍|住址|家庭|姓名")
_IS_ORGANIZATION = re.compile(r"法定代表|法人|信用代码|营业执照|注册地址|单位|公司|开户")
_PERSON_NAMES = re.compile(
    r"劳动者|员工|雇员|职工|教师|学生|家长|个人|实习生|受聘|应聘|自然人|保姆|业主|房东|租客|姓名"
)
_REACH = 5


def settle_parties(holes: Sequence[Hole]) -> None:
    """Corrects the type of 甲方, 乙方, ... in place."""
    known: dict[str, str] = {}
    for index, hole in enumerate(holes):
        if hole.type != "organization" or not hole.label or not hole.explicit:
            continue
        match = _PARTY.match(clean(hole.label))
        if match is None:
            continue
        inside = bracket(hole.label)
        if re.search(r"盖章|公章|签章", inside):
            if known.get(match.group()) == "person":
                hole.type = "person"
            continue
        if _PERSON_NAMES.search(inside) or (_PERSON_NAMES.search(bare(hole.label))):
            hole.type = "person"
        elif not inside or not _IS_ORGANIZATION.search(inside):
            hole.type = "person" if _asks_of_person(holes, index) else "organization"
        known[match.group()] = hole.type
    _settle_measures(holes)
    for hole in holes:
        if (
            hole.type == "organization"
            and hole.label
            and (match := _PARTY.match(clean(hole.label)))
            and known.get(match.group()) == "person"
        ):
            hole.type = "person"


def _settle_measures(holes: Sequence[Hole]) -> None:
    """单位 between 数量 and 单价 is the unit of measure."""
    for index, hole in enumerate(holes):
        if hole.type == "organization" and hole.label == "单位":
            around = holes[max(0, index - _REACH) : index + _REACH]
            if any(re.match(r"数量|单价|规格|型号|金额|品名", other.label or "") for other in around):
                hole.type = "text"


def _asks_of_person(holes: Sequence[Hole], index: int) -> bool:
    for later in holes[index + 1 : index + 1 + _REACH]:
        label = later.label or ""
        if _PARTY.match(clean(label)):
            return False
        if _IS_ORGANIZATION.search(label):
            return False
        if _IS_PERSON.search(label):
            return True
    return False
