"""What stands before a hole, and what it says about the hole."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.word_lists import typed_words
from fanwen.blanks.types import BlankType

_BOUNDARY = re.compile(r"[，,。；;！!？?、“”\"‘’《》〈〉【】\[\]{}|\n]|[ \u3000\xa0]{2,}|\t|[：:](?=.)")
_SPACED = re.compile(r"(?<![一-龥])[一-龥](?:[ \u3000\xa0]+[一-龥])+(?![一-龥])")
_NUMBERING = re.compile(
    r"^\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}(?:[.．]\d{1,2})*[、.．)）]"
    r"|\d{1,2}(?:[.．]\d{1,2})+|[①-⑳]|[●◆◇★☆■▪•·➢✧*※-]+|第[一二三四五六七八九十百\d]+[条章节款项]|[A-Za-z][.．、)）])\s*"
)
_TAIL_BRACKET = re.compile(r"[（(]([^（）()]{0,30})[)）]\s*$")
PARTICLES = re.compile(r"^(?:的|了|和|与|及|并|且|其中|共计|共有|共|为(?!了)|是|由(?!于)|将|把|现有|约|达)+")
_MONEY_MARKS = "¥￥$"


def unspaced(text: str) -> str:
    """`姓  名` as `姓名`: single characters spread over a column are one word."""
    return _SPACED.sub(lambda match: re.sub(r"\s+", "", match.group()), text)


@lru_cache(4096)
def clean(label: str) -> str:
    """A label as a name: no numbering, no colon, no spread characters."""
    text = unspaced(label.strip(SPACES + "\n"))
    text = _NUMBERING.sub("", text, count=1)
    text = text.rstrip("：:" + SPACES + "\n").lstrip("*＊" + SPACES)
    return re.sub(r"\s+", " ", text).strip()


@lru_cache(4096)
def bare(label: str) -> str:
    """A label without what stands in brackets after it."""
    text = clean(label)
    while True:
        shorter = _TAIL_BRACKET.sub("", text).strip()
        if shorter == text or not shorter:
            return text
        text = shorter


def bracket(label: str) -> str:
    """What stands in brackets at the end of a label: 元, 签字, 大写."""
    match = _TAIL_BRACKET.search(clean(label))
    return match.group(1).strip() if match else ""


_NAME_OF = re.compile(r"name of (?:the |your |our |an? )?([a-z]+)$")


@lru_cache(4096)
def field_type(label: str | None) -> BlankType | None:
    """The type that a label's last word asks for, or None for a word that is no field."""
    if not label:
        return None
    name = bare(label).lower().replace(" ", "") if not label.isascii() else bare(label).lower()
    table = typed_words("fields.txt")
    if name.isascii():
        whose = _NAME_OF.match(name)
        if whose and (found := table.get(f"{whose[1]}name")):
            return found  # type: ignore[return-value]
        name = name.partition(" of ")[0]
        words = re.findall(r"[a-z]+", name)
        for count in (2, 1):
            found = table.get("".join(words[-count:]))
            if found:
                return found  # type: ignore[return-value]
        return None
    for length in range(min(10, len(name)), 0, -1):
        found = table.get(name[-length:])
        if found is not None and (length > 1 or len(name) == 1):
            return found  # type: ignore[return-value]
    return None


def segment(text: str) -> str:
    """The last clause of `text`, with a bracket at its end."""
    tail = ""
    match = _TAIL_BRACKET.search(text)
    while match:
        tail = text[match.start() :] + tail
        text = text[: match.start()]
        match = _TAIL_BRACKET.search(text)
    text = text.rstrip(SPACES)
    text = unspaced(text)
    last = 0
    for found in _BOUNDARY.finditer(text):
        last = found.end()
    opened = max(text.rfind("（"), text.rfind("("))
    if opened >= last:
        last = opened + 1
    return text[last:].strip() + tail


def label_before(near: str) -> tuple[str | None, bool]:
    """The label that ends `near`, and whether a colon makes it one."""
    text = near.rstrip(SPACES + _MONEY_MARKS + '（(“"[【《')
    explicit = text.endswith(("：", ":"))
    if explicit:
        text = text[:-1].rstrip(SPACES)
    label = clean(segment(text))
    if not explicit:
        match = re.search(r"([^，,。；;：:、]{1,14})[：:](?:人民币|第|约|共计?|人民币小写|RMB|上午|下午)$", text)
        if match:
            return clean(segment(match.group(1))) or None, True
        label = PARTICLES.sub("", label)
    return _field_at_end(label) or None, explicit


def _field_at_end(label: str) -> str:
    """The field's word of a label that has run together with the title before it."""
    name = bare(label)
    if len(name) <= 12 or name.isascii():
        return label
    table = typed_words("fields.txt")
    return next((label[-length:] for length in range(min(8, len(label)), 1, -1) if label[-length:] in table), label)


def short(label: str, words: int = 12) -> str:
    """The end of a long clause."""
    if len(label) <= words:
        return label
    if label.isascii():
        return " ".join(label.split()[-4:])
    kept = ""
    for token in reversed(rjieba.cut(label[-3 * words :])):
        if kept and len(token) + len(kept) > words:
            break
        kept = token + kept
    return kept[-words:]


@lru_cache(4096)
def label_type(label: str | None) -> BlankType | None:
    """The type a label asks for, its bracket taken into account: 甲方（签字）, 乙方（盖章）."""
    if not label:
        return None
    inside = bracket(label)
    name = bare(label)
    if re.search(r"签[字名]$", name):
        return "person"
    if inside:
        if re.search(r"盖章|公章|签章", inside) and not re.search(r"代表|负责人|签字人|经办|[^托]人$", name):
            return "organization"
        if re.search(r"签字|签名|手印|亲笔", inside):
            return "person"
        if inside in ("大写", "小写", "人民币大写"):
            return "money"
        unit = typed_words("units.txt").get(inside.lower())
        if unit:
            return unit  # type: ignore[return-value]
    if re.search(r"(?:盖章|公章|签章)$", name):
        return "organization"
    kind = field_type(label)
    if kind is None and inside and not re.search(r"如|请|可", inside):
        kind = field_type(inside)
    if (
        kind == "text"
        and name.endswith("名称")
        and re.search(
            r"[甲乙丙丁]方|单位|公司|企业|机构|学校|标人|采购人|客户|供应商|银行|支部|协会|商会|中心|社团|部门|院|社名|店名|团队",
            label,
        )
    ):
        return "organization"
    if kind is None and re.search(r"(?:人数|数|数量)$", name):
        return "number"
    if kind is None and re.search(r"率$", name):
        return "percent"
    if kind is None and re.search(r"[^\s证]号$|号码$|编码$|代码$", name):
        return "id"
    if kind is None and re.search(r"(?:时间|日期|年月)$", name):
        return "date"
    if kind is None and re.search(r"[^他本每老新无]人$", name) and 2 <= len(name) <= 8:
        return "person"
    return kind
