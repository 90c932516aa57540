"""fanwen related: documents that resemble one."""

from __future__ import annotations

import click

from fanwen.cli.console import document_or_stop, print_json
from fanwen.search.app import service


@click.command("related")
@click.argument("number")
@click.option("--limit", type=click.IntRange(1, 100), default=6, show_default=True, help="Documents shown at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(number: str, limit: int, as_json: bool) -> None:
    """List documents that resemble document NUMBER, the nearest first."""
    document = document_or_stop(number)
    found = service.related(document.number, limit=limit)
    if as_json:
        print_json([{"number": hit.number, "title": hit.title, "score": round(hit.score, 4)} for hit in found])
        return
    for hit in found:
        click.echo(f"{hit.number}  {hit.title}")
