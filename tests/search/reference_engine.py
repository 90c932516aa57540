"""A search engine that looks at every page: slow, plain, and right. Other engines are held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pypinyin import lazy_pinyin

from fanwen.search.analysis import TOKEN, cut
from fanwen.search.engine import Count, Sort
from fanwen.search.folding import CJK, JOIN, LETTER, canonical, fold_with_origins, is_han
from fanwen.search.query import Clause, Plan, parse
from fanwen.search.types import (
    EVERYTHING,
    DocumentHit,
    Facet,
    Filters,
    IndexedDocument,
    PageHit,
    Results,
    Suggestion,
)

_BREAK = rf"{JOIN}*(?:(?!{LETTER})[^{CJK}{JOIN}]{JOIN}*)+"


def length_of(pages: int) -> str:
    return "1" if pages < 2 else "2-5" if pages < 6 else "6-20" if pages < 21 else "21+"


def holds(text: str, clause: Clause) -> bool:
    """Whether `text` has what the clause asks for, by looking."""
    if clause.phrase or clause.title:
        return has_phrase(text, clause.text)
    plain = canonical(text)
    tokens = list(TOKEN.finditer(clause.text))
    for at, match in enumerate(tokens):
        token = match[0]
        if not is_han(token[0]):
            found = has_phrase(text, token)
        elif len(token) > 1:
            found = all(token[start : start + 2] in plain for start in range(len(token) - 1))
        else:
            first = match.start() - len(tokens[at - 1][0]) if at and tokens[at - 1].end() == match.start() else None
            after = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start() == match.end() else None
            if first is not None:
                found = has_phrase(text, clause.text[first : match.end()])
            else:
                found = has_phrase(text, clause.text[match.start() : after.end() if after else match.end()])
        if not found:
            return False
    return True


def has_phrase(text: str, phrase: str) -> bool:
    return re.search(phrase_pattern(phrase), fold_with_origins(text).text) is not None


def phrase_pattern(text: str) -> str:
    """A pattern that finds canonical `text` in folded text, Latin words and numbers only whole: slow to compile."""
    pieces: list[str] = []
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        han = is_han(match[0][0])
        if before is not None:
            if not han and not is_han(before[0][0]):
                pieces.append(rf"(?:(?!{LETTER})[^{CJK}])*")  # what parts Latin words does not matter
            else:
                pieces.append(f"{JOIN}*" if match.start() == before.end() else _BREAK)
        pieces.append(_joined(match[0]) if han else _whole(match[0]))
        before = match
    return "".join(pieces)


def _joined(token: str) -> str:
    return f"{JOIN}*".join(map(re.escape, token))


def _whole(token: str) -> str:
    """A Latin token, not as a part of a longer one."""
    if not token[0].isalnum():
        return re.escape(token)
    before = rf"(?<!{LETTER})(?<!{LETTER}{JOIN})" + (r"(?<!\d\.)" if token[0].isdigit() else "")
    after = rf"(?!{JOIN}*{LETTER})" + (r"(?!\.\d)" if token[-1].isdigit() else "")
    return before + _joined(token) + after


class ReferenceEngine:
    def __init__(self) -> None:
        self._committed: dict[str, IndexedDocument] = {}
        self._pending: dict[str, IndexedDocument | None] = {}
        self._sequence = 0

    def index(self, documents: Iterable[IndexedDocument]) -> int:
        pages = 0
        for document in documents:
            self._pending[document.number] = document
            pages += len(document.pages)
        return pages

    def delete(self, numbers: Iterable[str]) -> None:
        self._pending.update(dict.fromkeys(numbers))

    def commit(self, sequence: int) -> None:
        for number, document in self._pending.items():
            self._committed.pop(number, None)
            if document is not None:
                self._committed[number] = document
        self._pending.clear()
        self._sequence = sequence

    def sequence(self) -> int:
        return self._sequence

    def count(self) -> Count:
        return Count(len(self._committed), sum(len(document.pages) for document in self._committed.values()))

    def rebuild(self, documents: Iterable[IndexedDocument], sequence: int) -> None:
        self._committed = {}
        self._pending = {}
        self.index(documents)
        self.commit(sequence)

    def close(self) -> None:
        self._pending.clear()

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
        if plan.empty and filters == EVERYTHING:
            return Results(plan.typed, 0)
        everything = [document for document in self._committed.values() if _passes(document, plan, filters)]
        strict = [hit for document in everything for hit in self._hits(document, plan)]
        hits, widened = list(strict), False
        if len(strict) < 10 and any(not clause.phrase and not clause.title for clause in plan.clauses):
            more = [hit for document in everything for hit in self._some(document, plan) if hit not in strict]
            hits, widened = strict + more, bool(more)
        with_pages = {number for number, page in hits if page}
        shown = [(number, page) for number, page in hits if page or number not in with_pages]
        groups: dict[str, list[int]] = {}
        for number, page in shown:
            groups.setdefault(number, []).append(page)
        entries = list(groups.items())
        if not grouped:
            entries = [(number, [page]) for number, page in shown]
        if sort == "reads":
            entries.sort(key=lambda entry: self._by_reads(entry[0]), reverse=True)
        if sort == "newest":
            entries.sort(key=lambda entry: -self._committed[entry[0]].uploaded_at)
        documents = tuple(
            DocumentHit(number, 1.0, tuple(PageHit(number, page, 1.0) for page in each[:pages]))
            for number, each in entries
        )
        counted = self._facets(shown) if facets else {}
        return Results(plan.typed, len(shown), documents[offset : offset + limit], counted, widened=widened)

    def _hits(self, document: IndexedDocument, plan: Plan) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        header = "\n\n".join(
            [document.title, *document.tags, document.category.replace("/", "\n\n"), document.description]
        )
        records = [(0, header), *((page.number, page.text) for page in document.pages)]
        without = [Clause(clause.text, phrase=True) for clause in plan.without if not clause.title]
        if any(clause.title and has_phrase(document.title, clause.text) for clause in plan.without):
            return []
        spoilt = {page for page, text in records if any(holds(text, clause) for clause in without)}
        for page, text in records:
            wanted = all(
                page == 0 and holds(document.title, clause) if clause.title else holds(text, clause)
                for clause in plan.clauses
            )
            if wanted and (plan.clauses or page == 0) and page not in spoilt and not (page == 0 and spoilt):
                found.append((document.number, page))
        return found

    def _by_reads(self, number: str) -> tuple[int, int]:
        return self._committed[number].reads, self._committed[number].uploaded_at

    def _some(self, document: IndexedDocument, plan: Plan) -> list[tuple[str, int]]:
        strict = [clause for clause in plan.clauses if clause.phrase or clause.title]
        parts = [part for clause in plan.clauses if clause not in strict for part in cut(clause.text) if len(part) > 1]
        alternatives = (
            Plan(plan.typed, (*strict, Clause(part, phrase=True)), plan.without, plan.document) for part in parts
        )
        return list(dict.fromkeys(hit for each in alternatives for hit in self._hits(document, each)))

    def _facets(self, hits: list[tuple[str, int]]) -> dict[str, tuple[Facet, ...]]:
        counts: dict[str, dict[str, int]] = {
            name: {} for name in ("category", "format", "year", "uploader", "length", "template")
        }
        for number, _ in hits:
            document = self._committed[number]
            values = {
                "category": [str(key) for key in document.categories],
                "format": [document.format],
                "year": [str(document.year)],
                "uploader": [document.uploader],
                "length": [length_of(document.page_count or len(document.pages))],
                "template": [str(int(document.template))],
            }
            for name, each in values.items():
                for value in each:
                    counts[name][value] = counts[name].get(value, 0) + 1
        return {
            name: tuple(Facet(value, "", count) for value, count in each.items() if value not in {"", "0"})
            for name, each in counts.items()
        }

    def suggest(self, text: str, *, limit: int = 8) -> list[Suggestion]:
        typed = canonical(text)
        slips = {typed} | {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1)}
        found: list[Suggestion] = []
        for document in self._committed.values():
            parts = cut(canonical(document.title))
            for at in range(len(parts)):
                rest = parts[at:]
                read = [syllable for part in rest for syllable in lazy_pinyin(part)]
                keys = ("".join(rest), "".join(read), "".join(syllable[0] for syllable in read))
                if any(key.startswith(slip) for key in keys for slip in slips if slip):
                    found.append(Suggestion(document.title, "title", document.number))
        return list(dict.fromkeys(found))[:limit]

    def correct(self, plan: Plan) -> str:
        if not plan.plain:
            return ""
        for document in self._committed.values():
            for page in document.pages:
                for word in cut(canonical(page.text)):
                    if len(word) > 1 and is_han(word[0]):
                        for at in range(len(plan.plain) - len(word) + 1):
                            piece = plan.plain[at : at + len(word)]
                            if piece != word and lazy_pinyin(piece) == lazy_pinyin(word):
                                better = plan.plain.replace(piece, word)
                                if self.search(parse(better)).total > self.search(plan).total or not self._any(plan):
                                    return better
        return ""

    def _any(self, plan: Plan) -> bool:
        return any(self._hits(document, plan) for document in self._committed.values())

    def related(self, number: str, text: str, *, title: str = "", limit: int = 6) -> list[tuple[str, float]]:
        own = self._telling([title, text])
        scores = [
            (other.number, float(len(own & self._telling([other.title, *(page.text for page in other.pages)]))))
            for other in self._committed.values()
            if other.number != number
        ]
        return sorted((score for score in scores if score[1]), key=lambda score: -score[1])[:limit]

    def top_words(self, texts: Sequence[str], *, limit: int = 10) -> list[str]:
        return sorted(self._telling(texts))[:limit]

    def _telling(self, texts: Iterable[str]) -> set[str]:
        words = {word for text in texts for word in cut(canonical(text)) if len(word) > 1}
        holding = {
            word: sum(any(word in canonical(page.text) for page in other.pages) for other in self._committed.values())
            for word in words
        }
        return {word for word in words if 1 < holding[word] <= max(3, len(self._committed) / 2)}


def _passes(document: IndexedDocument, plan: Plan, filters: Filters) -> bool:
    return (
        (filters.category is None or filters.category in document.categories)
        and filters.format in {"", document.format}
        and filters.year in {None, document.year}
        and filters.uploader in {"", document.uploader}
        and filters.length in {"", length_of(document.page_count or len(document.pages))}
        and (document.template or not filters.template)
        and filters.document in {"", document.number}
        and plan.document in {"", document.number}
    )
