"""Each document of the demo library in turn is taken for new, and its category proposed by the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from fanwen.demo import catalogue, markup
from fanwen.demo.catalogue import Entry
from fanwen.intake.app.proposals import proposals
from fanwen.intake.formats import KINDS
from fanwen.library.actions.make_category import make_category
from fanwen.library.models import Document, Original, Page, Tag
from fanwen.search.app import changes


def store(entry: Entry) -> Document:
    """The document as it stands in the library, with its source for its text."""
    text = re.sub(r"^!.*", "", markup.read(entry.source.read_text(encoding="utf-8")).body, flags=re.MULTILINE)
    document = Document.objects.create(
        title=entry.title or Path(entry.name).stem,
        original=Original.objects.create(sha256=entry.name, size=len(text)),
        original_name=entry.name,
        category=make_category("/".join(entry.category)),
        format=entry.format,
        family=KINDS[entry.format].family,
        status="ready",
    )
    Page.objects.create(document=document, number=1, width=595, height=842, text=text)
    document.tags.set([Tag.objects.get_or_create(name=name)[0] for name in entry.tags])
    changes.note(document.number)
    return document


def test_most_proposals_are_right(index: Callable[[], None]) -> None:
    documents = [store(entry) for entry in catalogue.read().entries]
    index()
    proposed, right = 0, 0
    for document in documents:
        true, document.category = document.category, None
        proposal = proposals([document]).get(document.pk)
        if proposal and proposal.category:
            proposed += 1
            right += proposal.category == true
    kinds = len({entry.category for entry in catalogue.read().entries})
    print(f"{len(documents)} documents in {kinds} categories: {proposed} proposed, {right} right")
    assert proposed >= len(documents) * 0.5
    assert right >= proposed * 0.7
