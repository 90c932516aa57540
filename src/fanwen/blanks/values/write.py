"""Any value for any kind of blank: the texts to write and the boxes to tick."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fanwen.blanks.change import Change
from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.fields import Asked
from fanwen.blanks.story import Passage
from fanwen.blanks.types import Blank
from fanwen.blanks.values.numerals import plain
from fanwen.blanks.values.style import DocumentStyle
from fanwen.blanks.values.write_choice import tick_text, ticks
from fanwen.blanks.values.write_date import DatePlace, date_texts
from fanwen.blanks.values.write_number import asks_in_words, number_text

_NUMBERS = ("number", "money", "percent", "ordinal")


@dataclass(frozen=True)
class Writer:
    """Knows a template's passages and style. `today` is what 今天 means."""

    passages: Mapping[str, Passage]
    style: DocumentStyle
    today: datetime.date

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
        if type_ == "choice":
            return self._choice(asked, value)
        if type_ == "date":
            return self._date(asked, value)
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
            except ValueProblem:
                if not self._is_free(blank, value):
                    raise
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
        except ValueProblem:
            if len(places) > 1 or not self._is_free(asked.place[0], value):
                raise
            texts = {asked.place[0].id: str(value)}
        return {blank.id: self._change(blank, texts[blank.id]) for blank in asked.place if blank.id in texts}

    def _choice(self, asked: Asked, value: Any) -> dict[str, Change]:
        head = asked.place[0]
        offered = self._control(head).get("choices")
        if offered is not None:
            if str(value) not in offered and not self._control(head).get("free"):
                raise ValueProblem("bad_choice", name=head.name, value=value, choices="、".join(offered))
            return {head.id: self._change(head, str(value))}
        passages = [self.passages[blank.passage].text for blank in asked.place]
        states = ticks(asked.place, passages, value, asked.blank)
        return {
            blank.id: self._change(
                blank, tick_text(blank.text, states[blank.id], self.style.tick), checked=states[blank.id]
            )
            for blank in asked.place
            if blank.id in states
        }

    def _is_free(self, blank: Blank, value: Any) -> bool:
        """Whether any text may stand there: what is around a tag only suggests its type, who named it knows better."""
        return blank.kind in ("tag", "merge_field") and isinstance(value, str)

    def _control(self, blank: Blank) -> Mapping[str, Any]:
        """The data of the content control or form field that the blank stands in."""
        for mark in self.passages[blank.passage].marks:
            if mark.kind in ("control", "form_field") and mark.start <= blank.start and blank.end <= mark.end:
                return mark.data
        return {}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) or (isinstance(value, str) and any(c.isdigit() for c in value))
