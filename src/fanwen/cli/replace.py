"""fanwen replace: a new version of a document's file; the number stays."""

from __future__ import annotations

import time
from pathlib import Path

import click
from django.utils import translation

from fanwen.cli.console import document_or_stop, print_json
from fanwen.cli.hands import Hands
from fanwen.intake.app.incoming import Incoming
from fanwen.intake.app.models import Stage
from fanwen.intake.app.replace import replace_file
from fanwen.intake.causes import explain
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document

_BLOCK = 1024 * 1024


@click.command("replace")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--no-wait", is_flag=True, help="Only store it; a running service does the rest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(number: str, file: Path, no_wait: bool, as_json: bool) -> None:
    """Replace the file of document NUMBER by FILE. The present one stays as an earlier version, and is what is read
    until the new one is ready."""
    document = document_or_stop(number)
    if document.version_of_id is not None:
        raise click.ClickException(f"there is no document {number}")
    try:
        waiting = _send(document, file)
    except IntakeError as error:
        raise click.ClickException(_cause(error.code, error.params)) from error
    if not no_wait:
        _wait(waiting)
    document.refresh_from_db()
    failed = Stage.objects.filter(document=waiting.pk, state="failed").first()
    status = "failed" if failed else "working" if Document.objects.filter(pk=waiting.pk).exists() else "ready"
    error = _cause(failed.cause, failed.params) if failed else None
    if as_json:
        print_json({"number": number, "version": document.version, "status": status, "error": error})
    elif error:
        raise click.ClickException(f"the document stays at version {document.version}: {error}")
    else:
        click.echo(f"{number} is at version {document.version}" + (", the new one is on its way" if no_wait else ""))
    if failed:
        raise SystemExit(1)


def _send(document: Document, file: Path) -> Document:
    incoming = Incoming()
    try:
        with file.open("rb") as opened:
            while block := opened.read(_BLOCK):
                incoming.write(block)
        path = incoming.finish()
    except BaseException:
        incoming.discard()
        raise
    return replace_file(document, path, incoming.sha256, incoming.size, file.name, by=document.uploader)


def _wait(waiting: Document) -> None:
    """Until it is in place, and then gone as a row of its own, or has failed."""
    hands = Hands()
    try:
        while Document.objects.filter(pk=waiting.pk).exclude(status=Document.Status.FAILED).exists():
            hands.look()
            time.sleep(0.2)
    except KeyboardInterrupt:
        raise click.ClickException("stopped. The file is stored; a running service goes on with it.") from None
    finally:
        hands.stop()


def _cause(code: str, params: dict[str, object]) -> str:
    return explain(code, params, translation.gettext)
