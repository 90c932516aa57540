"""The engine itself: one folder, written by one process, read by any."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tantivy import Occur, Query

from fanwen.search import spelling
from fanwen.search.analysis import field_of, pairs
from fanwen.search.engine import Count, Sort
from fanwen.search.folding import canonical
from fanwen.search.query import Clause, Plan, parse
from fanwen.search.suggest import suggest
from fanwen.search.tantivy import facets as facet_counts
from fanwen.search.tantivy import part
from fanwen.search.tantivy.generations import Generations
from fanwen.search.tantivy.grouping import by_document
from fanwen.search.tantivy.queries import Queries
from fanwen.search.tantivy.reader import Reader, View
from fanwen.search.tantivy.schema import SEQUENCE_KEY
from fanwen.search.tantivy.searching import count, hits, search
from fanwen.search.tantivy.writing import Writer
from fanwen.search.telling import telling_words
from fanwen.search.types import EVERYTHING, Filters, IndexedDocument, Results, Suggestion

_RELATED_WORDS = 20
_RELATED_TITLE_BOOST = 2.0


class EmbeddedEngine:
    """The index in `folder`. Several may be open; the first to change something is the writer until it is closed."""

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder)
        self._reader = Reader(self.generations)
        self._writer: Writer | None = None

    # Writing

    def index(self, documents: Iterable[IndexedDocument]) -> int:
        return self.writer().index(documents)

    def delete(self, numbers: Iterable[str]) -> None:
        self.writer().delete(numbers)

    def commit(self, sequence: int) -> None:
        self.writer().commit(sequence)

    def writer(self) -> Writer:
        """The writer of the live generation, made if there is none. After a swap it moves to the new one."""
        live = self.generations.live()
        if self._writer is not None and self._writer.path != live:
            self._writer.close()
            self._writer = None
        if self._writer is None:
            if live is None:
                with self.generations.building():
                    live = self.generations.create()
                    draft = Writer(live)
                    draft.commit(0)
                    self.generations.publish(live)
                    self._writer = draft
            else:
                self._writer = Writer(live)
        return self._writer

    def rebuild(self, documents: Iterable[IndexedDocument], sequence: int) -> None:
        with self.generations.building():
            writer = Writer(self.generations.create())
            try:
                writer.index(documents)
                writer.commit(sequence)
            finally:
                writer.close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.generations.publish(writer.path)
            self.generations.sweep()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._reader.close()

    # Reading

    def view(self) -> View | None:
        """The index as of the last commit; none while there is no index."""
        return self._reader.view()

    def stamp(self) -> object:
        """Of what is found now: equal as long as nothing was committed to the index."""
        return self._reader.stamp()

    def sequence(self) -> int:
        view = self.view()
        if view is None:
            return 0
        query = Query.term_query(view.schema, "key", SEQUENCE_KEY, "basic")
        hits = view.searcher.search(query, limit=1, count=False).hits
        values = view.searcher.fast_field_values("sequence", [address for _, address in hits])
        return int(values[0] or 0) if values else 0

    def count(self) -> Count:
        view = self.view()
        if view is None:
            return Count(0, 0)
        headers = count(view, Query.term_query(view.schema, "page", 0, "basic"))
        marks = count(view, Query.term_query(view.schema, "key", SEQUENCE_KEY, "basic"))
        return Count(headers, view.searcher.num_docs - headers - marks)

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
        started = time.perf_counter()
        view = self.view()
        if view is None or (plan.empty and filters == EVERYTHING):
            return Results(plan.typed, 0)
        wanted = max(offset + limit, pages)
        found = search(view, plan, filters, wanted=wanted, sort=sort, grouped=grouped, listed=facets)
        counted = facet_counts.count(view, found) if facets else {}
        return Results(
            query=plan.typed,
            total=found.total,
            documents=tuple(group.hit(pages) for group in found.groups[offset : offset + limit]),
            facets=counted,
            about=found.share > 1,
            facets_about=facets and facet_counts.share_of(found) > 1,
            widened=found.widened,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        view = self.view()
        if view is None:
            return []
        found = suggest(view.keys, text, _frequency(view), limit=limit)
        return [suggestion for suggestion in found if suggestion.kind != "phrase" or _occurs(view, suggestion.text)]

    def correct(self, plan: Plan) -> str:
        view = self.view()
        if view is None or not plan.plain:
            return ""
        corrected = spelling.correct(view.keys, plan.plain, _frequency(view), view.searcher.num_docs)
        if not corrected:
            return ""
        queries = Queries(view.schema, view.searcher)
        before, after = (count(view, queries.strict(each, EVERYTHING)) for each in (plan, parse(corrected)))
        return corrected if after > before else ""

    def related(self, number: str, text: str, *, title: str = "", limit: int = 6) -> list[tuple[str, float]]:
        view = self.view()
        if view is None:
            return []
        frequency = _frequency(view)
        told = telling_words([title, title, text], frequency, view.searcher.num_docs, limit=_RELATED_WORDS)
        parts = [(Occur.Should, Query.boost_query(_term(view, field_of(word), word), weight)) for word, weight in told]
        parts.extend(
            (Occur.Should, Query.boost_query(_term(view, "title", token), _RELATED_TITLE_BOOST))
            for token in dict.fromkeys(pairs(canonical(title)))
            if 1 < view.searcher.doc_freq("title", token) <= max(3, view.searcher.num_docs // 50)
        )
        if not parts:
            return []
        query = Query.boolean_query(
            [
                (Occur.Must, Query.boolean_query(parts)),
                (Occur.MustNot, _term(view, "key", number)),
            ]
        )
        groups = by_document(hits(view, query, 100, "relevance"))
        return [(group.records[0].number, group.score) for group in groups[:limit]]

    def top_words(self, texts: Sequence[str], *, limit: int = 10) -> list[str]:
        view = self.view()
        if view is None:
            return []
        return [word for word, _ in telling_words(texts, _frequency(view), view.searcher.num_docs, limit=limit)]


class _Frequency:
    """How many records hold a word."""

    def __init__(self, view: View) -> None:
        self._searcher = view.searcher

    def __call__(self, word: str) -> int:
        return self._searcher.doc_freq(field_of(word), word)


def _occurs(view: View, phrase: str) -> bool:
    """Whether any record holds `phrase`: frequencies count deleted records until their segment is merged."""
    plan = Plan(phrase, (Clause(phrase, phrase=True),))
    queries = Queries(view.schema, view.searcher)
    query = queries.strict(plan, EVERYTHING)
    if query is None:
        return False
    share = part.share_for(queries.compared(plan, EVERYTHING))
    looked = [part.within(view.schema, query, each) for each in dict.fromkeys((share, 1))]
    return any(view.searcher.search(each, limit=1, count=False).hits for each in looked)


def _frequency(view: View) -> _Frequency:
    return _Frequency(view)


def _term(view: View, field: str, token: str) -> Query:
    return Query.term_query(view.schema, field, token, "freq")
