"""What detection says about one blank, and the JSON that `fanwen blanks` prints of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from fanwen.blanks.story import Where

Role = Literal["slot", "elision"]
BlankType = Literal[
    "date", "number", "money", "percent", "ordinal", "person", "organization", "place", "text", "choice", "phone", "id"
]
Form = Literal[
    "underscore",  # a run of _ or ＿
    "rule",  # spaces or tabs drawn with an underline
    "space",  # the gaps of a date written with plain spaces
    "cross",  # ×××, XX, **
    "placeholder",  # 某, 某某
    "prompt",  # 【请填写…】, [姓名], （此处填写…）
    "tag",  # {{ name }}
    "label",  # a label with nothing after it
    "cell",  # an empty table cell
    "leader",  # a dotted leader, or a dashed rule after a label
    "bracket",  # brackets with nothing but space inside
    "checkbox",
    "control",
    "merge_field",
    "form_field",
]


@dataclass(frozen=True)
class Blank:
    """One hole of a document. `start` and `end` are offsets into the text of the passage `passage`."""

    id: str
    """`b1`, `b2`, ... in document order."""
    before: str
    text: str
    after: str
    where: Where
    role: Role
    type: BlankType | None
    unit: str | None
    hedge: str | None
    group: str | None
    """`g1`, ...: the parts of one date, or the boxes of one set."""
    same_as: str | None
    """The id of the first blank that asks for the same fact."""
    label: str | None
    name: str
    suggestion: str | None
    confidence: float
    """How sure detection is that this is a blank of this role: 0 to 1."""
    kind: Form
    passage: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """The entry of the `blanks` JSON: an endnote counts as a footnote there."""
        return {
            "id": self.id,
            "before": self.before,
            "text": self.text,
            "after": self.after,
            "where": "footnote" if self.where == "endnote" else self.where,
            "role": self.role,
            "type": self.type,
            "unit": self.unit,
            "hedge": self.hedge,
            "group": self.group,
            "same_as": self.same_as,
            "label": self.label,
            "name": self.name,
            "suggestion": self.suggestion,
            "confidence": round(self.confidence, 2),
            "kind": self.kind,
            "passage": self.passage,
            "start": self.start,
            "end": self.end,
        }


def to_json(blanks: Iterable[Blank]) -> list[dict[str, Any]]:
    """The `blanks` JSON: a list of entries in document order."""
    return [blank.to_dict() for blank in blanks]
