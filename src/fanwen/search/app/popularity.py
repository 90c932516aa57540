"""How often documents are read, brought into the index now and then: a read is no reason to index a document anew."""

from __future__ import annotations

from fanwen.library.models import Document
from fanwen.search.app import changes
from fanwen.search.tantivy import census
from fanwen.search.tantivy.reader import View

_GROWN = 10
"""A document is indexed anew when its reads grew by one part in so many."""


def note_grown(view: View) -> int:
    """Note the documents that were read markedly more than the index knows; gives how many."""
    known = census.reads(view)
    read = Document.objects.filter(reads__gt=0).values_list("number", "reads")
    grown = [
        number
        for number, reads in read.iterator()
        if number in known and reads - known[number] >= max(1, known[number] // _GROWN)
    ]
    changes.note_all(grown)
    return len(grown)
