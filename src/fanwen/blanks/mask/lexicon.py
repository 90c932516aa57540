"""Words that a user says are to be masked, or are never to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.mask.types import SORTS, Entity, Sort

_CHINESE = {
    "人名": "person", "姓名": "person", "单位": "organization", "机构": "organization", "地点": "place", "地名": "place",
    "日期": "date", "数字": "number", "金额": "money", "百分比": "percent", "序数": "ordinal", "电话": "phone", "编号": "id",
    "证件号": "id", "邮箱": "email", "其他": "text", "保留": "keep",
}  # fmt: skip
"""The kinds as a Chinese lexicon names them."""


@dataclass(frozen=True)
class Lexicon:
    words: dict[str, Sort] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Lexicon:
        """Lines ``person: 张明, 李红`` (any kind of fact, in English or Chinese: ``人名：张明``), ``keep: 星城`` for what stays;
        ``#`` begins a comment.

        Raises `ValueProblem` (``bad_lexicon``) for another line.
        """
        words: dict[str, Sort] = {}
        kept: set[str] = set()
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#")[0].strip().replace("：", ":")
            if not line:
                continue
            sort, colon, listed = line.partition(":")
            found = [word.strip() for word in re.split(r"[,，、;；]", listed) if word.strip()]
            sort = _CHINESE.get(sort.strip(), sort.strip())
            if not colon or sort not in (*SORTS, "keep"):
                raise ValueProblem("bad_lexicon", line=number, kinds="、".join((*SORTS, "keep")))
            if sort == "keep":
                kept.update(found)
            else:
                words.update(dict.fromkeys(found, next(known for known in SORTS if known == sort)))
        return cls(words, frozenset(kept))

    def with_kept(self, words: Iterable[str]) -> Lexicon:
        return Lexicon(self.words, self.kept | frozenset(words))

    def find(self, text: str) -> Iterator[Entity]:
        for word, sort in self.words.items():
            for match in re.finditer(re.escape(word), text):
                yield Entity(match.start(), match.end(), sort, (match.span(),))
