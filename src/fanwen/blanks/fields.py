"""What a form asks for: the blanks that are one fact, and the names it can be given under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.types import Blank

_BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Field:
    """One fact. `places` are the places it stands: a place is a single blank, or a group's blanks in order."""

    id: str
    """The group of its first place, or that place's only blank."""
    name: str
    type: str | None
    unit: str | None
    role: str
    places: tuple[tuple[Blank, ...], ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return tuple(blank for place in self.places for blank in place)


def fields_of(blanks: Iterable[Blank]) -> tuple[Field, ...]:
    """The fields of a document in the order of their first blanks. A fact asked again joins its first place."""
    places: dict[str, list[Blank]] = {}
    place_of: dict[str, str] = {}
    for blank in blanks:
        place = blank.group or blank.id
        places.setdefault(place, []).append(blank)
        place_of[blank.id] = place
    together: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for place, members in places.items():
        same = next((place_of[b.same_as] for b in members if b.same_as in place_of), place)
        first[place] = first.get(same, same)
        together.setdefault(first[place], []).append(place)
    return tuple(_field(id_, [places[place] for place in joined]) for id_, joined in together.items())


def _field(id_: str, places: list[list[Blank]]) -> Field:
    head = places[0][0]
    name = _common_name([blank.name for blank in places[0]])
    return Field(id_, name, head.type, head.unit, head.role, tuple(tuple(place) for place in places))


def _common_name(names: list[str]) -> str:
    """What the parts of a group share: 会议日期（年）, 会议日期（月） are 会议日期; 性别：男, 性别：女 are 性别."""
    if len(names) == 1:
        return names[0].strip()
    shared = "".join(one[0] for one in takewhile(lambda one: len(set(one)) == 1, zip(*names, strict=False)))
    return shared.rstrip("（(：: \u3000") or names[0].strip()


@dataclass(frozen=True)
class Asked:
    """A value with the blanks it is for: one whole place of a field, or a single blank of one."""

    key: str
    field: Field
    place: tuple[Blank, ...]
    blank: Blank | None
    value: Any


def asked(fields: Sequence[Field], values: dict[str, Any]) -> list[Asked]:
    """The `values` by place. A key is a blank's id, a group's id or a field's name; a value given for a first place
    also goes to the places that ask for the same fact, unless they have one of their own.

    Raises `ValueProblem`: ``unknown_field``, ``ambiguous_field``, ``twice``.
    """
    by_blank = {blank.id: (field, place, blank) for field in fields for place in field.places for blank in place}
    by_place = {place[0].group: (field, place) for field in fields for place in field.places if place[0].group}
    by_name: dict[str, list[tuple[Field, Blank | None]]] = {}
    for field in fields:
        for name, blank in _names(field):
            by_name.setdefault(name, []).append((field, blank))
    short: dict[str, list[tuple[Field, Blank | None]]] = {}
    for name, listed in by_name.items():
        short.setdefault(_BRACKETS.sub("", name), []).extend(listed)
    for name, listed in short.items():  # 投入资金 for 投入资金（万元）, where nothing else is called so
        by_name.setdefault(name, listed)
    unknown = [key for key in values if key not in by_blank and key not in by_place and _plain(key) not in by_name]
    if unknown:
        raise ValueProblem("unknown_field", names="、".join(unknown))
    found: list[Asked] = []
    inherited: list[Asked] = []
    for key, value in values.items():
        if key in by_blank:
            field, place, blank = by_blank[key]
            alone = len(place) == 1
            found.append(Asked(key, field, place, None if alone else blank, value))
            if alone and place is field.places[0]:
                inherited += [Asked(key, field, other, None, value) for other in field.places[1:]]
        elif key in by_place:
            field, place = by_place[key]
            found.append(Asked(key, field, place, None, value))
            if place is field.places[0]:
                inherited += [Asked(key, field, other, None, value) for other in field.places[1:]]
        else:
            named = by_name[_plain(key)]
            if len(named) > 1:
                ids = "、".join(blank.id if blank else field.id for field, blank in named)
                raise ValueProblem("ambiguous_field", name=key, ids=ids)
            field, box = named[0]
            found.append(Asked(key, field, field.places[0], box, value))
            inherited += [Asked(key, field, other, None, value) for other in field.places[1:] if box is None]
    _refuse_twice(found)
    taken = {blank.id for one in found for blank in ([one.blank] if one.blank else one.place)}
    return found + [one for one in inherited if not any(blank.id in taken for blank in one.place)]


def _names(field: Field) -> list[tuple[str, Blank | None]]:
    """The field's own name, and the names of its parts where each has its own."""
    own = _plain(field.name)
    parts = [(_plain(blank.name), blank) for blank in field.places[0]]
    return [(own, None), *((name, blank) for name, blank in parts if name != own)]


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _refuse_twice(found: list[Asked]) -> None:
    given: dict[str, str] = {}
    for one in found:
        for blank in [one.blank] if one.blank else one.place:
            if blank.id in given:
                raise ValueProblem("twice", blank=blank.id, first=given[blank.id], second=one.key)
            given[blank.id] = one.key
