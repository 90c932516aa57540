"""fanwen add: files and whole folders into the library."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from django.contrib.auth import get_user_model
from django.utils import translation

from fanwen.cli.add_warnings import said, warnings_of
from fanwen.cli.console import print_json
from fanwen.cli.hands import Hands
from fanwen.cli.progress import Counter
from fanwen.intake.app.models import Stage
from fanwen.intake.app.receive import receive
from fanwen.intake.causes import explain
from fanwen.intake.types import IntakeError
from fanwen.library.actions.make_category import make_category
from fanwen.library.models import Document

_BLOCK = 1024 * 1024
_ENDED = {"ready", "failed", "duplicate", "refused"}


@dataclass
class Entry:
    """One file of the command, as it is reported."""

    path: Path
    number: str = ""
    status: str = "working"
    pages: int = 0
    format: str = ""
    error: str | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--category", default="", metavar="A/B", help="Put them under this category; made if it is missing.")
@click.option("--tag", "tags", multiple=True, help="Give them this tag; may be repeated.")
@click.option("--uploader", default="", metavar="NAME", help="The account they are listed under.")
@click.option("--private", is_flag=True, help="Only the uploader, staff and holders of a secret link may read them.")
@click.option("--hold", is_flag=True, help="Publish what has personal data in it only when its uploader has looked.")
@click.option("--no-wait", is_flag=True, help="Only store them; a running service does the rest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    paths: tuple[Path, ...],
    category: str,
    tags: tuple[str, ...],
    uploader: str,
    private: bool,
    hold: bool,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Add files and folders. Stopped at any moment and run again, it goes on where it was: nothing is added twice."""
    for path in paths:
        if not path.exists():
            raise click.ClickException(f"{path} does not exist")
    account = _account(uploader)
    about = {
        "uploader": account,
        "category": make_category(category),
        "tags": tags,
        "private": private,
        "hold": hold,
    }
    files = list(_files(paths))
    hands = None if no_wait else Hands()
    try:
        entries = _add(files, about, hands, quiet=as_json)
    except KeyboardInterrupt:
        raise click.ClickException("stopped. What was stored is safe; run the same command again to go on.") from None
    finally:
        if hands is not None:
            hands.stop()
    found = warnings_of([entry.number for entry in entries if entry.status == "ready"], account)
    for entry in entries:
        entry.warnings = found.get(entry.number, []) if entry.status == "ready" else []
    if as_json:
        print_json([_shape(entry) for entry in entries])
    else:
        _report(entries)
    if any(entry.status in {"failed", "refused"} for entry in entries):
        raise SystemExit(1)


def _account(name: str) -> Any:
    accounts = get_user_model().objects
    if not name:
        return accounts.filter(is_superuser=True).order_by("pk").first()
    account = accounts.filter(username=name).first()
    if account is None:
        raise click.ClickException(f"there is no account {name}")
    return account


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Every file under `paths` in a stable order; hidden files and Office's lock files are passed over."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")):
                    yield Path(folder) / name


def _add(files: list[Path], about: dict[str, Any], hands: Hands | None, *, quiet: bool) -> list[Entry]:
    """Store every file and, where there are `hands`, wait until all are ready or have failed."""
    entries: list[Entry] = []
    waiting: dict[str, Entry] = {}
    with Counter(len(files), quiet=quiet) as counter:
        for path in files:
            entry = _store(path, about, waiting)
            entries.append(entry)
            counter.say(path.name)
            if entry.status in _ENDED or hands is None:
                counter.done(failed=entry.status in {"failed", "refused"})
            if len(waiting) % 20 == 0:
                _look(waiting, counter, hands)
        while hands is not None and waiting:
            _look(waiting, counter, hands)
            time.sleep(min(0.5, 0.05 + len(waiting) / 400))  # asking after thousands must not slow them down
    return entries


def _store(path: Path, about: dict[str, Any], waiting: dict[str, Entry]) -> Entry:
    entry = Entry(path)
    try:
        with path.open("rb") as file:
            receipt = receive(iter(lambda: file.read(_BLOCK), b""), path.name, **about)
    except OSError as error:
        entry.status, entry.error = "refused", f"can't be read: {error.strerror}"
        return entry
    except IntakeError as error:
        entry.status, entry.error = "refused", _cause(error.code, error.params)
        return entry
    document = receipt.document
    entry.number, entry.format, entry.pages = document.number, document.format, document.page_count
    if receipt.status == "duplicate" and (document.status != "working" or document.number in waiting):
        entry.status = "duplicate"
    else:
        # New, or stored by an earlier run of this command that was stopped before it was ready.
        waiting[document.number] = entry
    return entry


def _look(waiting: dict[str, Entry], counter: Counter, hands: Hands | None) -> None:
    """Take note of documents that are ready and findable, or have failed."""
    if hands is not None:
        hands.look()
    numbers = list(waiting)
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        findable = set(
            Stage.objects.filter(name="indexed", state__in=("done", "failed"), document__number__in=part).values_list(
                "document__number", flat=True
            )
        )
        for document in Document.objects.filter(number__in=part).exclude(status="working"):
            if document.status == "ready" and document.number not in findable:
                continue
            entry = waiting.pop(document.number)
            entry.status, entry.pages, entry.format = document.status, document.page_count, document.format
            if document.status == "failed":
                stage = Stage.objects.filter(document=document, state="failed").first()
                entry.error = _cause(stage.cause, stage.params) if stage else None
            counter.done(failed=document.status == "failed")


def _cause(code: str, params: dict[str, Any]) -> str:
    return explain(code, params, translation.gettext)


def _shape(entry: Entry) -> dict[str, Any]:
    return {
        "path": str(entry.path),
        "number": entry.number,
        "status": entry.status,
        "pages": entry.pages,
        "format": entry.format,
        "error": entry.error,
        "warnings": entry.warnings,
    }


def _report(entries: list[Entry]) -> None:
    for entry in entries:
        line = f"{entry.status:9}  {entry.number or '-':9}  {entry.path}"
        click.echo(f"{line}  ({entry.error})" if entry.error else line)
        for warning in said(entry.warnings):
            click.echo(f"{'':11}! {warning}")
    counts = {
        status: sum(entry.status == status for entry in entries) for status in sorted({e.status for e in entries})
    }
    click.echo(", ".join(f"{count} {status}" for status, count in counts.items()) or "no files found")
