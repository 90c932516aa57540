"""fanwen mask: take the facts out of a finished document, reversibly."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import cast

import click

from fanwen.blanks.mask import Masked, Masking
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.types import SORTS, Sort
from fanwen.cli.console import print_json
from fanwen.cli.source import answers, given

_OUT = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("mask")
@click.argument("file_or_number")
@click.option("-o", "output", type=_OUT, metavar="PATH", help="Where to write the masked document.")
@click.option("--key", type=_OUT, metavar="PATH", help="Where to write the key that gives the facts back.")
@click.option("--list", "only_list", is_flag=True, help="Show what would be taken out, and stop.")
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase and encrypt the key (or FANWEN_PASSPHRASE).")
@click.option("--passphrase-file", type=_FILE, metavar="FILE", help="Encrypt the key with the first line of FILE.")
@click.option("--lexicon", type=_FILE, metavar="FILE", help="Words to mask or to keep: lines like “person: 张明”.")
@click.option("--keep", multiple=True, metavar="TEXT", help="A text to leave as it is; may be given again.")
@click.option("--only", multiple=True, type=click.Choice(SORTS), help="Look for this kind only; may be given again.")
@click.option("--doubtful", is_flag=True, help="Also take out what only looks like a name.")
@click.option("--clear-metadata", is_flag=True, help="Also clear authors, company and revision history.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@answers
def command(
    file_or_number: str,
    output: Path | None,
    key: Path | None,
    only_list: bool,
    encrypt: bool,
    passphrase_file: Path | None,
    lexicon: Path | None,
    keep: tuple[str, ...],
    only: tuple[str, ...],
    doubtful: bool,
    clear_metadata: bool,
    as_json: bool,
) -> None:
    """Replace dates, numbers, names, addresses of a document (a FILE or a NUMBER) by blanks; keep them in a key."""
    words = Lexicon.parse(lexicon.read_text(encoding="utf-8-sig")) if lexicon else Lexicon()
    sorts = cast("tuple[Sort, ...]", only) or None
    source = given(file_or_number)
    masking = Masking(source.path, name=source.name, lexicon=words.with_kept(keep), sorts=sorts, doubtful=doubtful)
    if only_list:
        _show(masking.listed(clear=clear_metadata), as_json)
        return
    if output is None or key is None:
        raise click.UsageError("say with -o and --key where to write the document and its key, or use --list")
    for path in (output, key):
        if path.exists() and path.samefile(source.path):
            raise click.ClickException(f"{path} is the document itself; give another name")
    if output.absolute() == key.absolute():
        raise click.UsageError("the document and its key need different names")
    passphrase = passphrase_of(passphrase_file, ask=encrypt, confirm=True)
    _show(masking.write(output, key, passphrase, clear=clear_metadata), as_json)


def passphrase_of(file: Path | None, *, ask: bool, confirm: bool) -> str | None:
    """The passphrase from `file`, else from FANWEN_PASSPHRASE, else asked for where `ask` is set."""
    if file is not None:
        lines = file.read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0]:
            raise click.ClickException(f"{file} holds no passphrase in its first line")
        return lines[0]
    said = os.environ.get("FANWEN_PASSPHRASE")
    if said:
        return said
    if not ask:
        return None
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


def _show(masked: Masked, as_json: bool) -> None:
    if as_json:
        print_json(masked.to_dict())
        return
    for taken in masked.taken:
        click.echo(f"{taken.field}\t{taken.sort}\t{taken.text}\t{taken.passage}")
    counts = ", ".join(f"{count} {sort}" for sort, count in Counter(taken.sort for taken in masked.taken).items())
    click.echo(f"{len(masked.taken)} taken out{': ' if counts else ''}{counts}", err=True)
    for left in masked.unjudged:
        click.echo(f"not judged ({left.reason}): {left.text or left.place}", err=True)
