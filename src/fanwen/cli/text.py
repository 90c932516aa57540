"""fanwen text: a document's text, whole or one page."""

from __future__ import annotations

import click

from fanwen.cli.console import document_or_stop
from fanwen.library.models import Page


@click.command("text")
@click.argument("number")
@click.option("--page", type=click.IntRange(1), metavar="K", help="Only page K.")
def command(number: str, page: int | None) -> None:
    """Print the text of a document, pages parted by a form feed."""
    document = document_or_stop(number)
    pages = Page.objects.filter(document=document)
    if page is not None:
        pages = pages.filter(number=page)
        if not pages:
            raise click.ClickException(f"document {number} has no page {page}; it has {document.page_count}")
    for position, text in enumerate(pages.values_list("text", flat=True)):
        click.echo(("\f" if position else "") + text)
