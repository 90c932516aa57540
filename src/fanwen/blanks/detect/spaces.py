"""Holes without a character: spaces under a rule, and the gaps of a date written with plain spaces."""

from __future__ import annotations

import re

from fanwen.blanks.detect.hole import SPACES
from fanwen.blanks.detect.measure import unit_after, unit_word
from fanwen.blanks.story import Passage

_WS = r"[ \u3000\xa0\t\u2002\u2003]"
_SPACE_RUN = re.compile(rf"{_WS}+")
_CHAIN = re.compile(
    rf"(?P<y>{_WS}*)(?:年(?P<m>{_WS}+)月(?P<d>{_WS}+)日|年(?P<m2>{_WS}{{2,}})月(?!{_WS}*\S?日))"
    rf"(?:(?P<am>{_WS}*(?:上午|下午))?(?P<h>{_WS}+)[时点](?:(?P<min>{_WS}+)分)?)?"
)
_TAIL_DAY = re.compile(rf"\d年(?:(?P<m>{_WS}+)月(?P<d>{_WS}+)日|[ ]?\d{{1,2}}[ ]?月(?P<d2>{_WS}{{2,}})日)")
_MONTH_DAY = re.compile(
    rf"(?P<m>{_WS}{{2,}})月(?P<d>{_WS}{{2,}})日(?:(?P<h>{_WS}{{2,}})[时点](?:(?P<min>{_WS}{{2,}})分)?)?"
)
_NUMBERED = re.compile(r"第(?P<n>[ \u3000]{2,})(?=[号期次届])|[（(〔\[](?:19|20)(?P<y>[ \u3000]{1,8})(?=[)）〕\]])")
_COUNTED = re.compile(
    r"(?:共|共计|合计|计|约|达|为期|需)(?P<n>[ \u3000]{2,})(?=(?:天|日|个|元|万元|小时|课时|学时|人|次|份|张|名|件|套|户|亩)(?:[，。；、）)\s]|$))"
)
_CLOCK = re.compile(rf"(?:上午|下午|日|午|：|:)(?P<h>{_WS}{{2,}})[时点](?P<min>{_WS}{{2,}})分")


def underlined(passage: Passage) -> list[tuple[int, int]]:
    """Runs of spaces under a rule that text stands beside."""
    spans: list[list[int]] = []
    for mark in sorted((mark for mark in passage.marks if mark.kind == "underline"), key=lambda mark: mark.start):
        if spans and mark.start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], mark.end)
        else:
            spans.append([mark.start, mark.end])
    text = passage.text
    found: list[tuple[int, int]] = []
    for start, end in spans:
        inner = text[start:end]
        if not inner.strip(SPACES + "_＿"):
            found.extend(
                (start + run.start(), start + run.end()) for run in _SPACE_RUN.finditer(inner) if _is_wide(run.group())
            )
            continue
        for run in _SPACE_RUN.finditer(inner):
            left, right = inner[: run.start()], text[start + run.end() :]
            if not _is_wide(run.group()):
                continue
            filled = re.search(r"[^：:年月日时分至到\s（）()_＿]", re.sub(r"^[^：:]*[：:]", "", left)) is not None
            only_units = all(
                _is_unit(word) for word in re.split(rf"{_WS}+|(?<=[年月日时分])", inner) if word.strip("_＿")
            )
            before_unit = only_units and (
                unit_after(right, "") is not None or re.match(r"[年月日时分]", right) is not None
            )
            after_colon = left.rstrip(SPACES).endswith(("：", ":")) and not inner[run.end() :].strip(SPACES)
            if (before_unit and not re.search(r"\d$", left)) or (after_colon and not filled):
                found.append((start + run.start(), start + run.end()))
    return found


def _is_unit(word: str) -> bool:
    return word in ("年", "月", "日", "时", "分", "至", "到", "自", "（", "）", "(", ")") or unit_word(word) is not None


def _is_wide(run: str) -> bool:
    return len(run) >= 2 or run in "\t\u3000\u2003"


def spaced_dates(text: str) -> list[tuple[int, int]]:
    """The gaps of `    年  月  日`. The gap before 年 is at most as wide as the others where it is also an indent."""
    found: list[tuple[int, int]] = []
    if "年" in text:
        for match in _CHAIN.finditer(text):
            names = [name for name in ("y", "m", "d", "m2", "h", "min") if match.group(name)]
            widths = [len(match.group(name)) for name in names if name != "y"]
            start, end = match.span("y")
            before = text[start - 1 : start]
            if before.isdigit() and not re.search(r"(?<!\d)(?:19|20)$", text[max(0, start - 3) : start]):
                names = [name for name in names if name != "y"]
            elif ("一" <= before <= "龥" and before not in "至到自从于日期间" and end - start < 2) or (
                start == end and text[max(0, start - 80) : start].strip() and before not in "：:至到自从于20"
            ):
                continue
            else:
                if end - start > 2 * max(widths) and not re.search(r"(?:19|20)$", text[max(0, start - 3) : start]):
                    start = end - max(widths)
                found.append((start, end))
            found.extend(match.span(name) for name in names if name != "y")
        for match in _TAIL_DAY.finditer(text):
            found.extend(match.span(name) for name in ("m", "d", "d2") if match.group(name))
    if "月" in text:
        for match in _MONTH_DAY.finditer(text):
            if text[match.start() - 1 : match.start()] == "年" or (match.start() == 0 and len(match.group("m")) > 8):
                continue
            found.extend(match.span(name) for name in ("m", "d", "h", "min") if match.group(name))
    if "分" in text:
        for match in _CLOCK.finditer(text):
            found.extend(match.span(name) for name in ("h", "min"))
    if "共" in text or "计" in text or "约" in text or "需" in text:
        found.extend(match.span("n") for match in _COUNTED.finditer(text))
    if "第" in text or "20" in text:
        for match in _NUMBERED.finditer(text):
            found.extend(match.span(name) for name in ("n", "y") if match.group(name))
    return sorted(set(found))
