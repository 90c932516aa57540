"""fanwen retry: a failed document once more."""

from __future__ import annotations

import click

from fanwen.cli.console import document_or_stop
from fanwen.intake.app.stages import retry


@click.command("retry")
@click.argument("number")
def command(number: str) -> None:
    """Send a failed document through its failed stages again."""
    if not retry(document_or_stop(number)):
        raise click.ClickException(f"nothing of document {number} has failed")
    click.echo(f"{number} is in the queue again")
