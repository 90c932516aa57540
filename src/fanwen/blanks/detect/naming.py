"""Names of blanks as people would say them: 总投入（万元）, 签订日期（年）, 性别：男."""

from __future__ import annotations

import re

from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.labels import PARTICLES, bare, clean, field_type, label_type, segment, short
from fanwen.blanks.detect.suffixes import suffix_at

_TAIL = re.compile(
    r"(?:[¥￥$（(“\"]|人民币|不少于|不低于|不高于|不超过|至少|最多|多达|将近|大约|约合|逾|等|约|近|达到?|突破|超过|了|为|是|共计?|计|有|第)+$"
)
_HAN_END, _HAN_START = re.compile(r"[一-龥]{1,4}$"), re.compile(r"[一-龥]{1,4}")
_LINE_LABEL = re.compile(r"([一-龥][^：:，。；！？\s_＿]{1,11})[：:][ ]?(?!.*[ ]{2}|.*[：:，。；\t\u3000])[^：:]*$")
"""The label of a line that goes on to the hole: 合同编号：YC-20__-____"""
_ASKED = re.compile(
    r"^(?:此处|在此处?|这里)?(?:请)?(?:在此处?|此处)?(?:填写|填入|输入|插入|选择|写明|注明|填)"
    r"|^(?:please )?(?:click (?:here )?to )?(?:insert|enter|type|fill in|add)(?: here)?\b[ ]?(?:the |your |an? )?",
    re.IGNORECASE,
)
"""How a prompt asks, before it says for what."""
_PROMPT_WORDS = 40
"""Characters of a prompt that make its name."""
_OPEN_END = re.compile(r"(?:^|\s)(?:for|of|as|the|at|than|on|in|to|by|with|from|an?|top)$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[ ]?(?!(?:and|or|in|on|at|to|of|by)\b)([A-Za-z]+)")
_SENTENCE_END = re.compile(r"[。；！？]")
_HEAD_STOP = re.compile(r"[〔〕，,。；;：:、！!？?“”（）()《》\s_＿×□]")
_TYPE_NAMES = {
    "date": "日期",
    "number": "数量",
    "money": "金额",
    "percent": "百分比",
    "ordinal": "序数",
    "person": "姓名",
    "organization": "单位名称",
    "place": "地点",
    "choice": "选择",
    "phone": "电话",
    "id": "编号",
    "text": "内容",
}


def find_name(hole: Hole, first_label: str | None) -> str:
    """The human name. `first_label` is the label of the first part of the hole's date."""
    if hole.role == "elision":
        left, right = _HAN_END.search(hole.near), _HAN_START.match(hole.gap)
        return f"{left.group() if left else ''}…{right.group() if right else ''}"
    if hole.form == "tag" and hole.prompt:
        return hole.prompt.partition("|")[0].strip()
    if hole.form == "prompt" and not hole.explicit and hole.prompt != hole.unit and (own := _said_by(hole.prompt)):
        return own
    if hole.form == "checkbox":
        question = _SENTENCE_END.split(bare(hole.label or ""))[-1].strip("）)" + SPACES)
        question = question[:-1] if len(question) > 2 and question.endswith("为") else question
        return "：".join(part for part in (question, hole.option) if part) or _TYPE_NAMES["choice"]
    if len(hole.heads) > 1:
        base = "：".join(dict.fromkeys(bare(head) for head in hole.heads))
    elif hole.type == "date" and hole.part:
        label = first_label if hole.group is not None else hole.label
        base = (
            bare(label)
            if label
            and (field_type(label) or len(label) <= 12)
            and not re.fullmatch(r"[今去本明当每\d年月日至到自从由]*", label)
            else "日期"
        )
        if label and hole.part and label_type(label) in ("person", "organization"):
            base += "：日期"
        base += hole.edge
    else:
        base = bare(hole.label or "") if hole.explicit else _TAIL.sub("", bare(hole.label or ""))
    if not re.search(r"[一-龥]", base) and (said := _LINE_LABEL.search(hole.left)):
        base = bare(said.group(1)) + hole.edge
    if not base or (not hole.explicit and len(base) < 2):
        base = _around(hole) or base or _TYPE_NAMES[hole.type or "text"]
    if base.isascii() and _OPEN_END.search(base) and (following := _NEXT_WORD.match(hole.gap)):
        return f"{base} … {following[1]}"
    unit = hole.part if hole.part and not base.isascii() else hole.unit
    return f"{base}（{unit}）" if unit and unit not in ("：", ":") and not base.endswith(("）", unit)) else base


def _said_by(prompt: str) -> str:
    """What a prompt asks for, in its own words: [Name of student], [请填写学校名称]; "" if it only asks."""
    said = _ASKED.sub("", prompt, count=1).strip(SPACES + "：:。.")
    if len(said) < 2:
        return ""
    return said if len(said) <= _PROMPT_WORDS else said[:_PROMPT_WORDS].rpartition(" ")[0].rstrip(" ,") + "…"


def _around(hole: Hole) -> str:
    """From what follows, where nothing stands before: _所项目校 -> 项目校."""
    suffix = suffix_at(hole.right)
    if suffix and hole.type in ("person", "organization", "place"):
        return suffix[0] if len(suffix[0]) > 1 else f"{suffix[0]}名"
    text = hole.right.lstrip(SPACES)
    if hole.unit:
        text = text.lstrip("余多").removeprefix(hole.unit)
    match = _HEAD_STOP.search(text)
    if match and match.group() in "：:" and hole.right[:1].isspace():
        return ""  # that is the label of the next hole
    return short(text[: match.start()] if match else text, 10)[:10] if match is None or match.start() else ""


def context_label(near: str) -> str | None:
    """The end of the clause before a hole, as a label."""
    label = (
        PARTICLES.sub("", clean(_TAIL.sub("", segment(re.sub(r"[于在自从]?(?:19|20|二〇|二○)$", "", near))))) or None
    )
    return short(label) if label and re.search(r"[一-龥A-Za-z]{2}", label) else None
