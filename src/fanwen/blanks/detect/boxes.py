"""Checkboxes: sets of boxes that belong to one question, and rows of boxes for the digits of a number."""

from __future__ import annotations

import re
from typing import NamedTuple

EMPTY = "□☐❏❑❒▢◻⬜"
TICKED = "☑☒"
_BOX = re.compile(
    rf"[{EMPTY}]+(?:[ ][{EMPTY}])*|[{TICKED}]|(?:(?<=^)|(?<=[\s：:；;，,、）)]))[○◯](?=[ ]?[一-龥A-Za-z])|\[ \](?=\s?\S)|[（(][ \u3000][)）](?=[是否有无男女])"
)
_OPTION_STOP = re.compile(rf"[{EMPTY}{TICKED}○◯\t；;，,。\n]|[ \u3000]{{2,}}|\[ \]|_{{2,}}")


_IS_MENTION = re.compile(r"[内中里]|方框|框内|处打|[”\"’」]")


class Box(NamedTuple):
    start: int
    end: int
    digits: bool
    """A row of three boxes or more: one number, a digit a box."""
    ticked: bool
    option: str
    question: int
    """Where in the passage its question begins: boxes with equal questions are one set."""


def boxes(text: str) -> list[Box]:
    found: list[Box] = []
    matches = list(_BOX.finditer(text))
    single_circles = [m for m in matches if m.group()[0] in "○◯"]
    if len(single_circles) == 1:
        matches = [m for m in matches if m not in single_circles]
    before_first = text[: matches[0].start()].strip() if matches else ""
    trailing = (
        bool(before_first)
        and not re.search(r"[：:？?（(\s]$", text[: matches[0].start()])
        and (
            not text[matches[-1].end() :].strip() or re.match(r"[\s）)；;，,。]", text[matches[-1].end() :]) is not None
        )
    )
    question = 0
    previous_end = 0
    for match in matches:
        if _IS_MENTION.match(text, match.end()) or text[max(0, match.start() - 1) : match.start()] in (
            ("“", '"', "‘", "「", "的")
        ):
            previous_end = match.end()
            continue
        between = text[previous_end : match.start()]
        colon = max(between.rfind("："), between.rfind(":"))
        if colon >= 0 or ("\n" in between and previous_end and re.search(r"[？?]", between)):
            question = previous_end + colon + 1
        if match.group()[0] == "(" or match.group()[0] == "（":
            start, end = match.start() + 1, match.end() - 1
        else:
            start, end = match.span()
        count = sum(character in EMPTY for character in match.group())
        if count == 2 and match.group()[0] in EMPTY:
            for offset, character in enumerate(match.group()):
                if character in EMPTY:
                    found.append(Box(start + offset, start + offset + 1, False, False, "", question))
        else:
            option = _left_option(between) if trailing else _right_option(text[match.end() : match.end() + 60])
            found.append(Box(start, end, count >= 3, match.group()[0] in TICKED, option, question))
        previous_end = match.end()
    return found


def _right_option(text: str) -> str:
    text = text.lstrip(" \u3000\xa0")
    stop = _OPTION_STOP.search(text)
    return (text[: stop.start()] if stop else text[:20]).strip(" \u3000：:")


def _left_option(text: str) -> str:
    parts = [part for part in re.split(r"[：:；;，,、\s（(]", text) if part]
    return parts[-1] if parts else ""
