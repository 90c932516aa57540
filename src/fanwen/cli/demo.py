"""fanwen demo: the demo library, as files or in the library."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from django.utils.translation import gettext

from fanwen.config.options import read
from fanwen.intake.causes import explain
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError


@click.group("demo")
def command() -> None:
    """The demo library: documents of invented places and people."""


@command.command("build")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def build_files(folder: Path) -> None:
    """Make the demo's files in FOLDER."""
    from fanwen.demo import build

    with (
        tempfile.TemporaryDirectory(prefix="fanwen-demo-office-") as scratch,
        Office(Path(scratch), sandbox=read("FANWEN_SANDBOX")) as office,
    ):
        try:
            files = build(folder, office)
        except IntakeError as error:
            raise click.ClickException(explain(error.code, error.params, gettext)) from error
    click.echo(f"{len(files)} files in {folder}")


@command.command("load")
def load_library() -> None:
    """Put the demo into the library; what is there already is left alone."""
    from fanwen.demo.load import load

    try:
        loaded = load()
    except IntakeError as error:
        raise click.ClickException(explain(error.code, error.params, gettext)) from error
    click.echo(f"{loaded.added} documents added, {loaded.already_there} already there")
