"""fanwen backup: everything into one file, while the library is in use."""

from __future__ import annotations

from pathlib import Path

import click

from fanwen.cli.progress import BytesBar
from fanwen.upkeep.archive import BackupError
from fanwen.upkeep.backup import back_up
from fanwen.upkeep.findings import count, in_bytes, some


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write database, originals and renditions to FILE (.tar, .tar.gz or .tgz). An older FILE is replaced at the end."""
    try:
        with BytesBar("Packing") as bar:
            made = back_up(file.absolute(), bar.at)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.ClickException(f"stopped; {file} was not written") from None
    click.echo(f"{count(made.documents, 'document')} in {file}, {in_bytes(made.size)}")
    if made.missing:
        click.echo(f"Not in it, for they are not on the disk: originals {some(made.missing)}", err=True)
    if made.damaged:
        click.echo(f"Packed as they are, though damaged on the disk: originals {some(made.damaged)}", err=True)
    if made.missing or made.damaged:
        click.echo("fanwen check --deep tells which documents they belong to.", err=True)
        raise SystemExit(1)
