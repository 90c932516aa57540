"""fanwen get: the original file, or its PDF."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from django.conf import settings

from fanwen.cli.console import document_or_stop
from fanwen.intake.app.rendition import rendition_of


@click.command("get")
@click.argument("number")
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write it; - for standard output.",
)
@click.option("--pdf", is_flag=True, help="The PDF made from it instead of the original.")
def command(number: str, output: Path, pdf: bool) -> None:
    """Write a document's original, byte for byte as it was uploaded, to FILE."""
    document = document_or_stop(number)
    source = rendition_of(document) if pdf else settings.FOLDERS.original(document.original_id)
    try:
        with source.open("rb") as file:
            if str(output) == "-":
                shutil.copyfileobj(file, sys.stdout.buffer)
            else:
                with output.open("wb") as target:
                    shutil.copyfileobj(file, target)
    except FileNotFoundError as error:
        if Path(error.filename or "") == source:
            raise click.ClickException(f"document {number} has no PDF; see fanwen show {number}") from error
        raise click.ClickException(f"can't write {output}: {error.strerror}") from error
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from error
