"""Labels with nothing after them: 姓名：, but neither a heading before its text nor a lead-in before its list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanwen.blanks.detect.boxes import EMPTY, TICKED
from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import bare, clean, field_type, label_type, unspaced
from fanwen.blanks.story import Passage

_COLON = re.compile(r"[：:]")
_NEXT_LABEL = re.compile(r"[ \u3000\xa0\t]+(?:[^：:\s，。；]|[ ](?=[^\s：:])){1,16}[ ]?[：:]")
_LEAD_IN = re.compile(
    r"(?:如下|下列|以下|包括|如|有|为|是|即|问|答|说|道|指出|强调|认为|表示|要求|例|例如|注|通知|公告|声明|承诺|条件|原则|步骤|规定|办法|标准|附件?|附件\d?|备注说明|注意|提示|说明|释义|定义)$"
)
_GREETING = re.compile(
    r"^(?:尊敬的|亲爱的|敬爱的|各|全体|有关|致各|广大|Dear\b)|(?:们|同志|朋友|女士|先生|老师|同学|领导|家长|来宾|代表|评委|Sir|Madam)$"
)
_ADDRESSEE = re.compile(
    r"(?:校长|院长|园长|主任|局长|书记|经理|老师|教师|家长|同学|会长|主席|导师|律师|医生|客户|学校|公司|单位|部门|学院|医院|银行|工会|编辑|评委|法官|科室|支部)$"
)
_LIST_LABEL = re.compile(r"(?:参会|参加|与会|出席|列席|缺席|到会|参与|主送|抄送|抄报|报送)")
_LIST_ITEM = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳●◆■•·\-*]|第[一二三四五六七八九十\d]+[条章节])"
)
_SIGN_OFF = re.compile(
    r"^[\s（(]*(?:[（(]?(?:盖章|公章|签章|单位盖章|签字|签名)[）)]?|\d{0,4}\s*年\s*月\s*日|本?人?签[字名].*|二〇.*|此致.*|特此.*|以上.*)[\s）)]*$"
)
_SPACED_DATE = re.compile(r"[ \u3000\xa0\t]{4,}(?:20[ \u3000]*)?年[ \u3000\xa0\t]+月[ \u3000\xa0\t]+日")
_STAMP = re.compile(r"[（(](?:盖章|公章|签章|签字|签名|盖公章|签字或盖章|签字盖章|签名盖章)[)）]\s*$")


def empty_labels(
    passages: Sequence[Passage], index: int, taken: Sequence[tuple[int, int]], labelled_cell: bool
) -> list[tuple[int, str]]:
    """The places in a passage where a label's value is missing, each with the label. `taken` are its holes;
    `labelled_cell` says that an empty cell beside it already has this text as its label."""
    passage = passages[index]
    text = passage.text
    if "：" not in text and ":" not in text:
        return []
    found: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        found.extend(_in_line(passages, index, line, offset, taken, labelled_cell))
        offset += len(line) + 1
    return found


def _in_line(
    passages: Sequence[Passage],
    index: int,
    line: str,
    offset: int,
    taken: Sequence[tuple[int, int]],
    labelled_cell: bool,
) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    colons = [match.start() for match in _COLON.finditer(line)]
    for number, colon in enumerate(colons):
        place = offset + colon + 1
        rest = line[colon + 1 :]
        following = rest.lstrip(SPACES)
        last = not following
        if re.match(r"^[（(](?:签字|盖章|签名|公章|签章|手印|签字盖章|签字或盖章|盖公章)[)）]\s*$", following):
            last = True
        dated = not last and _SPACED_DATE.match(rest) is not None
        if not last and not dated and not (_NEXT_LABEL.match(unspaced(rest)) and number + 1 < len(colons)):
            continue
        if dated and not _awaits_signature(_label(line[:colon], offset, taken)):
            continue
        until = offset + (len(line) if last else colon + 1 + len(rest) - len(following))
        if (
            not dated
            and any(start < until and place <= end for start, end in taken if start != end)
            and any(place <= start <= until for start, _ in taken)
        ):
            continue
        label = _label(line[:colon], offset, taken)
        if not label or (_follows_hole(label, line[:colon], offset, taken) and not _STAMP.search(label)):
            continue
        if last and not found and colon == colons[0] and labelled_cell:
            continue
        if _asks(
            passages,
            index,
            label,
            line,
            last=last,
            only=len(colons) == 1,
            ends_passage=offset + len(line) == len(passages[index].text),
        ):
            found.append((place, label))
    return found


def _awaits_signature(label: str) -> bool:
    """签字：        年  月  日: the room before the date is for the signature."""
    return label_type(label) in ("person", "organization") or _STAMP.search(label) is not None


def _follows_hole(label: str, before: str, offset: int, taken: Sequence[tuple[int, int]]) -> bool:
    """尊敬的____老师：the word belongs to the hole before it."""
    start = offset + len(before) - len(label)
    return any(first < last == start for first, last in taken)


def _label(before: str, offset: int, taken: Sequence[tuple[int, int]]) -> str:
    start = 0
    for _, end in taken:
        if offset < end <= offset + len(before):
            start = max(start, end - offset)
    text = unspaced(before[start:])
    parts = re.split(r"[：:]|\t|[ \u3000\xa0]{2,}|[；;]", text)
    label = clean(parts[-1])
    if not label and len(parts) > 1:
        label = clean(parts[-2])
    if re.search(r"\s", label) and not label.isascii():
        words = label.split()
        if field_type(words[-1]):
            label = words[-1]
    return label


def _asks(
    passages: Sequence[Passage], index: int, label: str, line: str, *, last: bool, only: bool, ends_passage: bool
) -> bool:
    name = bare(label)
    if (
        len(label) > 24
        or re.search(r"[，。；！？!?“”]|\d{4}年|https?$", label)
        or not re.search(r"[一-龥A-Za-z]", name)
    ):
        return False
    if _GREETING.search(name) and not field_type(name):
        return False
    if name.startswith(("各", "尊敬", "亲爱", "以下", "下列", "全体", "有关", "关于", "现将")):
        return False
    kind = field_type(label) or (label_type(label) if len(name) <= 6 else None)
    if _LEAD_IN.search(name) and not (kind and name in ("情况说明", "说明")):
        return False
    if _STAMP.search(label):
        return True
    if last and only and _ADDRESSEE.search(name) and _is_prose(_next(passages, index)):
        # 王校长：before the letter's text.
        return False
    if not last:
        return kind is not None or len(name) <= 6
    answer = _next(passages, index) if ends_passage else "\n"
    if answer is not None and answer.lstrip(SPACES)[:1] in tuple(EMPTY + TICKED):
        return False
    if kind is not None and len(name) <= 14:
        if _LIST_LABEL.search(name) or kind == "text":
            return _leaves_room(answer)
        return not (
            answer is not None and _LIST_ITEM.match(answer) and not _is_form_line(answer) and kind == "organization"
        )
    if len(name) > (30 if label.isascii() else 10):
        return False
    # A word that is no known field asks only in the company of other labels with nothing after them.
    before = _previous(passages, index)
    return (
        _leaves_room(answer)
        and answer is not None
        and (_is_form_line(answer) or bool(before and _is_form_line(before)))
    )


def _is_prose(answer: str | None) -> bool:
    return (
        answer is not None and len(answer.strip()) >= 12 and not _is_form_line(answer) and not _SIGN_OFF.match(answer)
    )


def _leaves_room(answer: str | None) -> bool:
    """The passage after the label is not its text."""
    if answer is None or not answer.strip():
        return True
    return bool(_SIGN_OFF.match(answer)) or _is_form_line(answer)


def _is_form_line(text: str) -> bool:
    """Begins with a short label and its colon, or holds a rule or a box."""
    if text == "\n":
        return True
    match = re.match(r"\s*([^：:，。；]{1,16})[：:]", text)
    if match:
        return not _LEAD_IN.search(bare(match.group(1)))
    return len(text.strip()) <= 40 and re.search(r"_{2,}|＿{2,}|□", text) is not None


def _next(passages: Sequence[Passage], index: int) -> str | None:
    passage = passages[index]
    for later in passages[index + 1 : index + 4]:
        if later.container != passage.container or (later.cell is None) != (passage.cell is None):
            return None
        if (
            later.cell
            and passage.cell
            and (later.cell.table, later.cell.row, later.cell.column)
            != (passage.cell.table, passage.cell.row, passage.cell.column)
        ):
            return None
        if later.text.strip():
            return later.text
        if passage.cell is None and passage.where == "body":
            continue
    return None


def _previous(passages: Sequence[Passage], index: int) -> str | None:
    for earlier in reversed(passages[max(0, index - 3) : index]):
        if earlier.container != passages[index].container:
            return None
        if earlier.text.strip():
            return earlier.text
    return None
