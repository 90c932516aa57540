"""Narrowing a search: the filters in an address, and the links that set and lift them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from fanwen.library.models import Category
from fanwen.people.names import shown_names
from fanwen.reading.paging import whole_number
from fanwen.search.types import Facet, Filters

FIELDS = ("category", "format", "year", "length", "uploader")
_LENGTHS = ("1", "2-5", "6-20", "21+")
_NAMES = {
    "category": gettext_noop("Category"),
    "format": gettext_noop("Format"),
    "year": gettext_noop("Year"),
    "length": gettext_noop("Length"),
    "uploader": gettext_noop("Uploader"),
}


@dataclass(frozen=True)
class Choice:
    label: str
    count: int
    chosen: bool
    address: str
    """Sets this filter; lifts it where it is the chosen one."""


@dataclass(frozen=True)
class Group:
    name: str
    choices: list[Choice]
    chosen: bool


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters of an address; values that mean nothing do not narrow."""
    length = query.get("length", "")
    return Filters(
        category=whole_number(query.get("category")) or None,
        format=query.get("format", "")[:10].lower(),
        year=whole_number(query.get("year"), most=9999) or None,
        uploader=query.get("uploader", "")[:150],
        length=length if length in _LENGTHS else "",
    )


def facet_groups(query: Mapping[str, str], facets: Mapping[str, Sequence[Facet]]) -> list[Group]:
    groups = []
    people = shown_names({facet.value for facet in facets.get("uploader", ())} | {query.get("uploader", "")})
    for field in FIELDS:
        chosen = query.get(field, "")
        choices = [
            Choice(
                _label(field, facet, people),
                facet.count,
                facet.value == chosen,
                kept(query, drop=("p", field), **({} if facet.value == chosen else {field: facet.value})),
            )
            for facet in facets.get(field, ())
        ]
        if chosen and not any(choice.chosen for choice in choices):
            choices.insert(
                0, Choice(_label(field, Facet(chosen, chosen, 0), people), 0, True, kept(query, drop=("p", field)))
            )
        if choices:
            groups.append(Group(_(_NAMES[field]), choices, bool(chosen)))
    return groups


def kept(query: Mapping[str, str], *, drop: Sequence[str] = (), **changed: str) -> str:
    """The query string of this search without `drop` and with `changed`."""
    known = ("q", *FIELDS, "sort", "p")
    values = {name: query.get(name, "") for name in known if name not in drop}
    return "?" + urlencode({name: value for name, value in {**values, **changed}.items() if value})


def _label(field: str, facet: Facet, people: Mapping[str, str]) -> str:
    if field == "uploader":
        return people.get(facet.value, facet.value)
    if field == "format":
        return facet.value.upper()
    if field == "length":
        if facet.value == "21+":
            return _("21 pages and more")
        last = int(facet.value.split("-")[-1]) if facet.value.split("-")[-1].isdigit() else 0
        return ngettext("%(range)s page", "%(range)s pages", last) % {"range": facet.value.replace("-", "–")}
    if field == "category" and facet.label in {"", facet.value}:
        found = Category.objects.filter(pk=whole_number(facet.value)).first()
        return found.name if found else facet.value
    return facet.label or facet.value
