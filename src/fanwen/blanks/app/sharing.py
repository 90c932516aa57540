"""A draft that several people type into: links to it, and what happens when two of them change it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.models import Draft, DraftShare
from fanwen.library.models import Document
from fanwen.people.owner import Owner

LASTS = timedelta(days=14)
"""How long a link to a draft leads to it."""


@dataclass(frozen=True)
class Note:
    """Something that somebody else did to a field. `lost`: their value was replaced by the one that is saved now."""

    field: str
    who: str
    """A user's name; "" for a visitor."""
    at: datetime.datetime
    value: Any
    lost: bool


def share(owner: Owner, document: Document) -> DraftShare:
    """A new link to `owner`'s draft of `document`."""
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(document=document, **owner.columns)
        return DraftShare.objects.create(draft=draft, expires_at=timezone.now() + LASTS)


def shares(owner: Owner, document: Document) -> list[DraftShare]:
    """The links to `owner`'s draft that still lead to it."""
    rows = DraftShare.objects.filter(draft__in=Draft.objects.filter(owner.rows, document=document))
    return list(rows.filter(expires_at__gt=timezone.now()).order_by("made_at"))


def revoke(owner: Owner, document: Document, token: str) -> None:
    """Take a link back."""
    DraftShare.objects.filter(draft__in=Draft.objects.filter(owner.rows, document=document), token=token).delete()


def owner_behind(token: str, document: Document) -> Owner | None:
    """Whose draft of `document` the link leads to; None for one that ran out or was taken back."""
    valid = DraftShare.objects.filter(token=token, draft__document=document, expires_at__gt=timezone.now())
    found = valid.select_related("draft__user").first()
    return Owner(found.draft.user or AnonymousUser(), found.draft.session) if found else None


def version(owner: Owner, document: Document) -> str:
    """What changes with every change of `owner`'s draft; "" where there is none."""
    changed = Draft.objects.filter(owner.rows, document=document).values_list("changed_at", flat=True).first()
    return changed.isoformat() if changed else ""


def save(
    owner: Owner, document: Document, typed: Values, shown: Mapping[str, Any] | None, who: str
) -> tuple[Values, list[Note], str]:
    """Keep in `owner`'s draft what `who` changed: where `typed` differs from `shown`, what their form showed before. Field
    by field the last one counts. Gives the draft as it is now, what others did that `who` has not seen, and the version.

    Without `shown`, `typed` is all there is.
    """
    with transaction.atomic():
        draft, _ = Draft.objects.select_for_update().get_or_create(document=document, **owner.columns)
        before: Values = dict(draft.values)
        shown = before if shown is None else shown
        now = timezone.now()
        values, edits, notes = dict(before), dict(draft.edits), []
        for id_ in {*typed, *shown, *before}:
            said, was, there = typed.get(id_), shown.get(id_), before.get(id_)
            mine, theirs = said != was, there != was and there != said
            if theirs:
                name, at = edits.get(id_, ("", now.isoformat()))
                notes.append(Note(id_, name, datetime.datetime.fromisoformat(at), there, lost=mine))
            if mine and said != there:
                edits[id_] = [who, now.isoformat()]
                if said is None:
                    values.pop(id_, None)
                else:
                    values[id_] = said
        if (values, edits) != (draft.values, draft.edits):
            draft.values, draft.edits = values, edits
            draft.save(update_fields=("values", "edits", "changed_at"))
    return values, notes, draft.changed_at.isoformat()
