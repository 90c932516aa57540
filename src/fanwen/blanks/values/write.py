"""Any value for any kind of blank: the texts to write and the boxes to tick."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fanwen.blanks.change import Change
from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.fields import Asked
from fanwen.blanks.story import Passage
from fanwen.blanks.types import Blank
from fanwen.blanks.values.numerals import plain
from fanwen.blanks.values.quantity import parse_quantity
from fanwen.blanks.values.style import DocumentStyle
from fanwen.blanks.values.twice import told
from fanwen.blanks.values.write_choice import tick_text, ticks
from fanwen.blanks.values.write_date import DatePlace, date_texts
from fanwen.blanks.values.write_number import asks_in_words, number_text

_DATE_LIKE = re.compile(
    r"\d\s*[年月日号/.-]\s*\d|\d\s*[年月日号]|[一二三四五六七八九十]\s*[月日]|^\s*\d+\s*$|\d[:：]\d"
)
_NUMBERS = ("number", "money", "percent", "ordinal")


@dataclass(frozen=True)
class Writer:
    """Knows a template's passages and style. `today` is what 今天 means.

    The type of a blank is detected, so it may be wrong: text that is no number or date at all is written as it stands,
    and `warnings` say so, as they do of what stands beside the blank already. If `strict` it is an error. A wrong unit and an impossible date are always errors.
    """

    passages: Mapping[str, Passage]
    style: DocumentStyle
    today: datetime.date
    strict: bool = False
    warnings: list[ValueProblem] = field(default_factory=list)

    def changes(self, asked: Asked) -> dict[str, Change]:
        """By blank id, what becomes of it; empty where the value says nothing. Raises `ValueProblem`.

        ``{"text": "..."}`` as a value is written as it stands, whatever the blank's type.
        """
        value = asked.value
        if value is None or (isinstance(value, str) and not value.strip()):
            return {}
        blanks = (asked.blank,) if asked.blank is not None else asked.place
        if isinstance(value, Mapping):
            return self._verbatim(blanks, value)
        type_ = blanks[0].type
        if type_ == "choice" or self._control(blanks[0]).get("choices"):
            return self._choice(asked, value)
        if type_ == "date":
            return self._date(asked, value)
        for blank in blanks:
            self.warnings.extend(told(blank, value))
        return {blank.id: self._change(blank, self._text(blank, value)) for blank in blanks}

    def _change(self, blank: Blank, text: str, checked: bool | None = None) -> Change:
        return Change(blank.start, blank.end, text, checked, blank.name)

    def _verbatim(self, blanks: tuple[Blank, ...], value: Mapping[str, Any]) -> dict[str, Change]:
        text = value.get("text")
        if set(value) != {"text"} or not isinstance(text, str) or len(blanks) != 1:
            raise ValueProblem("bad_value", name=blanks[0].name)
        return {blanks[0].id: self._change(blanks[0], text)}

    def _text(self, blank: Blank, value: Any) -> str:
        if isinstance(value, (list, tuple, set, bool)):
            raise ValueProblem("bad_value", name=blank.name)
        passage = self.passages[blank.passage].text
        if blank.type in _NUMBERS or (blank.type in ("text", None) and asks_in_words(blank) and _is_number(value)):
            try:
                return number_text(blank, value, passage, self.style)
            except ValueProblem as problem:
                self._forgive(blank, value, problem)
        if isinstance(value, (float, Decimal)):
            return plain(Decimal(str(value)))
        if isinstance(value, datetime.date):
            place = DatePlace(blank, passage)
            return date_texts([place], value, self.style, self.today)[blank.id]
        return str(value)

    def _date(self, asked: Asked, value: Any) -> dict[str, Change]:
        places = [
            DatePlace(blank, self.passages[blank.passage].text, str(self._control(blank).get("date_format", "")))
            for blank in asked.place
        ]
        try:
            texts = date_texts(places, value, self.style, self.today, asked.blank)
        except ValueProblem as problem:
            only = asked.blank if asked.blank is not None else asked.place[0]
            if asked.blank is None and len(places) > 1:
                raise
            self._forgive(only, value, problem)
            texts = {only.id: str(value)}
        return {blank.id: self._change(blank, texts[blank.id]) for blank in asked.place if blank.id in texts}

    def _choice(self, asked: Asked, value: Any) -> dict[str, Change]:
        head = asked.place[0]
        offered = self._control(head).get("choices")
        if offered is not None:
            if str(value) not in offered and not self._control(head).get("free"):
                raise ValueProblem("bad_choice", name=head.name, value=value, choices="、".join(offered))
            return {head.id: self._change(head, str(value))}
        passages = [self.passages[blank.passage].text for blank in asked.place]
        if head.kind == "bracket" and len(asked.place) == 1 and isinstance(value, str) and value.strip().isalnum():
            return {head.id: self._change(head, value.strip())}  # the letter of an answer
        states = ticks(asked.place, passages, value, asked.blank)
        return {
            blank.id: self._change(
                blank, tick_text(blank.text, states[blank.id], self.style.tick), checked=states[blank.id]
            )
            for blank in asked.place
            if blank.id in states
        }

    def _forgive(self, blank: Blank, value: Any, problem: ValueProblem) -> None:
        """Let `value` stand as text, or raise `problem`."""
        if not isinstance(value, str) or problem.code not in ("bad_number", "bad_date"):
            raise problem
        # what is around a tag only suggests its type: who named it knows better
        if blank.kind in ("tag", "merge_field"):
            return
        meant = _DATE_LIKE.search(value) if problem.code == "bad_date" else parse_quantity(value, blank.unit or "")
        if self.strict or meant:
            raise problem
        self.warnings.append(problem)

    def _control(self, blank: Blank) -> Mapping[str, Any]:
        """The data of the content control or form field that the blank stands in."""
        for mark in self.passages[blank.passage].marks:
            if mark.kind in ("control", "form_field") and mark.start <= blank.start and blank.end <= mark.end:
                return mark.data
        return {}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) or (isinstance(value, str) and any(c.isdigit() for c in value))
