"""What goes into a search engine and what comes out of it. Plain data; an engine knows nothing of the web."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class IndexedPage:
    number: int
    text: str


@dataclass(frozen=True)
class IndexedDocument:
    """A document as the index sees it: a header (title, tags, category) and its pages."""

    number: str
    """The public nine-digit number."""
    title: str
    tags: tuple[str, ...] = ()
    description: str = ""
    categories: tuple[int, ...] = ()
    """Its category and all of that category's ancestors, so that a filter by a category finds its children."""
    category: str = ""
    """The category's path as shown, ``A/B``."""
    format: str = ""
    year: int = 0
    uploader: str = ""
    uploaded_at: int = 0
    """Seconds since 1970."""
    page_count: int = 0
    reads: int = 0
    """How often it was read; may be of some time ago."""
    template: bool = False
    """It has blanks that can be filled in."""
    pages: tuple[IndexedPage, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to; an empty field does not narrow. `length`: ``1``, ``2-5``, ``6-20``, ``21+`` pages.
    `template`: only documents with blanks that can be filled in."""

    category: int | None = None
    format: str = ""
    year: int | None = None
    uploader: str = ""
    length: str = ""
    document: str = ""
    template: bool = False


EVERYTHING = Filters()


@dataclass(frozen=True)
class PageHit:
    number: str
    page: int
    """From 1; 0 where only the header (title, tags) matched."""
    score: float
    snippet: str = ""
    """HTML-safe: everything escaped but ``<mark>`` around matches."""


@dataclass(frozen=True)
class DocumentHit:
    """One document of the results with its best pages, best first."""

    number: str
    score: float
    pages: tuple[PageHit, ...] = ()
    title: str = ""
    """HTML-safe, matches in ``<mark>``."""


@dataclass(frozen=True)
class Facet:
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Results:
    query: str
    total: int
    """Pages that match (header-only matches count as one)."""
    documents: tuple[DocumentHit, ...] = ()
    facets: dict[str, tuple[Facet, ...]] = field(default_factory=dict)
    """By ``category``, ``format``, ``year``, ``uploader``, ``length``, ``template`` (value ``1`` alone)."""
    did_you_mean: str = ""
    related: tuple[str, ...] = ()
    about: bool = False
    """`total` is reckoned from a part of a large library, to two digits."""
    facets_about: bool = False
    """The counts of the facets are."""
    widened: bool = False
    """Too few pages held all the words, so pages with some of them were added."""
    took_ms: float = 0.0


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: str
    """``title``, ``phrase`` or ``number``."""
    number: str = ""
    """The document it leads to, where it names one."""
