"""What someone has typed so far, and the values they gave before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from fanwen.blanks.app.models import Batch, Draft, Filled, Remembered
from fanwen.blanks.fields import Field, plain
from fanwen.library.models import Document
from fanwen.people.owner import Owner

Values = dict[str, Any]
"""By field id, what was typed: text, True for a ticked box, the list of ticked choices, or ``{"text": ...}`` for what is to
be written as it stands though it is not what the field seems to ask for."""

MOST_REMEMBERED = 500
LONGEST_REMEMBERED = 500


def draft(owner: Owner, document: Document) -> Values:
    row = Draft.objects.filter(owner.rows, document=document).first()
    return dict(row.values) if row else {}


def save_draft(owner: Owner, document: Document, values: Values) -> None:
    Draft.objects.update_or_create(document=document, **owner.columns, defaults={"values": values})


def drop_draft(owner: Owner, document: Document) -> None:
    Draft.objects.filter(owner.rows, document=document).delete()


def adopt(user: Any, session: str) -> None:
    """What belonged to `session` becomes the user's, except where the user has it already."""
    with transaction.atomic():
        mine = Draft.objects.filter(user=user)
        Draft.objects.filter(user=None, session=session).exclude(document__in=mine.values("document")).update(
            user=user, session=""
        )
        Remembered.objects.filter(user=None, session=session).update(user=user, session="")
        Filled.objects.filter(user=None, session=session).update(user=user, session="")
        Batch.objects.filter(user=None, session=session).update(user=user, session="")


def remember(owner: Owner, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
    """Keep the values of `fields` that ask for a fact, to be offered by the next template that asks the same."""
    with transaction.atomic():
        for field in fields:
            value = values.get(field.id)
            if field.role != "slot" or field.type == "choice" or not isinstance(value, str) or not value.strip():
                continue
            if len(value) <= LONGEST_REMEMBERED:
                Remembered.objects.filter(**owner.columns, **_key(field)).delete()
                Remembered.objects.create(**owner.columns, **_key(field), value=value)
        mine = Remembered.objects.filter(owner.rows).order_by("-changed_at")
        surplus = mine.values_list("pk", flat=True)[MOST_REMEMBERED:]
        Remembered.objects.filter(pk__in=list(surplus)).delete()


def remembered(owner: Owner, fields: Sequence[Field]) -> dict[str, str]:
    """By field id, the value given last for a field of the same name, type and unit."""
    rows = Remembered.objects.filter(owner.rows).order_by("pk") if owner.known else ()
    known = {(row.name, row.type, row.unit): row.value for row in rows}  # the newest last
    found = {}
    for field in fields:
        key = _key(field)
        value = known.get((key["name"], key["type"], key["unit"]))
        if value is not None and field.role == "slot":
            found[field.id] = str(value)
    return found


def forget(owner: Owner) -> None:
    """Drop every remembered value of `owner`."""
    Remembered.objects.filter(owner.rows).delete()


def _key(field: Field) -> dict[str, str]:
    return {"name": plain(field.name)[:200], "type": field.type or "", "unit": (field.unit or "")[:40]}
