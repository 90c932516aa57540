"""What others filled in of a shared draft, shown in a form that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from fanwen.blanks.app import profile
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.sharing import Note
from fanwen.reading.fill_desk import Desk, Saved
from fanwen.reading.fill_form import Form, FormField, FormRows


@dataclass(frozen=True)
class Followed:
    """`entries` are to be shown anew, with what others said; `shown` is what the form shows then. `notes` are left to be
    told: what both changed, what is typed into just now, and passages."""

    entries: Sequence[FormField | FormRows]
    lost: frozenset[str]
    """Ids of those entries that stand for words that seem lost."""
    names: Sequence[str]
    who: Sequence[str]
    shown: Values
    notes: Sequence[Note]

    @property
    def whose(self) -> str:
        """Who changed them, in the visitor's language."""
        return gettext(", ").join(who or gettext("A visitor") for who in self.who)


def follow(desk: Desk, saved: Saved, focus: str) -> Followed:
    """Take over what others changed and the one who saves did not touch. `focus` is the entry that they are in."""
    theirs = {note.field: note for note in saved.notes if not note.lost and note.field != focus}
    if not theirs:
        return Followed((), frozenset(), (), (), saved.typed, saved.notes)
    values = {**saved.typed, **{id_: saved.values.get(id_, "") for id_ in theirs}}
    form = Form(desk.template, desk.fields, values, profile.offers(desk.owner, desk.fields))
    entries = [one for one in (*form.slots, *form.elisions) if one.id in theirs]
    taken = {one.id for one in entries}
    shown = {id_: value for id_, value in saved.typed.items() if id_ not in taken}
    return Followed(
        entries,
        frozenset(one.id for one in form.elisions),
        [one.name if isinstance(one, FormRows) else one.label for one in entries],
        list(dict.fromkeys(theirs[id_].who for id_ in theirs if id_ in taken)),
        shown | {id_: value for id_, value in saved.values.items() if id_ in taken},
        [note for note in saved.notes if note.field not in taken],
    )
