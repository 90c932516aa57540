"""What someone has typed so far."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fanwen.blanks.app.models import Batch, Draft, Filled, Remembered
from fanwen.library.models import Document
from fanwen.people.owner import Owner

Values = dict[str, Any]
"""By field id, what was typed: text, True for a ticked box, the list of ticked choices, or ``{"text": ...}`` for what is to
be written as it stands though it is not what the field seems to ask for."""


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
