"""The demo put into the library: categories, accounts and documents, as if uploaded over two years."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model

from fanwen.config.options import read
from fanwen.demo import catalogue, shelve
from fanwen.demo.build import DemoFile, build_each
from fanwen.intake.app.receive import receive
from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError
from fanwen.library.actions.make_category import make_category
from fanwen.library.models import Document

log = structlog.get_logger("fanwen.demo")

_ZONE = ZoneInfo("Asia/Shanghai")
_BLOCK = 256 * 1024


@dataclass(frozen=True)
class Loaded:
    added: int
    already_there: int


def load() -> Loaded:
    """Add every demo document that the library does not have yet; called again, it adds nothing, and goes on where
    an earlier call was cut off. Each document is received as soon as its file is made.

    Raises `IntakeError` where LibreOffice is missing or the data folder can't be written.
    """
    contents = catalogue.read()
    accounts = {uploader.username: _account(uploader) for uploader in contents.uploaders}
    there = set(Document.objects.filter(uploader__in=accounts.values()).values_list("original_name", flat=True))
    wanted = [entry for entry in contents.entries if entry.name not in there]
    # In the tree's order, whatever is taken in first.
    categories = {entry.category: make_category("/".join(entry.category)) for entry in contents.entries}
    added = 0
    if wanted:
        settings.FOLDERS.make()
        with (
            tempfile.TemporaryDirectory(prefix="demo-", dir=settings.FOLDERS.run) as folder,
            Office(Path(folder) / "office", sandbox=read("FANWEN_SANDBOX")) as office,
        ):
            for file in build_each(Path(folder), office, wanted):
                receipt = receive(
                    _blocks(file),
                    file.path.name,
                    uploader=accounts[file.uploader],
                    category=categories[file.category],
                    tags=file.tags,
                    title=file.title,
                    uploaded_at=file.uploaded_at.replace(tzinfo=_ZONE),
                )
                if receipt.status == "stored":
                    added += 1
                    shelve.read(receipt.document, contents.read.get(file.path.name, 0))
                file.path.unlink()
    shelve.put_together(contents, accounts)
    log.info("demo loaded", added=added, already_there=len(contents.entries) - added)
    return Loaded(added, len(contents.entries) - added)


def _blocks(file: DemoFile) -> Iterator[bytes]:
    with file.path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block


def _account(uploader: catalogue.Uploader) -> Any:
    """An account that nobody can sign in to. The name is kept whole: a Chinese family name comes first."""
    users = get_user_model().objects
    account = users.filter(username=uploader.username).first()
    if account is None:
        account = users.create_user(uploader.username, first_name=uploader.name)
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def unfinished() -> Path:
    """The mark of a demo that is being loaded: where it is found at a start, loading goes on."""
    path: Path = settings.FOLDERS.root / "demo-unfinished"
    return path


def main() -> None:
    """What the supervisor runs as a child."""
    try:
        load()
    except IntakeError as error:
        log.error("demo not loaded", cause=error.code, **error.params)
        raise SystemExit(1) from error
    unfinished().unlink(missing_ok=True)
