"""fanwen blanks: what a document asks for."""

from __future__ import annotations

import click

from fanwen.blanks import detect, read_story
from fanwen.blanks.detect import Evidence
from fanwen.blanks.types import Blank, to_json
from fanwen.cli.console import print_json
from fanwen.cli.source import answers, given

_RELATED = 40
"""Documents whose text is evidence for elisions."""


@click.command("blanks")
@click.argument("file_or_number")
@click.option("--json", "as_json", is_flag=True, help="Print the blanks as JSON.")
@answers
def command(file_or_number: str, as_json: bool) -> None:
    """List the blanks of a document (a FILE, or the NUMBER of one in the library) in document order.

    Each with its name, what it asks for, and the words around it; of a document of the library as its editor corrected
    them. PDF and text files are read too, though they can't be filled.
    """
    source = given(file_or_number)
    story = read_story(source.path, name=source.name)
    found = detect(story)
    if source.number and any(blank.role == "elision" for blank in found):
        found = detect(story, _evidence(source.number))
    found = source.corrected(story, found)
    if as_json:
        print_json(to_json(found))
        return
    for blank in found:
        click.echo("\t".join((blank.id, blank.where, _asks(blank), blank.name, _context(blank))))
    elisions = sum(blank.role == "elision" for blank in found)
    click.echo(f"{len(found)} blanks: {len(found) - elisions} to fill, {elisions} lost to a filter")
    if not story.fillable:
        click.echo(story.reason, err=True)


def _evidence(number: str) -> Evidence:
    """What documents like this one say: the words that a filter took out of it may stand there."""
    from fanwen.blanks.app.evidence import evidence_of
    from fanwen.search.app import service

    return evidence_of([hit.number for hit in service.related(number, limit=_RELATED)])


def _asks(blank: Blank) -> str:
    if blank.role == "elision":
        return f"elision ({blank.suggestion}?)" if blank.suggestion else "elision"
    return " ".join(part for part in (blank.hedge, blank.type, blank.unit, blank.group) if part)


def _context(blank: Blank) -> str:
    text = f"{blank.before}[{blank.text}]{blank.after}"
    return " ".join(text.split())
