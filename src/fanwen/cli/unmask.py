"""fanwen unmask: give a masked document its facts back."""

from __future__ import annotations

from pathlib import Path

import click

from fanwen.blanks.errors import KeyProblem
from fanwen.blanks.mask import unmask
from fanwen.cli.console import print_json
from fanwen.cli.mask import passphrase_of
from fanwen.cli.source import answers

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("unmask")
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, required=True, metavar="PATH", help="The key that masking wrote.")
@click.option("-o", "output", type=click.Path(path_type=Path), required=True, metavar="PATH", help="Where to write it.")
@click.option("--passphrase-file", type=_FILE, metavar="FILE", help="The passphrase is the first line of FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@answers
def command(file: Path, key: Path, output: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Write the original of a masked FILE, every part byte for byte as it was."""
    passphrase = passphrase_of(passphrase_file, ask=False, confirm=False)
    try:
        unmask(file, key, output, passphrase)
    except KeyProblem as error:
        if error.code != "key_locked":
            raise
        unmask(file, key, output, passphrase_of(None, ask=True, confirm=False))
    if as_json:
        print_json({"path": str(output)})
    else:
        click.echo(str(output))
