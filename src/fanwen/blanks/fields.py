"""What a form asks for: the blanks that are one fact, and the names it can be given under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.story import Story
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
    own: tuple[str, ...] = ()
    """What the document's author calls it (see `own_names`), where its first place is one blank."""

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return tuple(blank for place in self.places for blank in place)


def fields_of(blanks: Iterable[Blank], own: Mapping[str, Sequence[str]] | None = None) -> tuple[Field, ...]:
    """The fields of a document in the order of their first blanks. A fact asked again joins its first place. `own` are
    the names of `own_names`."""
    called: dict[str, list[str]] = {}
    for name, ids in (own or {}).items():
        for id_ in ids:
            called.setdefault(id_, []).append(name)
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
    return tuple(_field(id_, [places[place] for place in joined], called) for id_, joined in together.items())


def _field(id_: str, places: list[list[Blank]], called: Mapping[str, Sequence[str]]) -> Field:
    head = places[0][0]
    own = tuple(called.get(head.id, ())) if len(places[0]) == 1 else ()
    name = _common_name([blank.name for blank in places[0]])
    return Field(id_, name, head.type, head.unit, head.role, tuple(map(tuple, places)), own)


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


def own_names(story: Story, blanks: Iterable[Blank]) -> dict[str, list[str]]:
    """By the name that a document's author gave (of a ``{{ tag }}``, merge field, form field or content control), the
    ids of the blanks that carry it."""
    marks = {passage.id: passage.marks for passage in story.passages}
    names: dict[str, list[str]] = {}
    for blank in blanks:
        said = [blank.text.strip("{} \t").partition("|")[0]] if blank.kind == "tag" else []
        for mark in marks.get(blank.passage, ()):
            if (
                mark.kind in ("control", "merge_field", "form_field")
                and mark.start <= blank.start <= blank.end <= mark.end
            ):
                said += [str(mark.data.get(key, "")) for key in ("name", "tag", "alias")]
        for name in dict.fromkeys(plain(one) for one in said if one.strip()):
            names.setdefault(name, []).append(blank.id)
    return names


def asked(fields: Sequence[Field], values: dict[str, Any], own: Mapping[str, Sequence[str]]) -> list[Asked]:
    """The `values` by place. A key is a blank's id, a group's id, a field's name, or a name of `own` (see `own_names`),
    which means every blank that carries it; a value given for a first place also goes to the places that ask for the
    same fact, unless they have one of their own.

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
    known = by_blank.keys() | by_place.keys()
    unknown = [key for key in values if key not in known and plain(key) not in own and plain(key) not in by_name]
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
        elif plain(key) in own:
            for id_ in own[plain(key)]:
                field, place, blank = by_blank[id_]
                found.append(Asked(key, field, place, None if len(place) == 1 else blank, value))
        else:
            named = by_name[plain(key)]
            if len(named) > 1:
                ids = "、".join(blank.id if blank else field.id for field, blank in named)
                raise ValueProblem("ambiguous_field", name=key, ids=ids)
            field, box = named[0]
            found.append(Asked(key, field, field.places[0], box, value))
            inherited += [Asked(key, field, other, None, value) for other in field.places[1:] if box is None]
    _refuse_twice(found)
    taken = {blank.id for one in found for blank in ([one.blank] if one.blank else one.place)}
    return found + [one for one in inherited if not any(blank.id in taken for blank in one.place)]


def named_fields(fields: Sequence[Field]) -> dict[str, list[Field]]:
    """The fields by every name they go by: their ids, their names, and those without the unit in brackets."""
    found: dict[str, list[Field]] = {}
    for field in fields:
        for name in dict.fromkeys((plain(field.name), *map(plain, field.own), field.id)):
            found.setdefault(name, []).append(field)
    short: dict[str, list[Field]] = {}
    for name, listed in found.items():
        short.setdefault(_BRACKETS.sub("", name), []).extend(listed)
    for name, listed in short.items():
        found.setdefault(name, listed)
    return found


def _names(field: Field) -> list[tuple[str, Blank | None]]:
    """The field's own name, and the names of its parts where each has its own."""
    own = plain(field.name)
    parts = [(plain(blank.name), blank) for blank in field.places[0]]
    return [(own, None), *((name, blank) for name, blank in parts if name != own)]


def plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _refuse_twice(found: list[Asked]) -> None:
    given: dict[str, str] = {}
    for one in found:
        for blank in [one.blank] if one.blank else one.place:
            if blank.id in given:
                raise ValueProblem("twice", blank=blank.id, first=given[blank.id], second=one.key)
            given[blank.id] = one.key
