"""fanwen restore: a backup becomes a data folder."""

from __future__ import annotations

from pathlib import Path

import click

from fanwen.cli.progress import BytesBar
from fanwen.upkeep.archive import BackupError
from fanwen.upkeep.findings import count, some
from fanwen.upkeep.restore import restore


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Into a folder that is in use: what is there is moved aside, not deleted.")
def command(file: Path, force: bool) -> None:
    """Put the backup FILE into the empty data folder named with --data. All of it is put in place, or nothing."""
    try:
        with BytesBar("Unpacking") as bar:
            restored = restore(file, force=force, progress=bar.at)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.ClickException("stopped; nothing was restored") from None
    click.echo(f"{count(restored.documents, 'document')} restored; the next start builds the search index")
    if restored.aside:
        click.echo(f"What was there before is in {restored.aside}")
    if restored.missing:
        click.echo(f"Missing already when the backup was made: originals {some(restored.missing)}", err=True)
    if restored.damaged:
        click.echo(f"Damaged already when the backup was made: originals {some(restored.damaged)}", err=True)
