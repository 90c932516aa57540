"""Runs of a character that stands for something: rules of _, crosses, leaders."""

from __future__ import annotations

import re

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.labels import field_type, label_before, segment
from fanwen.blanks.detect.measure import unit_after
from fanwen.blanks.detect.suffixes import suffix_at

_REACH = 200
RULE_CHARACTERS = frozenset("_＿﹍﹎‗-－—–─━═=~～﹏*＊·.…⋯" + SPACES)

UNDERSCORES = re.compile(r"(?<=[¥￥$])_+[.．]_{1,2}(?!_)|[_＿﹍﹎‗]+")
_CROSSES = re.compile(r"[×╳✕✖]{1,12}|[XＸ]{1,12}|[xｘ]{1,12}|\*{2,6}|＊{2,6}|[○◯〇]{2,6}|[△▲]{2,6}|●{2,6}")
_LEADERS = re.compile(r"(?:…{3,}|⋯{3,}|\.{4,}|．{4,}|·{4,}|。{6,})|(?:[—─━–]{3,}|-{4,}|－{4,})")
# A telephone number with its area code: XXXX-XXXXXXX, 0XX-XXXXXXXX
_TELEPHONE = re.compile(r"(?<![A-Za-z])0?(?P<mask>([XxＸ×])\2{1,3}[-－—]\2{5,8})(?![A-Za-z\d])")
_DATE_UNIT = re.compile(r"[ ]?[年月日时分](?![轮老子])")
_YEAR_LEFT = re.compile(r"(?<!\d)(?:19|20)\d?$")
_NUMERAL = frozenset("一二三四五六七八九十百千零〇○0123456789０１２３４５６７８９")
_PAGE_NUMBER = re.compile(r"^[\s（(]*第?\s*(?:\d+|[IVXLivxl]+)\s*页?[\s)）]*$")
_CHAPTER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节部条篇]|[一二三四五六七八九十]+、|\d+(?:\.\d+)*[、.\s])"
)


def is_rule_line(line: str) -> bool:
    """Nothing but rule characters: a decorative line, or a place to write that names nothing."""
    return all(character in RULE_CHARACTERS for character in line)


def crosses(text: str) -> list[tuple[int, int]]:
    numbers = [match.span("mask") for match in _TELEPHONE.finditer(text)]
    runs = [match.span() for match in _CROSSES.finditer(text) if _is_cross(text, match.start(), match.end())]
    return numbers + [run for run in runs if not any(start < run[1] and run[0] < end for start, end in numbers)]


def _is_cross(text: str, start: int, end: int) -> bool:
    run, left, right = text[start:end], text[max(0, start - _REACH) : start], text[end : end + _REACH]
    before, after = left[-1:], right[:1]
    if run[0] in "○◯〇●△▲":
        return before not in _NUMERAL and after not in _NUMERAL and bool(after) and _takes_a_name(right)
    if run[0] in "*＊":
        return (
            _takes_a_name(right)
            and not _is_emphasis(text, start, end)
            and not ("一" <= before <= "龥" and len(run) == 2)
        )
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalnum()):
        return False
    if before.isdigit():
        if _YEAR_LEFT.search(left) and re.match(r"[ ]?(?:[年级届〕\]】］）)]|[-./—－]|学年)", right):
            return True
        return len(run) >= 3 and run[0] not in "×╳✕✖" and re.search(r"\d{2,}$", left) is not None
    if run[0] in "XＸxｘ" and "染色体" in left[-16:] + right[:4]:
        return False
    if len(run) == 1:
        return _is_single_cross(run, left, right)
    if run[0] in "XＸxｘ":
        return not (right.startswith(("码", "号码数", "轴")) or left.endswith(("尺码", "码数", "型号为"))) and not (
            re.match(r"\.[A-Za-z]", right)
        )
    return True


def _is_single_cross(run: str, left: str, right: str) -> bool:
    before = left[-1:]
    if before in SPACES and before and left.rstrip()[-1:].isdigit():
        return False
    if before in "（(" and re.match(r"[)）](?:班|年级|号|期)", right) and run not in "xｘ":
        return True
    if left.endswith(("第", "星期")) or _DATE_UNIT.match(right):
        return True
    if run in "xｘ":
        return suffix_at(right) is not None and suffix_at(right)[1] == "place"  # type: ignore[index]
    if run in "XＸ" and right.startswith(("光", "射", "轴", "线", "染")):
        return False
    unit = unit_after(right, left)
    return suffix_at(right) is not None or (
        unit is not None and (unit.type != "number" or run not in "XＸ" or unit.sure)
    )


def _takes_a_name(right: str) -> bool:
    return bool(_DATE_UNIT.match(right)) or suffix_at(right) is not None or unit_after(right) is not None


def _is_emphasis(text: str, start: int, end: int) -> bool:
    """Markdown's **bold**: an opening run with a closing one that nothing follows."""
    if end - start != 2:
        return False
    closing = text.find("**", end, end + _REACH)
    if closing >= 0 and not _takes_a_name(text[closing + 2 : closing + _REACH]) and not text[end].isspace():
        return True
    before = text[max(0, start - _REACH) : start]
    opening = before.rfind("**")
    return opening >= 0 and not before[opening + 2 : opening + 3].isspace() and before.count("**") % 2 == 1


def leaders(text: str) -> list[tuple[int, int]]:
    """Dotted leaders and dashed rules that ask for something: after a label or before a unit, not before a page number."""
    return [match.span() for match in _LEADERS.finditer(text) if _is_leader(text, match.start(), match.end())]


def _is_leader(text: str, start: int, end: int) -> bool:
    left = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    right = text[end : end + _REACH].partition("\n")[0]
    if _PAGE_NUMBER.match(right) and right.strip():
        return False
    label, explicit = label_before(left)
    dots = text[start] in "….⋯．·。"
    if explicit and label:
        return dots or not right.strip(SPACES) or field_type(segment(right.split("：")[0])) is not None
    if label and len(label) <= 8 and field_type(label):
        return True
    if not dots:
        return False
    if left.strip(SPACES) and (unit_after(right, left) or _DATE_UNIT.match(right)):
        return True
    return (
        end - start >= (5 if text[start] in "…⋯" else 10)
        and bool(left.strip() and right.strip())
        and not _CHAPTER.match(left)
    )
