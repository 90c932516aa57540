"""fanwen show: everything about one document."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext

from fanwen.cli.console import document_or_stop, print_json
from fanwen.intake.app.models import Stage
from fanwen.intake.causes import explain
from fanwen.library.describe import describe
from fanwen.library.models import Document


@click.command("show")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(number: str, as_json: bool) -> None:
    """Show a document's title, uploader, format, stages and so on."""
    document = document_or_stop(number)
    about = describe(document) | {"stages": _stages(document)}
    if as_json:
        print_json(about)
        return
    for name, value in about.items():
        if name == "stages":
            continue
        click.echo(f"{name:14} {', '.join(map(str, value)) if isinstance(value, list) else value}")
    for name, stage in about["stages"].items():
        took = f" in {stage['seconds']:.2f} s" if stage["seconds"] is not None else ""
        click.echo(f"{name:14} {stage['state']}{took}{': ' + stage['error'] if stage['error'] else ''}")


def _stages(document: Document) -> dict[str, dict[str, Any]]:
    return {
        stage.name: {
            "state": stage.state,
            "at": stage.finished_at.isoformat() if stage.finished_at else None,
            "seconds": stage.seconds,
            "error": explain(stage.cause, stage.params, gettext) if stage.cause else None,
            "cause": stage.cause or None,
        }
        for stage in Stage.objects.filter(document=document)
    }
