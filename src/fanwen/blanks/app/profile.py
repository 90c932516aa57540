"""The values someone gave before, offered where another template asks for the same fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fanwen.blanks.app.models import Remembered
from fanwen.blanks.fields import Field, plain
from fanwen.blanks.same_fact import NEAR, SURE, Asked, likeness
from fanwen.people.owner import Owner

MOST = 500
"""Values kept for one person; the oldest go first."""

LONGEST = 500


@dataclass(frozen=True)
class Offer:
    """A value for a field. `name` is what it was given for; `sure` when that is the same fact by all that is known."""

    value: str
    name: str
    sure: bool


def remember(owner: Owner, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
    """Keep the values of `fields` that ask for a fact, to be offered by the next template that asks the same."""
    with transaction.atomic():
        for field in fields:
            value = values.get(field.id)
            if field.role != "slot" or field.type == "choice" or not isinstance(value, str) or not value.strip():
                continue
            if len(value) <= LONGEST:
                _keep(owner, plain(field.name)[:200], field.type or "", (field.unit or "")[:40], value)
        surplus = kept(owner).values_list("pk", flat=True)[MOST:]
        Remembered.objects.filter(pk__in=list(surplus)).delete()


def add(owner: Owner, name: str, value: str) -> None:
    """Keep a value under a name of one's own choosing."""
    _keep(owner, plain(name)[:200], "", "", value[:LONGEST])


def _keep(owner: Owner, name: str, type_: str, unit: str, value: str) -> None:
    key = {"name": name, "type": type_, "unit": unit}
    Remembered.objects.filter(owner.rows, **key).delete()
    Remembered.objects.create(**owner.columns, **key, value=value)


def kept(owner: Owner) -> Any:
    """The values of `owner`, the newest first."""
    return Remembered.objects.filter(owner.rows).order_by("-changed_at", "-pk")


def change(owner: Owner, key: int, value: str) -> None:
    """Correct a value; an empty one is deleted."""
    row = kept(owner).filter(pk=key).first()
    if row is not None and value:
        row.value = value[:LONGEST]
        row.save(update_fields=("value", "changed_at"))
    elif row is not None:
        row.delete()


def forget(owner: Owner) -> None:
    """Drop every value of `owner`."""
    kept(owner).delete()


def offers(owner: Owner, fields: Sequence[Field]) -> dict[str, Offer]:
    """By field id, the likeliest value given before; the newest among those that are equally likely."""
    rows = list(kept(owner)[:MOST]) if owner.known else []
    found: dict[str, Offer] = {}
    for field in fields:
        if field.role != "slot" or field.type == "choice":
            continue
        asked = Asked(field.name, field.type or "", field.unit or "")
        best, most = None, 0.0
        for row in rows:
            alike = likeness(Asked(row.name, row.type, row.unit), asked)
            if alike > most:
                best, most = row, alike
        if best is not None and most >= NEAR:
            found[field.id] = Offer(str(best.value), best.name, most >= SURE)
    return found
