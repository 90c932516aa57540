"""Whether index and catalogue agree."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from fanwen.library.models import Document
from fanwen.search.app import changes
from fanwen.search.app.live import engine
from fanwen.search.app.models import Change


@dataclass(frozen=True)
class Difference:
    """Numbers of documents; those whose changes still wait for the writer are not looked at."""

    missing: tuple[str, ...] = ()
    """In the catalogue, not in the index."""
    surplus: tuple[str, ...] = ()
    """In the index, not in the catalogue."""
    other_pages: tuple[str, ...] = ()
    """In both, with another number of pages."""

    @property
    def numbers(self) -> tuple[str, ...]:
        return self.missing + self.surplus + self.other_pages


def compare() -> Difference:
    """What differs between index and catalogue."""
    indexed = engine().contents()
    counted = Document.objects.annotate(written=Count("pages")).values_list("number", "written")
    catalogue = dict(counted.iterator())
    waiting = set(Change.objects.values_list("number", flat=True))
    return Difference(
        missing=tuple(sorted(catalogue.keys() - indexed.keys() - waiting)),
        surplus=tuple(sorted(indexed.keys() - catalogue.keys() - waiting)),
        other_pages=tuple(
            sorted(
                number for number in catalogue.keys() & indexed.keys() - waiting if catalogue[number] != indexed[number]
            )
        ),
    )


def repair(difference: Difference) -> None:
    """Have the index writer look at these documents again."""
    changes.note_all(difference.numbers)
