"""Prompts, tags and empty brackets: places that say themselves what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import bare, field_type
from fanwen.blanks.detect.measure import unit_after, unit_word
from fanwen.blanks.detect.suffixes import suffix_at
from fanwen.blanks.detect.word_lists import typed_words
from fanwen.blanks.types import Form


class Prompt(NamedTuple):
    start: int
    end: int
    form: Form
    words: str
    """What it asks for; "" for empty brackets."""


_TAGS = re.compile(
    r"\{\{\s*([^{}\n]{1,80}?)\s*\}\}|\$\{\s*([^{}\n]{1,60}?)\s*\}|«\s*([^«»\n]{1,60}?)\s*»|<<\s*([^<>\n]{1,60}?)\s*>>|\[\[\s*([^\[\]\n]{1,60}?)\s*\]\]"
)
_BRACKETS = re.compile(
    r"【([^【】\n]{1,60})】|\[([^\[\]\n]{1,160})\]|［([^［］\n]{1,60})］|〔([^〔〕\n]{1,40})〕|（([^（）\n]{1,60})）|\(([^()\n]{1,60})\)"
    r"|<([^<>\n]{1,30})>|＜([^＜＞\n]{1,30})＞|〈([^〈〉\n]{1,30})〉|\{([^{}\n]{1,30})\}|｛([^｛｝\n]{1,30})｝"
)
_MOST_HAN = 60
"""Characters of a prompt with Han in it; an English one that says what to describe is longer."""
_ASK = re.compile(
    r"^(?:此处|在此处?|这里)?(?:由\S{1,6})?(?:请)?(?:在此处?|此处)?(?:如实|准确|自行|简要|详细|按实际|根据实际情?况?|据实)?"
    r"(?:填写|填入|填|输入|插入|选择|选填|写明|注明|补充|录入|说明|描述|列出|列明|写上|点击|单击|待填|待定|待补充|待确认|添加|粘贴)"
)
_NOTE = re.compile(
    r"打[√✓勾钩]|划[√✓勾]|[√✓]|说明：|填表|填写说明|完整|工整|清楚|钢笔|签字笔|正楷|楷书|如有|可附|附页|附后|不够|份数|一式|真实有效|如实填写$|后交|后提交|粘贴照片|贴照片|另行|另附|不填|无需|以上|以下|多选|单选|限选|最多"
)
_PLAIN = re.compile(
    r"(?:单击|点击)(?:或(?:点击|轻触|单击))?(?:此处|这里|以)(?:可)?(?:输入|添加|选择|键入|编辑)[^，,；;\n]{0,12}?(?:文字|文本|日期|内容|姓名|标题|名称)?。?(?=[\s，,；;）)]|$)"
)
_ANSWER = re.compile(
    r"(?:[：:]|^)[ \u3000\t]*((?:请(?:输入|填写|选择|填)|在此(?:输入|填写|处填写)|此处填写|选择一项)[^，,。；;：:\s]{0,14}。?)[ \u3000]*$"
)
_ENGLISH_ASK = re.compile(
    r"^(?:insert|enter|your|type|click|please|fill|describe|explain|specify|summari[sz]e|provide|choose|select|briefly|recipient|sender|company|employer|employee|name|date|address|title|amount|number|city|state|phone|email|signature|position|department|client|customer|party|project|landlord|tenant|the )\b",
    re.IGNORECASE,
)
_ENGLISH_FIELD = re.compile(
    r"\b(?:name|date|address|company|title|amount|number|city|state|country|phone|email|e-mail|signature|position|salary|department|period|term|year|month|day|price|time|place|organization|organisation|school|party|currency|code)\b",
    re.IGNORECASE,
)
_TAKES_NAME = re.compile(
    r"(?:兹有|兹证明|证明|叫|是|系|为|由|与|和|在|于|致|向|对|给|任命|聘任|聘请|聘|今有|今收到|收到|授权|委托|共|约|本人|第|自|至|从|经|到|赴|尊敬的|位于|名|同学|同志|号)$"
)
_EMPTY = re.compile(
    r"【[ \u3000\xa0●]{1,30}】|\[[ \u3000\xa0●]{1,30}\]|［[ \u3000●]{1,30}］|〔([ \u3000]{1,30})〕|（([ \u3000\xa0]{1,40})）|\(([ \u3000\xa0]{1,40})\)"
)


def prompts(text: str, *, cell: bool) -> Iterator[Prompt]:
    """Tags, prompts in brackets and plain prompts of a passage, in no order; they may overlap."""
    for match in _TAGS.finditer(text):
        yield Prompt(match.start(), match.end(), "tag", next(group for group in match.groups() if group))
    for match in _BRACKETS.finditer(text):
        inner = next(group for group in match.groups() if group).strip()
        if inner and _is_prompt(text, match.start(), match.end(), inner):
            yield Prompt(match.start(), match.end(), "prompt", inner)
    if "击" in text:
        for match in _PLAIN.finditer(text):
            yield Prompt(match.start(), match.end(), "prompt", match.group())
    answer = _ANSWER.search(text)
    if answer and not _NOTE.search(answer.group(1)) and (answer.group()[0] in "：:" or cell):
        yield Prompt(answer.start(1), answer.end(1), "prompt", answer.group(1))


def empty_brackets(text: str) -> Iterator[Prompt]:
    """Brackets with nothing but space inside. Round ones stay where they are; square ones are the blank."""
    for match in _EMPTY.finditer(text):
        group = next((number for number in (1, 2, 3) if match.group(number)), 0)
        before = text[max(0, match.start() - 1) : match.start()]
        if match.group() == "[ ]" and before.isascii() and before.isalnum():
            continue
        if group and before.isascii() and (before.isalnum() or before == "_"):
            continue
        yield Prompt(match.start(group), match.end(group), "bracket", "")


def _is_prompt(text: str, start: int, end: int, inner: str) -> bool:
    opening = text[start]
    left, right = text[max(0, start - 200) : start].rstrip(SPACES), text[end : end + 200].lstrip(SPACES)
    if _NOTE.search(inner):
        return False
    if len(inner) > _MOST_HAN and not inner.isascii():
        return False
    if inner.isascii():
        return opening in "[【<{" and _is_english_prompt(inner, opening)
    if _ASK.match(inner) and _ASK.fullmatch(inner + "") is not None and len(inner) <= 3:
        return opening in "【[［<〈{" or inner.startswith(("待", "填"))
    if (
        _ASK.match(inner)
        and len(inner) <= 30
        and (opening not in "（(" or not re.match(r"(?:说明|描述|选择题|添加剂|点击率|插入语|补充)", inner))
    ):
        # A bracket that explains the rule beside it is a hint, not a second blank.
        return not (opening in "（(" and (re.search(r"[_＿…×XＸ□]$", left) or right.startswith(("：", ":", "_", "＿"))))
    if opening in "（(〔":
        return opening != "〔" and _is_name_in_brackets(left, right, inner)
    if not _is_field(inner):
        return False
    if opening in "【[［":
        # 【教学目标】 before its text is a heading.
        heads = (
            not left
            and bool(right)
            and right[0] not in "，,。；;、的同先女老（("
            and suffix_at(right) is None
            and unit_after(right) is None
        )
        alone = not left and not right
        return not heads and not (alone and opening != "[")
    return True


def _is_field(inner: str) -> bool:
    name = bare(inner)
    if len(name) > 14 or re.search(r"[，。；：！？,;:!?]", inner):
        return False
    return field_type(name) is not None or unit_word(name) is not None or name in typed_words("suffixes.txt")


def _is_name_in_brackets(left: str, right: str, inner: str) -> bool:
    """我叫（姓名），今年（年龄）岁: a field's own word where a value belongs."""
    if inner not in typed_words("fields.txt") or right.startswith(("：", ":", "_", "＿")):
        return False
    kind = typed_words("fields.txt")[inner]
    if kind == "text" and inner not in ("职务", "专业", "项目名称", "课程名称", "活动名称"):
        return False
    if inner in ("签字", "签名", "盖章", "公章", "签章", "日期", "大写", "小写", "甲方", "乙方", "丙方", "盖公章"):
        return False
    return _TAKES_NAME.search(left) is not None or suffix_at(right) is not None


def _is_english_prompt(inner: str, opening: str) -> bool:
    if not re.search(r"[A-Za-z]{2}", inner) or len(inner) < 3:
        return False
    if opening in "<{":
        return _ENGLISH_FIELD.search(inner) is not None and " " not in inner.strip("/") and not inner.startswith("/")
    return _ENGLISH_ASK.match(inner) is not None or (inner[0].isupper() and _ENGLISH_FIELD.search(inner) is not None)
