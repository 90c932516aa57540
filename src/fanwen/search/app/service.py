"""What pages and commands ask of search. Nothing a person types raises; a library without an index finds nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.db.models import Q

from fanwen.library.catalogue import published
from fanwen.library.models import Category, Document, Page
from fanwen.search import highlight
from fanwen.search.analysis import cut
from fanwen.search.app import asked
from fanwen.search.app.live import engine
from fanwen.search.app.resembling import resembling
from fanwen.search.engine import Sort
from fanwen.search.folding import canonical, is_han
from fanwen.search.query import Plan, parse
from fanwen.search.snippets import mark, snippet
from fanwen.search.types import EVERYTHING, DocumentHit, Facet, Filters, PageHit, Results, Suggestion

__all__ = ["available", "find", "log", "matches", "related", "stamp", "suggest"]

FEW = 5
"""With fewer pages found than this, another spelling is looked for."""
_RELATED_SEARCHES = 6

log = asked.log
_parse = lru_cache(maxsize=512)(parse)


def available() -> bool:
    """Whether there is an index to search."""
    return engine().view() is not None


def stamp() -> object:
    """Of what is found now: equal as long as nothing was committed to the index."""
    return engine().stamp()


def find(
    text: str,
    filters: Filters = EVERYTHING,
    *,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
    pages: int = 3,
    grouped: bool = True,
    facets: bool = True,
) -> Results:
    """What `text` finds: documents with up to `pages` of their best pages each, with snippets, titles and labels.

    With `grouped` false there is one entry a page and `limit` counts pages. A document's number, typed alone, puts that
    document first. Corrections and related searches come with the first results only.
    """
    started = time.perf_counter()
    plan = _parse(text)
    found = engine().search(
        plan, filters, limit=limit, offset=offset, sort=sort, pages=pages, grouped=grouped, facets=facets
    )
    documents = list(found.documents)
    total = found.total
    if plan.number and not offset and filters == EVERYTHING:
        documents, total = _number_first(plan.number, documents, total)
    texts = page_texts((page.number, page.page) for hit in documents for page in hit.pages)
    shown = _with_text(plan, documents, texts)
    results = replace(
        found,
        query=text,
        total=total,
        documents=tuple(shown),
        facets=_labelled(found.facets),
    )
    if not offset and not plan.empty:
        results = replace(
            results,
            did_you_mean=engine().correct(plan) if found.widened or total < FEW else "",
            related=_related_searches(plan, list(texts.values())[:3]) if grouped else (),
        )
    return replace(results, took_ms=(time.perf_counter() - started) * 1000)


def suggest(text: str, *, limit: int = 8) -> list[Suggestion]:
    """What `text` may be the beginning of: queries others made, titles, frequent phrases; also by pinyin and initials."""
    typed = canonical(text).strip()
    if not typed:
        return []
    made = [
        query for plain, query, times in asked.remembered() if times > 1 and plain.startswith(typed) and plain != typed
    ]
    suggestions = [Suggestion(query, "phrase") for query in made[: limit // 3]]
    known = {canonical(suggestion.text) for suggestion in suggestions}
    for suggestion in engine().suggest(text, limit=limit):
        if suggestion.kind != "phrase" or suggestion.text not in known:
            suggestions.append(suggestion)
    return _trimmed(suggestions, limit)


def related(number: str, *, limit: int = 6) -> list[DocumentHit]:
    """Documents that resemble document `number`, best first; none for a number that is not there."""
    found = resembling(number, limit)
    titles = dict(published().filter(number__in=[other for other, _ in found]).values_list("number", "title"))
    return [DocumentHit(other, score, (), titles[other]) for other, score in found if other in titles]


def matches(text: str, page_text: str) -> list[tuple[int, int]]:
    """Where the query `text` matches in a page's text: spans of offsets."""
    return highlight.matches(_parse(text), page_text)


def page_texts(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Texts from the catalogue, by document number and page; page 0 stands for the document's description."""
    pages: dict[str, list[int]] = {}
    for number, page in wanted:
        pages.setdefault(number, []).append(page)
    if not pages:
        return {}
    conditions = Q()
    for number, numbers in pages.items():
        conditions |= Q(document__number=number, number__in=numbers)
    rows = Page.objects.filter(conditions).values_list("document__number", "number", "text")
    found = {(number, page): text for number, page, text in rows}
    headers = [number for number, numbers in pages.items() if 0 in numbers]
    if headers:
        described = Document.objects.filter(number__in=headers).values_list("number", "description")
        found.update({(number, 0): description for number, description in described})
    return {
        key: found[key] for key in ((number, page) for number, each in pages.items() for page in each) if key in found
    }


def _with_text(plan: Plan, documents: list[DocumentHit], texts: dict[tuple[str, int], str]) -> list[DocumentHit]:
    """The hits with snippets and titles; what the catalogue no longer has, or is private by now, is left out."""
    titles = dict(published().filter(number__in=[hit.number for hit in documents]).values_list("number", "title"))
    shown: list[DocumentHit] = []
    for hit in documents:
        if hit.number not in titles:
            continue
        pages = tuple(
            PageHit(page.number, page.page, page.score, snippet(plan, texts[page.number, page.page]))
            for page in hit.pages
            if (page.number, page.page) in texts
        )
        if pages:
            shown.append(replace(hit, pages=pages, title=mark(plan, titles[hit.number])))
    return shown


def _number_first(number: str, documents: list[DocumentHit], total: int) -> tuple[list[DocumentHit], int]:
    if not published().filter(number=number).exists():
        return documents, total
    before = [hit for hit in documents if hit.number == number]
    others = [hit for hit in documents if hit.number != number]
    first = before[0] if before else DocumentHit(number, 0.0, (PageHit(number, 0, 0.0),))
    return [first, *others], total + (not before)


def _labelled(facets: dict[str, tuple[Facet, ...]]) -> dict[str, tuple[Facet, ...]]:
    """Facets with labels: a category's name for its key; the value itself otherwise."""
    named = dict(facets)
    if categories := facets.get("category"):
        names = dict(
            Category.objects.filter(pk__in=[int(facet.value) for facet in categories]).values_list("pk", "name")
        )
        named["category"] = tuple(
            replace(facet, label=names[int(facet.value)]) for facet in categories if int(facet.value) in names
        )
    for field in ("format", "year", "uploader", "length", "template"):
        if field in named:
            named[field] = tuple(replace(facet, label=facet.value) for facet in named[field])
    return named


def _related_searches(plan: Plan, texts: list[str]) -> tuple[str, ...]:
    """Queries others made that share a word with this one, then this one with the words that mark its best pages."""
    plain = " ".join(clause.text for clause in plan.clauses)
    parts = [part for part in cut(plain) if len(part) > 1 or not is_han(part)]
    made = [
        query
        for known, query, _ in asked.remembered()
        if known != canonical(plan.typed).strip() and any(part in known for part in parts)
    ][: _RELATED_SEARCHES // 2]
    words = engine().top_words([text[:1000] for text in texts], limit=12) if len(plain) <= 20 else []
    more = [
        f"{plan.typed.strip()} {word}"
        for word in words
        if word not in plain and not any(part in word for part in parts)
    ]
    return tuple(dict.fromkeys([*made, *more]))[:_RELATED_SEARCHES]


def _trimmed(suggestions: list[Suggestion], limit: int) -> list[Suggestion]:
    titles = [suggestion for suggestion in suggestions if suggestion.kind != "phrase"]
    phrases = [suggestion for suggestion in suggestions if suggestion.kind == "phrase"]
    kept = phrases[: max(limit // 3, limit - len(titles))]
    return [*titles[: limit - len(kept)], *kept]
