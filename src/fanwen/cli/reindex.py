"""fanwen reindex: the search index made anew."""

from __future__ import annotations

import sys
import time

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fanwen.cli.console import print_json
from fanwen.search.app.rebuild import rebuild
from fanwen.search.engine import IndexBusy


@click.command("reindex")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(as_json: bool) -> None:
    """Build the search index anew beside the live one, then swap. The library goes on meanwhile."""
    began = time.monotonic()
    bar = Progress(
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=as_json or not sys.stderr.isatty(),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)
        try:
            documents = rebuild(lambda done, total: bar.update(task, completed=done, total=total))
        except IndexBusy as error:
            raise click.ClickException(str(error)) from error
    seconds = time.monotonic() - began
    if as_json:
        print_json({"documents": documents, "seconds": round(seconds, 2)})
    else:
        click.echo(f"Indexed {documents} documents in {seconds:.1f} s.")
