"""fanwen diff: does a filled document differ from its template in anything but the blanks?"""

from __future__ import annotations

from pathlib import Path

import click

from fanwen.blanks.diff import diff
from fanwen.blanks.fill import Template
from fanwen.cli.console import print_json
from fanwen.cli.source import answers, read_json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("diff")
@click.argument("template", type=_FILE)
@click.argument("filled", type=_FILE)
@click.option("--values", metavar="JSON", help="What FILLED was filled with: rows and passages in it are no changes.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@answers
def command(template: Path, filled: Path, values: str | None, as_json: bool) -> None:
    """List the blanks of TEMPLATE that FILLED changed, and every other change (there should be none)."""
    shape = None
    if values is not None:
        said = read_json(values)
        if not isinstance(said, dict):
            raise click.ClickException("the values are not a JSON object")
        shape = Template(template).shape(said)
    found = diff(template, filled, shape=shape)
    if as_json:
        print_json(found.to_dict())
        return
    for change in found.changed:
        click.echo(f"{change.id}\t{change.name}\t{change.before!r} -> {change.after!r}")
    click.echo(f"{found.blanks_changed} blanks changed, {len(found.others)} other changes")
    for other in found.others:
        click.echo(f"other change ({other.kind}) in {other.place}: {other.before[:60]!r} -> {other.after[:60]!r}")
