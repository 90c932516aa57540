"""What a search engine offers. Each one passes the contract tests in ``tests/search/test_engine_contract.py``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fanwen.search.query import Plan
from fanwen.search.types import EVERYTHING, Filters, IndexedDocument, Results, Suggestion

Sort = Literal["relevance", "newest", "reads"]
"""The best first, the newest, or those read most and of them the newest."""


class IndexBusy(Exception):
    """Another process writes this index."""


@dataclass(frozen=True)
class Count:
    documents: int
    pages: int


class Engine(Protocol):
    """An index of documents by page.

    Changes are seen by searches after `commit`, all of a batch at once. Reading is safe from any number of threads and
    processes while one writes.
    """

    def index(self, documents: Iterable[IndexedDocument]) -> int:
        """Put documents in, each in place of what is there under its number; gives the number of pages.

        Raises `IndexBusy` if another process is writing.
        """

    def delete(self, numbers: Iterable[str]) -> None:
        """Take documents out; numbers that are not there are no error."""

    def commit(self, sequence: int) -> None:
        """Make what was put in and taken out last, together with the `sequence` of the last change it holds."""

    def sequence(self) -> int:
        """The sequence of the last commit; 0 for a new index."""

    def count(self) -> Count: ...

    def search(
        self,
        plan: Plan,
        filters: Filters = EVERYTHING,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        pages: int = 5,
        grouped: bool = True,
        facets: bool = False,
    ) -> Results:
        """Documents with up to `pages` of their best pages, best first; with `grouped` false one entry a page, and `limit` counts pages.

        Snippets, titles and facet labels are left empty: the text is the catalogue's.
        """

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        """What `text` may be the beginning of: titles, frequent phrases; Han, pinyin or initials."""

    def correct(self, plan: Plan) -> str:
        """The query with its misspelt words replaced, or empty if nothing better is known."""

    def related(self, number: str, text: str, *, title: str = "", limit: int = 6) -> list[tuple[str, float]]:
        """Numbers of documents that resemble document `number`, whose text is given, with a score; best first."""

    def top_words(self, texts: Sequence[str], *, limit: int = 10) -> list[str]:
        """The words that mark `texts` out from the rest of the index, best first."""

    def rebuild(self, documents: Iterable[IndexedDocument], sequence: int) -> None:
        """Make the index anew of `documents`; searches see the old one until it is done."""

    def close(self) -> None:
        """Let go of files and locks; what was not committed is dropped."""
