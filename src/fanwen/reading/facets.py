"""Narrowing a search: the filters in an address, and the links that set and lift them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from fanwen.library.models import Category
from fanwen.people.names import shown_name
from fanwen.reading.paging import whole_number
from fanwen.search.types import Facet, Filters

FIELDS = ("category", "format", "year", "length", "uploader", "template")
_LENGTHS = ("1", "2-5", "6-20", "21+")
_NAMES = {
    "category": gettext_noop("Category"),
    "format": gettext_noop("Format"),
    "year": gettext_noop("Year"),
    "length": gettext_noop("Length"),
    "uploader": gettext_noop("Uploader"),
    "template": gettext_noop("Templates"),
}
_SHOWN = 8
"""Choices of a group that stand open; the others are folded."""

_WHOLE_TREE = 12
"""Up to so many categories are shown with all that is below them; of more only the chosen branch is."""


@dataclass(frozen=True)
class Choice:
    label: str
    count: int
    chosen: bool
    address: str
    """Sets this filter; lifts it where it is the chosen one."""
    depth: int = 0
    """How many categories stand above it."""


@dataclass(frozen=True)
class Group:
    name: str
    choices: list[Choice]
    more: list[Choice]
    """What is folded."""
    chosen: Choice | None


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters of an address; values that mean nothing do not narrow. People are named by their numbers: the name
    with which someone signs in stands in no address."""
    length = query.get("length", "")
    person = whole_number(query.get("uploader"), most=2**31)
    uploader = User.objects.filter(pk=person).values_list("username", flat=True).first() if person else None
    return Filters(
        category=whole_number(query.get("category")) or None,
        format=query.get("format", "")[:10].lower(),
        year=whole_number(query.get("year"), most=9999) or None,
        uploader=uploader or "",
        length=length if length in _LENGTHS else "",
        template=query.get("template") == "1",
    )


def facet_groups(query: Mapping[str, str], filters: Filters, facets: Mapping[str, Sequence[Facet]]) -> list[Group]:
    """The choices beside the results of the search in `query`, whose filters are `filters`."""
    groups = []
    names = {facet.value for facet in facets.get("uploader", ())} | {filters.uploader}
    people = {user.username: user for user in User.objects.filter(username__in=names)}
    for field in FIELDS:
        chosen = str(int(value) if (value := getattr(filters, field)) is True else value or "")
        found = [(facet, 0) for facet in facets.get(field, ())]
        if chosen and not any(facet.value == chosen for facet, _depth in found):
            found.insert(0, (Facet(chosen, "", 0), 0))
        if field == "category":
            found = list(_tree([facet for facet, _depth in found], chosen))
        elif field in {"year", "length"}:
            found.sort(key=lambda entry: _rank(entry[0].value), reverse=field == "year")
        elif field == "uploader":
            found = [(facet, 0) for facet, _depth in found if facet.value in people]
        choices = [
            Choice(
                _label(field, facet, people),
                facet.count,
                facet.value == chosen,
                kept(
                    query, drop=("p", field), **({} if facet.value == chosen else {field: _value(field, facet, people)})
                ),
                depth,
            )
            for facet, depth in found
        ]
        if choices:
            lifted = next((choice for choice in choices if choice.chosen), None)
            shown = len(choices) if field == "category" else _SHOWN
            groups.append(Group(_(_NAMES[field]), choices[:shown], choices[shown:], lifted))
    return groups


def kept(query: Mapping[str, str], *, drop: Sequence[str] = (), **changed: str) -> str:
    """The query string of this search without `drop` and with `changed`."""
    known = ("q", *FIELDS, "sort", "p")
    values = {name: query.get(name, "") for name in known if name not in drop}
    return "?" + urlencode({name: value for name, value in {**values, **changed}.items() if value})


def _tree(facets: Sequence[Facet], chosen: str) -> Iterator[tuple[Facet, int]]:
    """Categories as a tree, parents before their children, with how many stand above each. Of a large tree only the
    roots are given, and the branch of the chosen one."""
    by_key = {int(facet.value): facet for facet in facets if facet.value.isdigit()}
    rows = Category.objects.filter(pk__in=by_key).values_list("pk", "parent_id", "name")
    names = {key: name for key, _parent, name in rows}
    parents = {key: parent if parent in names else None for key, parent, _name in rows}
    children: dict[int | None, list[int]] = {}
    for key in by_key:
        if key in parents:
            children.setdefault(parents[key], []).append(key)
    opened: set[int] = set()
    key: int | None = whole_number(chosen)
    while key is not None and key not in opened:
        opened.add(key)
        key = parents.get(key)
    whole = len(by_key) <= _WHOLE_TREE

    def walk(parent: int | None, depth: int) -> Iterator[tuple[Facet, int]]:
        for child in children.get(parent, ()):
            yield Facet(str(child), names[child], by_key[child].count), depth
            if whole or child in opened:
                yield from walk(child, depth + 1)

    yield from walk(None, 0)
    if chosen and int(chosen) not in parents:
        yield Facet(chosen, chosen, 0), 0


def _rank(value: str) -> int:
    return whole_number(value.rstrip("+").split("-")[0], most=9999)


def _value(field: str, facet: Facet, people: Mapping[str, User]) -> str:
    return str(people[facet.value].pk) if field == "uploader" else facet.value


def _label(field: str, facet: Facet, people: Mapping[str, User]) -> str:
    if field == "uploader":
        return shown_name(people[facet.value])
    if field == "format":
        return facet.value.upper()
    if field == "template":
        return _("Templates only")
    if field == "length":
        if facet.value == "21+":
            return _("21 pages and more")
        last = int(facet.value.split("-")[-1]) if facet.value.split("-")[-1].isdigit() else 0
        return ngettext("%(range)s page", "%(range)s pages", last) % {"range": facet.value.replace("-", "–")}
    return facet.label or facet.value
