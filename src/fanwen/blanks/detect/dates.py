"""Parts of dates and times: which holes are year, month, day, hour or minute, and which of them are one date."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from fanwen.blanks.detect.hole import Hole
from fanwen.blanks.detect.labels import field_type

_ORDER = "年月日时分"
_PART = re.compile(
    r"[ \u3000\xa0]{0,2}(年(?![级轮龄限代薪货])|月(?![球亮饼薪租])|[日号](?![常报程益记用志线楼栋室]|[ \u3000]*期)|[时点](?![候代间期刻评球])|分(?![析别数部钟公])|：|:)"
)
_BETWEEN = re.compile(
    r"^[ \u3000\xa0]*(?:[（(]?(?:星期|周)[^）)]{0,3}[)）]?)?[ \u3000\xa0]*(?:上午|下午|晚上|早上|晚|早)?[ \u3000\xa0]*$"
)
_PARTLY = re.compile(r"[\d一二三四五六七八九十〇零○]+[ ]?([年月日时])[ \u3000]*(?:上午|下午|晚上|晚)?[ \u3000]*$")
_DURATION_LEFT = re.compile(
    r"(?:满|限|期限|近|共|共计|历时|工作|从事|达|约|为期|教龄|工龄|任期|超过|连续|延长|缩短|有效期|有效期为|期限为|聘期|聘期为|租期|租期为|租赁期|租赁期为|期间为|期为|年限|年限为|服务期|服务期为|试用期|试用期为|"
    r"保修|质保期|质保期为|质保|保质期|过去|最近|未来|今后|起|内|后|前|不少于|不低于|不超过|不得超过|至少|最多|每|经验|逾|余|等|需|提前|间隔|推迟|逾期|迟延|分|共有|已有|有)$"
)
_DURATION_RIGHT = re.compile(
    r"^[ ]?(?:年|日|月|分|时)(?:以上|以下|以内|之内|内|之久|制|来|后|期|前|（含|的(?:经验|工作|时间|质保|保修|期限|聘期)|未|不|仍|向|通知|书面|及以上|有余|，自|,自|，从|时间|工作经验|教龄|工龄|经验)"
)
_AMPM = re.compile(r"(?:上午|下午|晚上|早上|中午|凌晨|晚|早)[ \u3000]*$")
_YEAR_HEAD = re.compile(r"(?<!\d)(?:19|20)\d?$")
_SEPARATORS = frozenset("-—－/.／．")


def find_dates(holes: Sequence[Hole]) -> None:
    """Marks the date parts among the holes of one passage and gives the parts of a date one group (a number of the
    passage's own, from 1). The holes are in order and know `left`, `near`, `gap` and `right`."""
    group = 0
    previous: Hole | None = None
    for hole in holes:
        if hole.type is not None and hole.type != "date":
            previous = None
            continue
        if re.search(r"(?:星期|[（(]周)$", hole.near) and len(hole.gap) < len(hole.right) + 1:
            hole.type = "date"
            if previous is not None:
                previous.gap += hole.text + hole.gap
            continue
        part = _part(hole, previous)
        if not part:
            previous = None
            continue
        hole.part = part
        hole.type = "date"
        hole.unit = part if part in _ORDER or part in "号点" else None
        joined = previous is not None and _continues(previous, hole)
        if not joined:
            group += 1
        hole.group = group
        previous = hole
    group = _in_english(holes, group)
    _school_years(holes)
    _separated(holes, group)
    counts: dict[int, int] = {}
    for hole in holes:
        if hole.group is not None:
            counts[hole.group] = counts.get(hole.group, 0) + 1
    for hole in holes:
        if hole.group is not None and counts[hole.group] < 2:
            hole.group = None


def _rank(part: str) -> int:
    return _ORDER.index({"号": "日", "点": "时", "：": "时", ":": "时"}.get(part, part))


def _continues(previous: Hole, hole: Hole) -> bool:
    if _rank(previous.part) >= _rank(hole.part):
        return False
    match = _PART.match(previous.gap)
    return match is not None and _BETWEEN.match(previous.gap[match.end() :]) is not None


def _part(hole: Hole, previous: Hole | None) -> str:
    match = _PART.match(hole.right)
    after_time = previous is not None and previous.part in ("：", ":") and previous.gap in ("：", ":")
    if match is None:
        return "分" if after_time else ""
    part = match.group(1)
    if match.end() > len(hole.gap):
        return ""
    rest = hole.right[match.end() - 1 :]
    chained = previous is not None and previous.part and _rank(previous.part) < _rank(part) and _joins(previous)
    following = hole.gap[match.end() :]
    if part in "：:":
        nothing = not following.strip()
        clock = bool(chained or _AMPM.search(hole.left) or re.search(r"时间[：:]\s*$", hole.left)) and nothing
        return part if clock and hole.gap != hole.right else ""
    if chained or (_PARTLY.search(hole.left) and _rank(part) > _rank(_PARTLY.search(hole.left).group(1))):  # type: ignore[union-attr]
        return part
    if part == "年":
        return part if _is_year(hole, rest, following) else ""
    if part == "月":
        return part
    if part in "日号":
        if part == "号":
            return ""
        if re.search(r"(?:每月|当月|本月|次月|上月|下月|该月|同月)$", hole.near):
            return part
        return (
            "" if _DURATION_RIGHT.match(rest) or _DURATION_LEFT.search(hole.near) or hole.near.endswith("第") else part
        )
    if _AMPM.search(hole.left) or (
        part in "时点" and re.match(r"[时点]$", hole.gap) and re.match(r"分", _after_next(hole))
    ):
        return part
    return ""


def _after_next(hole: Hole) -> str:
    """What stands after the next hole of the line, when that follows at once."""
    match = re.match(r"[时点][_＿×XxＸ某 \u3000\t]+", hole.right)
    return hole.right[match.end() :] if match else ""


def _joins(previous: Hole) -> bool:
    match = _PART.match(previous.gap)
    return match is not None and _BETWEEN.match(previous.gap[match.end() :]) is not None


def _is_year(hole: Hole, rest: str, following: str) -> bool:
    if _YEAR_HEAD.search(hole.left):
        return True
    month_next = (
        not following.strip()
        and len(hole.gap) < len(hole.right)
        and re.match(r"年[ \u3000]*[_＿×XxＸ某*○〇 \u3000\t]+[ ]?月", rest)
    )
    if month_next or re.match(
        r"年(?:度|[ ]?\d{1,2}[ ]?月|[一二三四五六七八九十]{1,2}月|[上下]半年|第?[一二三四]季度|[春夏秋冬初末底])", rest
    ):
        return True
    if re.search(r"(?:第|满|近|约|每)$", hole.near) or _DURATION_RIGHT.match(rest) or _DURATION_LEFT.search(hole.near):
        return False
    if field_type(hole.label) == "number":
        return False
    if re.match(r"年[，,。；;）)、]", rest) or re.match(r"年(?:有期徒刑|级)", rest):
        return bool(re.search(r"(?:^|[于在自从至到截至：:（(])[ \u3000]*$", hole.near))
    return True


def _school_years(holes: Sequence[Hole]) -> None:
    """20__—20__学年: a range, so two fields."""
    for first, second in itertools.pairwise(holes):
        if (
            first.type is None
            and re.fullmatch(r"[ ]?[-—–－~～至][ ]?(?:19|20)?", first.gap)
            and re.match(r"[ ]?学?年度?", second.gap)
        ):
            first.type, first.part = "date", "年"
            if second.type is None:
                match = re.match(r"[ ]?(学?年)", second.gap)
                second.type, second.part = "date", "年"
                second.unit = match.group(1) if match else None


def _in_english(holes: Sequence[Hole], group: int) -> int:
    """this ____ day of ____, 20__"""
    index = 0
    while index + 1 < len(holes):
        day, month = holes[index : index + 2]
        if re.fullmatch(r"\s*(?:st|nd|rd|th)?\s*day\s+of\s*", day.gap, re.IGNORECASE) and day.type is None:
            group += 1
            for hole, part in ((day, "日"), (month, "月")):
                hole.type, hole.group, hole.part = "date", group, part
            year = holes[index + 2] if index + 2 < len(holes) else None
            if year is not None and re.fullmatch(r",?\s*(?:in the year )?(?:19|20)?", month.gap):
                year.type, year.group, year.part = "date", group, "年"
        elif (
            day.type is None
            and re.search(r"(?<!\d)(?:19|20)$", day.left)
            and not re.match(r"\d", day.gap)
            and len(day.gap.strip()) < 20
        ):
            day.type, day.part = "date", "年"
        index += 1
    return group


def _separated(holes: Sequence[Hole], group: int) -> None:
    """____-__-__ and ____/__/__ are dates too."""
    index = 0
    while index + 2 < len(holes):
        three = holes[index : index + 3]
        gaps = [three[0].gap, three[1].gap]
        if (
            gaps[0] == gaps[1]
            and gaps[0] in _SEPARATORS
            and gaps[0]
            and all(hole.type is None or (hole.part == "年" and hole.group is None) for hole in three)
        ):
            group += 1
            for hole, part in zip(three, "年月日", strict=True):
                hole.type, hole.group, hole.part = "date", group, part
            index += 3
        else:
            index += 1
