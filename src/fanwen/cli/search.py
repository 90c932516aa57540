"""fanwen search: pages that a query finds."""

from __future__ import annotations

import re
from typing import Any, get_args

import click
from rich.console import Console
from rich.text import Text

from fanwen.cli.console import print_json
from fanwen.library import catalogue
from fanwen.library.models import Category
from fanwen.search.app import service
from fanwen.search.engine import Sort
from fanwen.search.types import Filters, Results

_MARK = re.compile(r"<mark>(.*?)</mark>|([^<]+)")


@click.command("search")
@click.argument("query")
@click.option("--category", metavar="A/B", help="In this category and those below it: its path or its name.")
@click.option("--format", "format_", metavar="FORMAT", help="Of this format: docx, pdf ...")
@click.option("--year", type=int, help="Uploaded in this year.")
@click.option("--uploader", metavar="NAME", help="By this uploader.")
@click.option("--templates", is_flag=True, help="Only documents with blanks that can be filled in.")
@click.option(
    "--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True, help="What comes first."
)
@click.option("--in", "within", metavar="NUMBER", help="In this document.")
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="Pages shown at most.")
@click.option("--offset", type=click.IntRange(0, 10_000), default=0, help="Pages left out at the beginning.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    query: str,
    category: str | None,
    format_: str | None,
    year: int | None,
    uploader: str | None,
    templates: bool,
    sort: Sort,
    within: str | None,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Find pages. "..." is an exact phrase, -word excludes, title:word looks in titles."""
    filters = Filters(
        category=_category(category) if category else None,
        format=(format_ or "").lower(),
        year=year,
        uploader=uploader or "",
        document=within or "",
        template=templates,
    )
    found = service.find(query, filters, limit=limit, offset=offset, sort=sort, pages=1, grouped=False, facets=False)
    hits = _hits(found)
    if as_json:
        about = {"about": True} if found.about else {}
        print_json({"query": query, "total": found.total, **about, "took_ms": round(found.took_ms, 2), "hits": hits})
    else:
        _print(found, hits)


def _category(path: str) -> int:
    """The key of the category `path`, which may also be the name of one category alone."""
    names = [name.strip() for name in path.split("/") if name.strip()]
    for found in Category.objects.filter(name=names[-1] if names else ""):
        trail = catalogue.category_path(found)
        if trail[-len(names) :] == names:
            return int(found.pk)
    raise click.ClickException(f"there is no category {path}")


def _hits(found: Results) -> list[dict[str, Any]]:
    numbers = {hit.number for hit in found.documents}
    documents = {document.number: document for document in catalogue.listed().filter(number__in=numbers)}
    return [
        {
            "number": page.number,
            "title": documents[page.number].title,
            "page": page.page,
            "snippet": page.snippet,
            "score": round(page.score, 4),
            "format": documents[page.number].format,
            "category": catalogue.category_path(documents[page.number].category),
        }
        for hit in found.documents
        for page in hit.pages
        if page.number in documents
    ]


def _print(found: Results, hits: list[dict[str, Any]]) -> None:
    console = Console(highlight=False)
    for hit in hits:
        where = f"page {hit['page']}" if hit["page"] else "title"
        heading = Text.assemble((hit["title"], "bold"), f"  {hit['number']}  {where}  {hit['format']}")
        if hit["category"]:
            heading.append(f"  {'/'.join(hit['category'])}")
        console.print(heading)
        console.print(_marked(hit["snippet"]))
        console.print()
    widened = "; few hold all the words, so some hold only the rarer ones" if found.widened else ""
    console.print(
        f"{'about ' if found.about else ''}{found.total} {'page' if found.total == 1 else 'pages'}, {found.took_ms:.0f} ms{widened}"
    )
    if found.did_you_mean:
        console.print(f"Did you mean: {found.did_you_mean}")
    if not service.available():
        console.print("There is no index yet: start the library, or run fanwen reindex.")


def _marked(snippet: str) -> Text:
    """A snippet for a terminal: matches stand out by colour, or in 【】 where there is none."""
    from html import unescape

    text = Text("  ")
    for marked, plain in _MARK.findall(snippet):
        text.append(unescape(marked or plain), "bold yellow" if marked else "")
    return text
