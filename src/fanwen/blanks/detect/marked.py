"""Holes that the file itself marks: content controls, merge fields, form fields."""

from __future__ import annotations

import re

from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.labels import bare
from fanwen.blanks.story import Mark, Passage
from fanwen.blanks.types import BlankType, Form

_FORMS: dict[str, Form] = {"control": "control", "merge_field": "merge_field", "form_field": "form_field"}
_CHOICES = ("checkbox", "dropdown")
_PROMPT = re.compile(
    r"击此处|点击|单击|请(?:输入|填写|选择)|选择一项|Click|click|Choose|Enter|^[_＿×XxＸ\s.…]*$|^[【\[（(].*[】\])）]$"
)
_LONGEST_FILLED = 60


def marked_holes(passage: Passage) -> list[Hole]:
    found: list[Hole] = []
    for mark in passage.marks:
        form = _FORMS.get(mark.kind)
        if form is None or (form == "control" and not _asks(mark, passage.text)):
            continue
        kind = str(mark.data.get("kind") or "")
        if kind == "checkbox" and mark.data.get("checked"):
            continue
        name = str(mark.data.get("alias") or mark.data.get("name") or mark.data.get("tag") or "").strip()
        type_: BlankType | None = "choice" if kind in _CHOICES else "date" if kind == "date" else None
        hole = Hole(
            0, mark.start, mark.end, form, prompt=name or passage.text[mark.start : mark.end].strip(SPACES), type=type_
        )
        if name and kind != "checkbox":
            hole.key = f"{form} {name}" if form != "form_field" else ""
            if re.search(r"[一-龥]", name):
                hole.label, hole.explicit = bare(name), True
        found.append(hole)
    return found


def _asks(mark: Mark, text: str) -> bool:
    """A control made for a value; not one that holds a picture, a gallery or passages of running text."""
    kind = mark.data.get("kind", "text")
    if kind in ("picture", "gallery"):
        return False
    inner = text[mark.start : mark.end]
    if mark.data.get("placeholder") or not inner.strip(SPACES) or kind in ("date", "dropdown", "checkbox"):
        return True
    if _PROMPT.search(inner.strip()):
        return True
    whole = mark.start == 0 and mark.end == len(text)
    return len(inner) <= _LONGEST_FILLED and "\n" not in inner and not whole and not re.search(r"_{2,}|□|×{2}", inner)
