"""Boxes to tick and lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.types import Blank

BOXES = "□☐○〇◯▢☑☒✓✔√■●"
_TICKED = "☑☒✓✔√■●"
_YES = {"true", "yes", "1", "是", "对", "√", "✓", "✔", "☑", "x", "有", "y"}
_NO = {"false", "no", "0", "否", "不", "×", "□", "☐", "无", "n"}
_OPTION = re.compile(rf"\s*([^{BOXES}\n\t]*?)(?=[{BOXES}\n\t]|\s{{2,}}|[，。；;、,]|$)")
_ROUND = {"○": "●", "〇": "●", "◯": "●"}


def tick_text(box: str, checked: bool, tick: str) -> str:
    """The character of a plain box when `checked`; cleared boxes go back to being empty."""
    if checked:
        return "√" if not box.strip() else _ROUND.get(box, tick)
    return box if box not in _TICKED else "○" if box == "●" else "□"


def ticks(blanks: Sequence[Blank], passages: Sequence[str], value: Any, only: Blank | None) -> dict[str, bool]:
    """By blank id, whether its box is ticked. `value` is true or false for one box, else the option or options
    by their text. Raises `ValueProblem`: ``bad_tick``, ``bad_choice``."""
    box = only if only is not None else blanks[0] if len(blanks) == 1 else None
    names = option_names(blanks, passages)
    if box is not None:
        own = names[[blank.id for blank in blanks].index(box.id)]
        return {box.id: _yes(box, value, own)}
    wanted = [str(choice).strip() for choice in (value if isinstance(value, (list, tuple, set)) else [value])]
    for choice in wanted:
        if choice not in names:
            raise ValueProblem("bad_choice", name=blanks[0].name, value=choice, choices="、".join(names))
    return {blank.id: name in wanted for blank, name in zip(blanks, names, strict=True)}


def option_names(blanks: Sequence[Blank], passages: Sequence[str]) -> list[str]:
    """What each box stands for: the text after it, or before it where the boxes close their options (男□ 女□)."""
    after = [_after(passage[blank.end :]) for blank, passage in zip(blanks, passages, strict=True)]
    if any(not name for name in after):
        before = [_before(passage[: blank.start]) for blank, passage in zip(blanks, passages, strict=True)]
        if all(before):
            return before
    return [name or blank.name for name, blank in zip(after, blanks, strict=True)]


def _after(text: str) -> str:
    found = _OPTION.match(text.lstrip("）)] "))
    return found.group(1).strip() if found else ""


def _before(text: str) -> str:
    words = re.split(rf"[{BOXES}\n\t:：，,、；;]|\s+", text.rstrip("（([ "))
    return words[-1].strip() if words else ""


def _yes(blank: Blank, value: Any, option: str) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip()
    if text.lower() in _YES or text == option:
        return True
    if text.lower() in _NO:
        return False
    raise ValueProblem("bad_tick", name=blank.name, value=value)
