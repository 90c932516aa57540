"""A title, a description and keywords for a document, as a proposal that people may change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from fanwen.intake.proposal.description import description_of
from fanwen.intake.proposal.keywords import keywords_of
from fanwen.intake.proposal.lines import rows
from fanwen.intake.proposal.title import title_of
from fanwen.intake.types import PageContent, Properties

PAGES = 20
"""Pages read for a proposal: title and description come from the first two with text, keywords from all of these."""


@dataclass(frozen=True)
class Proposal:
    title: str
    description: str
    keywords: tuple[str, ...]


def propose(
    pages: Sequence[PageContent],
    properties: Properties,
    name: str,
    *,
    frequency: Callable[[str], float] | None = None,
) -> Proposal:
    """From a document's first pages (at most `PAGES` are read), its own properties and its file's name.

    The title is never empty; description and keywords are, for a document without text. `frequency` gives the share of
    all documents that hold a word (0..1), where a collection can tell.
    """
    read = [rows(page) for page in islice((page for page in pages if page.text), PAGES)]
    title = title_of(read[:2], properties.title, name)
    description = description_of(read[:2], title, properties.subject)
    # What stands side by side, or in a table, is not one phrase with what follows.
    text = "".join(row.text + ("\n" if row.cells == 1 and row.full else "\n\n") for page in read for row in page)
    return Proposal(title, description, keywords_of(text, title, properties.keywords, frequency))
