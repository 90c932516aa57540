"""A plan as tantivy queries: strict (all of it on one record) and loose (the telling parts of it)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

import tantivy
from tantivy import Occur, Query

from fanwen.search.analysis import GAP, TOKEN, cut, field_of, final, pairs, words
from fanwen.search.folding import is_han
from fanwen.search.query import Clause, Plan
from fanwen.search.tantivy.excluding import exclusions
from fanwen.search.types import Filters

COMMON = 0.2
"""A pair that more than this share of all records holds says nothing, and is left out of loose queries."""
COMMON_WORD = 0.5
"""The same for a word. Both, and the bonus, were chosen by `bench.search.evaluate`."""
_WORD_BONUS = 0.5
"""What a pair counts more where it is a word of the query."""
TITLE_BOOST = 0.6
_FEW = 1_000
_MOST_LOOSE = 16
"""Parts a loose query looks up at most, rarest first."""
_MOST_READ = 750_000
"""Records that those parts stand in at most, added up. In a library of a million pages the most frequent words of a question
say least and take half of its time."""
_MOST_NARROWING = 3
"""Parts by which headers are narrowed down before they are looked at, rarest first."""


class Queries:
    """Builds queries for one searcher, whose document frequencies it asks for."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._records = max(1, searcher.num_docs)
        self._frequencies: dict[tuple[str, str], int] = {}

    def frequency(self, field: str, token: str) -> int:
        """How many records hold `token`, asked for once."""
        found = self._frequencies.get((field, token))
        if found is None:
            found = self._frequencies[field, token] = self._searcher.doc_freq(field, token)
        return found

    def term(self, field: str, value: str | int, option: str = "freq") -> Query:
        return Query.term_query(self._schema, field, value, option)

    def strict(self, plan: Plan, filters: Filters) -> Query | None:
        """Every clause, on one record; none if a part of it is nowhere.

        A pair that is a word of the query counts twice, by its weight: as a part that may be missing it would be looked up
        a second time.
        """
        required: list[Query] = []
        scoring: list[Query] = []
        for clause in plan.clauses:
            if clause.phrase or clause.title:
                query = self._phrase("title" if clause.title else "pairs", clause)
                if query is None:
                    return None
                required.append(query)
            else:
                parts = self._all_of(clause.text)
                if parts is None:
                    return None
                required.extend(parts)
                scoring.extend(self.term("words", word) for word in dict.fromkeys(words(clause.text)) if len(word) != 2)
        return self._narrowed(required, scoring, plan, filters)

    def compared(self, plan: Plan, filters: Filters) -> int:
        """In how many records a strict search looks at where words stand, at most; it does only for phrases."""
        placed = [
            clause for clause in plan.clauses if clause.phrase and not clause.title and len(pairs(clause.text)) > 1
        ]
        if not placed:
            return 0
        held = [
            self.frequency("pairs", token) for clause in plan.clauses if not clause.title for token in certain(clause)
        ]
        narrowed = [
            self._searcher.doc_freq(field, value) if _storable(value) else 0
            for field, value in self._wanted(plan, filters)
        ]
        return len(placed) * min((*held, *narrowed), default=0)

    def headers(self, plan: Plan, strict: Query) -> Query | None:
        """The headers that `strict` finds, ranked higher where the title holds a part of what is asked for; none if there
        are none. They are looked for in the field that only headers have, so that pages cost nothing."""
        parts = {token for clause in plan.clauses for token in certain(clause)}
        rarest = sorted(parts, key=lambda token: self.frequency("header", token))[:_MOST_NARROWING]
        if rarest and not self.frequency("header", rarest[0]):
            return None
        narrowing = [self.term("header", token, "basic") for token in rarest] or [self.term("page", 0, "basic")]
        tokens = (token for clause in plan.clauses for token in pairs(clause.text))
        in_title = self._in_title(token for token in tokens if token != GAP)
        return Query.boolean_query(
            [
                *((Occur.Must, Query.const_score_query(query, 0.0)) for query in narrowing),
                (Occur.Must, strict),
                *((Occur.Should, query) for query in in_title),
            ]
        )

    def loose(self, plan: Plan, filters: Filters) -> Query | None:
        """The rarer parts of the typed words; phrases, exclusions and filters stay as they are. None if there are none."""
        required: list[Query] = []
        for clause in plan.clauses:
            if clause.phrase or clause.title:
                query = self._phrase("title" if clause.title else "pairs", clause)
                if query is None:
                    return None
                required.append(query)
        parts = self.telling_parts(plan)
        if not parts:
            return None
        scoring = [self._weighted(self.term(field, token), weight) for (field, token), weight in parts.items()]
        scoring.extend(self._in_title(token for field, token in parts if field == "pairs"))
        required.append(Query.boolean_query([(Occur.Should, query) for query in scoring]))
        return self._narrowed(required, [], plan, filters)

    def telling_parts(self, plan: Plan) -> dict[tuple[str, str], float]:
        """What the plan's words come down to when widened: (field, token) with its weight, the rarest first.

        Two parts are kept at least, if there are two.
        """
        weights: Counter[tuple[str, str]] = Counter()
        for clause in plan.clauses:
            if not clause.phrase and not clause.title:
                weights.update(self._parts(clause.text))
        frequencies = {part: found for part in weights if (found := self.frequency(*part))}
        rarest = sorted(frequencies, key=frequencies.__getitem__)[:_MOST_LOOSE]
        read = accumulate(frequencies[part] for part in rarest)
        kept = [
            part
            for part, total in zip(rarest, read, strict=True)
            if frequencies[part] <= self._limit(*part, weights) and total <= _MOST_READ
        ]
        kept = kept if len(kept) >= 2 else rarest[:2]
        return {part: 1 + _WORD_BONUS * (weights[part] - 1) for part in kept}

    def _narrowed(self, required: list[Query], scoring: list[Query], plan: Plan, filters: Filters) -> Query:
        clauses = [(Occur.Must, query) for query in required]
        clauses.extend((Occur.Should, query) for query in scoring)
        clauses.extend((Occur.Must, Query.const_score_query(query, 0.0)) for query in self._filters(plan, filters))
        if not any(occur == Occur.Must for occur, _ in clauses):
            clauses.append((Occur.Must, self._anything()))
        wanted = clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)
        if not plan.without:
            return wanted
        found = [(clause.title, self._phrase("title" if clause.title else "pairs", clause)) for clause in plan.without]
        words = [query for title, query in found if query is not None and not title]
        titles = [query for title, query in found if query is not None and title]
        excluded = exclusions(self._schema, self._searcher, wanted, words, titles)
        return Query.boolean_query([(Occur.Must, wanted), *((Occur.MustNot, query) for query in excluded)])

    def _anything(self) -> Query:
        """The header record of every document."""
        return Query.const_score_query(self.term("page", 0, "basic"), 1.0)

    def _filters(self, plan: Plan, filters: Filters) -> list[Query]:
        return [
            self.term(field, value, "basic") if _storable(value) else Query.empty_query()
            for field, value in self._wanted(plan, filters)
        ]

    @staticmethod
    def _wanted(plan: Plan, filters: Filters) -> list[tuple[str, str | int]]:
        """Fields and the values they must have."""
        wanted: list[tuple[str, str | int]] = []
        if filters.category is not None:
            wanted.append(("category", filters.category))
        if filters.year is not None:
            wanted.append(("year", filters.year))
        if filters.template:
            wanted.append(("template", 1))
        wanted.extend(
            (field, value)
            for field, value in (
                ("format", filters.format),
                ("uploader", filters.uploader),
                ("length", filters.length),
                ("key", plan.document),
                ("key", filters.document),
            )
            if value
        )
        return wanted

    def _limit(self, field: str, token: str, weights: Counter[tuple[str, str]]) -> float:
        is_word = field == "words" or weights[field, token] > 1
        return (COMMON_WORD if is_word else COMMON) * self._records

    @staticmethod
    def _weighted(query: Query, weight: float) -> Query:
        return query if weight == 1 else Query.boost_query(query, weight)

    def _in_title(self, tokens: Iterable[str]) -> list[Query]:
        return [
            Query.boost_query(self.term("title", token), TITLE_BOOST)
            for token in dict.fromkeys(tokens)
            if self.frequency("title", token)
        ]

    def _phrase(self, field: str, clause: Clause) -> Query | None:
        """The clause as it stands, in `field`; none if one of its tokens is nowhere."""
        tokens = pairs(clause.text)
        if len(tokens) == 1:  # phrase_query panics on a single token
            return self._character(field, tokens[0]) if is_lone(tokens[0]) else self._known(field, tokens[0])
        if not all(self.frequency(field, token) for token in tokens):
            return None
        return Query.phrase_query(self._schema, field, list(tokens))

    def _known(self, field: str, token: str) -> Query | None:
        return self.term(field, token) if self.frequency(field, token) else None

    def _all_of(self, text: str) -> list[Query] | None:
        """Every pair and every Latin word of canonical `text`; none if one of them is nowhere."""
        queries: list[Query] = []
        for run in TOKEN.finditer(text):
            if is_lone(run[0]):
                query = self._lone(text, run.start(), run[0])
                if query is None:
                    return None
                queries.append(query)
        known = set(words(text))
        for token in _by_run(text):
            query = self._known("pairs", token)
            if query is None:
                return None
            queries.append(self._weighted(query, 2.0 if token in known else 1.0))
        return queries

    def _lone(self, text: str, start: int, character: str) -> Query | None:
        """A Han character by itself: with the Latin word it touches (5月, A级), else anywhere."""
        for neighbour in TOKEN.finditer(text):
            if neighbour.end() == start or neighbour.start() == start + 1:
                first, last = min(start, neighbour.start()), max(start + 1, neighbour.end())
                return self._phrase("pairs", Clause(text[first:last], phrase=True))
        return self._character("pairs", character)

    def _character(self, field: str, character: str) -> Query:
        """Every record that holds `character`, those first where it is a word by itself.

        A particle that most records hold as a word is looked for as one only.
        """
        word = self.term("words", character)
        ends = self.term("title" if field == "title" else "words", final(character))
        anywhere = [ends]
        if field == "title" or self.frequency("words", character) <= max(COMMON * self._records, _FEW):
            anywhere.append(Query.regex_query(self._schema, field, f"{character}.?"))
        else:
            anywhere.append(word)
        found = Query.const_score_query(Query.boolean_query([(Occur.Should, query) for query in anywhere]), 0.1)
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, word)])

    def _parts(self, text: str) -> list[tuple[str, str]]:
        """What a loose query may look up of canonical `text`: (field, token); a pair that is a word counts twice."""
        parts: list[tuple[str, str]] = [(field_of(part), part) for part in cut(text) if is_han(part[0])]
        for run in TOKEN.finditer(text):
            token = run[0]
            if not is_han(token[0]):
                parts.extend(("pairs", part) for part in pairs(token))
            elif len(token) > 1:
                parts.extend(("pairs", token[at : at + 2]) for at in range(len(token) - 1))
        return parts


def _storable(value: str | int) -> bool:
    """Whether a record can hold `value` at all: the index takes no number for a term that it can't hold."""
    return isinstance(value, str) or 0 <= value < 2**63


def certain(clause: Clause) -> list[str]:
    """Tokens that every record holds that has what `clause` asks for."""
    if not (clause.phrase or clause.title):
        return _by_run(clause.text)
    tokens = pairs(clause.text)
    return [token for token in tokens if token != GAP] if len(tokens) > 1 or not is_lone(tokens[0]) else []


def _by_run(text: str) -> list[str]:
    """The tokens of each run of canonical `text` by itself, once each; none of characters that are a run alone."""
    runs = (run[0] for run in TOKEN.finditer(text))
    return list(dict.fromkeys(token for run in runs if not is_lone(run) for token in pairs(run)))


def is_lone(token: str) -> bool:
    """Whether `token` is a single Han character."""
    return len(token) == 1 and is_han(token)
