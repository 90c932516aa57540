"""What a hole asks for: its type, unit and hedge."""

from __future__ import annotations

import re

from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.labels import bare, clean, label_type
from fanwen.blanks.detect.measure import hedge_around, unit_after, unit_of_head, unit_word
from fanwen.blanks.detect.placeholders import SURNAMES
from fanwen.blanks.detect.suffixes import named_later, suffix_at
from fanwen.blanks.types import BlankType

_NUMERIC = ("number", "money", "percent", "ordinal")
_MONEY_LEFT = re.compile(r"(?:[¥￥$]|人民币|RMB|大写|小写|USD)[）)：:]?[ \u3000]*$")
# Words that count groups as well as name departments.
_EITHER = frozenset("所部科室队组级班门厂处区县市村镇乡户局社会楼")
_ORDINAL_UNIT = re.compile(
    r"[ ]?(周年|学期|届|次|章|条|款|项|期|名|号令|号|季度|周|批|轮|节课|节|课时|课|种|页|位|年|阶段|类|册|卷|集|级|组|等|编|版|标段|中学|小学|幼儿园|医院|会议室|教室|教学楼|车间|合同段|编|场|站|天|个)"
)
_DOCUMENT_NUMBER = re.compile(r"(?:〕|\]|］|】|字第?|号第|编号第?|No\.?|№|文号)[ ]?$")
_AT_SCHOOL = re.compile(r"(?:考入|考取|考上|录取到|升入|毕业于|就读于|任职于|就职于|供职于|来自|隶属|隶属于|加盟)$")
_AT_PLACE = re.compile(
    r"(?:位于|坐落于|坐落在|座落于|座落在|住在|家住|现住|住|前往|赴|出生于|设在|户籍在|地处|途经|抵达|到达|在)$"
)
_BY_PERSON = re.compile(
    r"(?:由|(?<!申)请|尊敬的|亲爱的|任命|聘请|聘任|特邀|邀请|选举|推荐|兹有|兹证明|本人|我叫|姓名为|学生|员工|职工|教师|指派|委派|委托|授权|致敬|交给|送给)$"
)
_PERSON_RIGHT = re.compile(
    r"^[ ]?(?:[（(](?:先生|女士|身份证|签字|签名|男|女)|您好|你好|介绍(?!信)|被评为|荣获|同志|系(?:我|本)|担任|任|主持|主讲|出任|参加工作|，?[男女][，,、]|作(?:了)?(?:重要)?(?:讲话|报告|发言)|带队|负责|等[\d_＿ ]*[人名位]|等同志|等人|交来)"
)
_ORG_RIGHT = re.compile(
    r"^[ ]?(?:〔|的(?:法定代表人|员工|职工|负责人|委托)|\(?[（(]?[\"“](?:the )?(?:Company|Employer|Client|Landlord|Licensor|Supplier|Buyer|Seller)|[（(](?:以下简称|盖章|公章|单位)|主办|承办|协办|颁发|出具|教职工|全体|员工|工作单位)"
)
_IN_WORDS = re.compile(
    r"[万仟佰][ ]?[_＿ ]+[ ]?[仟佰拾]|[佰拾][ ]?[_＿ ]+[ ]?[拾元]|[元][ ]?[_＿ ]+[ ]?角[ ]?[_＿ ]+[ ]?分"
)
_TELEPHONE = re.compile(r"([XxＸ×])\1+[-－—]\1+|([XxＸ×])\2{6,}")
_COURT = re.compile(r"^[一-龥]{2,6}(?:仲裁委员会|人民法院)")
_WITH_PARTNER = re.compile(r"(?:^|[，,。；;、我校院司县市局])(?:与|和|同)$")
_SHORTENED = re.compile(r"^(?:党|政|工|学|年|月)$")
_PARTY = re.compile(r"^(?:甲|乙|丙|丁)方")


def find_type(hole: Hole) -> None:
    """Sets type, unit and hedge where nothing has set the type yet."""
    label = hole.label
    named = hole.heads or ((label,) if label and hole.explicit else ())
    if hole.form in ("cell", "label"):
        _of_heads(hole, named)
        return
    if hole.type is None:
        hole.type = _of_context(hole)
    if hole.type in _NUMERIC:
        hole.hedge = hedge_around(hole.left, hole.right)
    if hole.unit is None and hole.type in ("number", "money", "percent", None, "text"):
        _take_unit_of_heads(hole, named)


def _of_heads(hole: Hole, heads: tuple[str, ...]) -> None:
    if hole.type is None:
        _take_unit_of_heads(hole, heads)
    if hole.type is None:
        hole.type = _of_label_list(heads)
    if hole.prompt and hole.unit is None and hole.type in ("number", "money"):
        # The caption's unit: 单位：万元.
        hole.unit, hole.type = hole.prompt, unit_word(hole.prompt) or hole.type


def _take_unit_of_heads(hole: Hole, heads: tuple[str, ...]) -> None:
    for head in reversed(heads):
        found = unit_of_head(head)
        if found:
            hole.unit = found[0]
            if hole.type in (None, "text"):
                hole.type = found[1]
            return


def _of_label_list(heads: tuple[str, ...]) -> BlankType:
    """A column head says more about the kind of value than a row head does, unless it says nothing."""
    guesses = [guess for head in reversed(heads) if (guess := label_type(head))]
    return next((guess for guess in guesses if guess != "text"), "text")


def _of_context(hole: Hole) -> BlankType:
    near, right, label = hole.near, hole.right, hole.label
    if hole.prompt:
        return _of_prompt(hole)
    named = label_type(label) if hole.explicit else None
    if _DOCUMENT_NUMBER.search(near.rstrip(SPACES)) and re.match(r"[ ]?号", right):
        return "id"
    if near.rstrip(SPACES + "（(").endswith("第"):
        return _ordinal(hole)
    if re.search(r"[（(]$", near) and re.match(r"[)）]班", right):
        hole.unit = "班"
        return "ordinal"
    if near.rstrip(SPACES).endswith("百分之"):
        return "percent"
    if near.rstrip(SPACES).endswith(("千分之", "万分之")):
        return "number"
    if named in ("phone", "id", "date"):
        return named
    suffix = suffix_at(right)
    if suffix and suffix[1] == "person" and re.search(r"(?:任|担任|聘为|晋升为|原)$", near):
        suffix = None
    unit = unit_after(hole.gap, near)
    if suffix and (unit is None or _prefers_name(hole, suffix[0], unit.word, unit.sure)):
        return suffix[1]
    if (place := re.match(r"[ ]?([万仟佰拾千百十元角分])[ ]?(?=[_＿ \u3000]|整|角|分|$)", right)) and _IN_WORDS.search(
        hole.left + hole.text + hole.right
    ):
        hole.unit = place.group(1)
        return "money"
    if unit and named not in (None, "number", "money", "percent", "ordinal", "text") and not unit.sure:
        unit = None
    if unit and unit.sure:
        hole.unit = unit.word
        if unit.word == "级" and re.match(r"级(?:$|[_＿×XxＸ\s]|\S{0,4}(?:专业|班|学生|新生))", right):
            return "ordinal"
        if unit.word == "学年":
            return "date"
        if unit.word == "季度" and re.search(r"年[度]?$", near):
            return "ordinal"
        if unit.word == "班" and re.search(r"年级?$|（$|\($", near):
            return "ordinal"
        if unit.type == "number" and named == "money":
            return "money"
        return unit.type
    if _MONEY_LEFT.search(hole.left):
        return "money"
    if hole.form == "cross" and _TELEPHONE.fullmatch(hole.text):
        return "phone"
    if suffix is None and hole.form != "bracket" and not _COURT.match(right) and named_later(right):
        return "organization"
    if (
        hole.form == "bracket"
        and re.match(r"[〕\])）][ ]?第?", right)
        and re.search(r"[〔\[（(]$", near)
        and "号" in right
    ):
        return "date"
    if named:
        return named
    guess = label_type(label) if label else None
    if guess and label and (len(bare(label)) <= 8 or not hole.glued):
        return guess
    return _of_neighbours(hole, near.rstrip(SPACES), right)


def _prefers_name(hole: Hole, suffix: str, unit: str, sure: bool) -> bool:
    if len(suffix) > len(unit):
        return True
    if hole.form in ("cross", "placeholder"):
        return unit in _EITHER or not sure
    if unit in "处所社区队组班楼":
        # 发现隐患____处 counts; 由____处牵头 names.
        return (
            re.search(r"(?:^|[在由向到经与和及、于从自任系])$", hole.near.rstrip(SPACES)) is not None
            and suffix[0] == unit[0]
            and unit in "处社区"
        )
    return unit in _EITHER and suffix[0] == unit[0] and not re.search(r"[共有达近约第等]$", hole.near)


def _ordinal(hole: Hole) -> BlankType:
    match = _ORDINAL_UNIT.match(hole.right.lstrip(")）"))
    if match:
        if match.group(1) in ("中学", "小学", "幼儿园", "医院", "会议室", "教室", "教学楼", "车间"):
            return "ordinal"
        hole.unit = match.group(1)
    else:
        unit = unit_after(hole.gap, hole.near)
        hole.unit = unit.word if unit else None
    return "ordinal"


_TO_BE_WRITTEN = re.compile(r"(?:briefly|describe|explain|summari[sz]e)\b", re.IGNORECASE)


def _of_prompt(hole: Hole) -> BlankType:
    if _TO_BE_WRITTEN.match(hole.prompt):
        return "text"
    words = re.sub(
        r"^(?:请|在此处?|此处|这里)*(?:如实|自行)?(?:填写|填入|填|输入|插入|选择|写明|注明|写上|单击|点击)*(?:或点击|或轻触)?(?:此处)?(?:输入|填写)?(?:您的|你的|贵|本人)?",
        "",
        hole.prompt,
    )
    words = re.sub(r"(?:处|等信息|信息|。)$", "", words.strip(SPACES + "【】[]（）()<>{}"))
    if hole.explicit and (kind := label_type(hole.label)) and kind != "text":
        _take_unit(hole)
        return kind
    kind = label_type(words) or unit_word(words)
    if kind is None:
        suffix = [length for length in range(1, 5) if suffix_at(words[-length:]) and len(words) >= length]
        found = suffix_at(words[-suffix[-1] :]) if suffix else None
        kind = found[1] if found else None
    if kind is None and re.search(r"数字|数值", words):
        kind = "number"
    if kind in (None, "text", "number", "money", "percent"):
        unit = unit_after(hole.gap, hole.near)
        if unit and unit.sure and (kind in (None, "text", "number") or unit.type == kind):
            hole.unit = unit.word
            return unit.type
    return kind or "text"


def _take_unit(hole: Hole) -> None:
    unit = unit_after(hole.gap, hole.near)
    if unit and unit.sure and label_type(hole.label) in ("number", "money", "percent"):
        hole.unit = unit.word


_ENGLISH: tuple[tuple[re.Pattern[str], BlankType], ...] = (
    (re.compile(r"(?:USD|RMB|CNY|EUR|GBP|US\$|HK\$|[$€£])\s*$"), "money"),
    (re.compile(r"\b(?:on|by|before|dated|until|from|since|effective)\s*$", re.IGNORECASE), "date"),
    (
        re.compile(r"\b(?:Dear|authori[sz]es?|appoints?|undersigned,?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|I,|signed by)\s*$"),
        "person",
    ),
    (re.compile(r"\b(?:located at|residing at|address is|in the city of)\s*$", re.IGNORECASE), "place"),
    (re.compile(r"\b(?:between|employed by|company called|on behalf of)\s*$", re.IGNORECASE), "organization"),
)


_ON_A_SUBJECT = re.compile(
    r"\b(?:projects?|reports?|speech|talks?|lectures?|papers?|essays?|articles?|books?|courses?|thesis|presentation|research|study"
    r"|opinions?|views?|information|advice|agreement|based|depend\w*|focus\w*|work\w*|effects?|impact|influence) on\s*$",
    re.IGNORECASE,
)


def _of_english(near: str) -> BlankType | None:
    if _ON_A_SUBJECT.search(near):
        return None
    return next((kind for pattern, kind in _ENGLISH if pattern.search(near)), None)


def named_by_neighbours(near: str, right: str) -> bool:
    """The words around speak of a person, a body or a place by its name: 由_主持, 报_审批."""
    if _PERSON_RIGHT.match(right) or _ORG_RIGHT.match(right) or _COURT.match(right) or _AT_SCHOOL.search(near):
        return True
    return re.search(r"[报经]$", near) is not None and re.match(r"审批|审核|批准|备案|同意|介绍", right) is not None


def _of_neighbours(hole: Hole, near: str, right: str) -> BlankType:
    if re.match(r"[ ]?的(?:正确|坚强|亲切|大力|热情|精心)?(?:领导|支持|关心|关怀|指导|帮助|带领|配合)", right):
        return "organization"
    if re.search(r"[每至到（(、]周$", near):
        return "date"
    if english := _of_english(near):
        return english
    if _COURT.match(right):
        return "place"
    if hole.form == "cross" and near[-1:] in SURNAMES:
        return "person"
    if _PERSON_RIGHT.match(right):
        return "person"
    if _ORG_RIGHT.match(right):
        return "organization"
    if re.search(r"[于在至到从自]$|截至$|截止$|截止到$", near) and re.match(
        r"[ ]?(?:之?前|以前|之?后|以后|起|止|召开|开始|结束|[在向与])", right
    ):
        return "date"
    if re.search(r"[报经]$", near) and re.match(r"[ ]?(?:审批|审核|批准|审定|备案|同意|核准|研究)", right):
        return "organization"
    if re.search(r"进入$|加入$|调入$|就职$|供职$", near):
        return "organization"
    if _AT_SCHOOL.search(near):
        return "organization"
    if _BY_PERSON.search(near):
        return "person"
    if _WITH_PARTNER.search(near):
        return "organization"
    if _AT_PLACE.search(near):
        return "place"
    return "text"


def party(label: str | None) -> str:
    """甲方 of 甲方（盖章）, or ""."""
    match = _PARTY.match(clean(label)) if label else None
    return match.group() if match else ""
