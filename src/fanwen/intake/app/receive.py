"""A file becomes a document of the library: stored and recorded before any work on it starts."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from fanwen.config.disk import sync
from fanwen.intake.app.incoming import Incoming
from fanwen.intake.app.models import Examination, Stage, Task
from fanwen.intake.app.names import clean_name, stem
from fanwen.intake.app.wake import ring
from fanwen.intake.sniff import sniff
from fanwen.intake.types import IntakeError, Kind
from fanwen.library import catalogue
from fanwen.library.models import Category, Document, Original, Tag
from fanwen.people.names import usual_choice
from fanwen.search.app import changes

REFUSED = frozenset({"empty", "unknown_format", "too_large", "archive_bomb", "no_space", "read_only"})
"""Causes for which a file is turned away. A file that is known but can't be read, such as one under a password, is
kept: it is listed with its cause and can be downloaded."""

UPLOAD, BULK = 10, 0
"""Priorities: what someone waits for in a browser goes before a bulk import."""

FEW = 5
"""Files of one person that go before; what more they send at once is a bulk import, and keeps no other person waiting."""


@dataclass(frozen=True)
class Receipt:
    status: Literal["stored", "duplicate"]
    document: Document
    """The new document; for a duplicate the one that has these bytes already and that the uploader may know of."""


def receive(chunks: Iterable[bytes], name: str, **about: Any) -> Receipt:
    """Take in a file given as blocks of bytes; `about` as for `receive_file`."""
    incoming = Incoming()
    try:
        for block in chunks:
            incoming.write(block)
        path = incoming.finish()
    except BaseException:
        incoming.discard()
        raise
    return receive_file(path, incoming.sha256, incoming.size, name, **about)


def receive_file(
    path: Path,
    sha256: str,
    size: int,
    name: str,
    *,
    uploader: Any = None,
    category: Category | None = None,
    tags: Sequence[str] = (),
    title: str = "",
    private: bool = False,
    shown_as: str = "",
    hold: bool = False,
    uploaded_at: Any = None,
    priority: int = BULK,
) -> Receipt:
    """Take over the received file at `path` (in the data folder's `incoming/`) as a document.

    The file is moved to its place and the rows are committed together; whatever happens, `path` is gone afterwards.
    `shown_as` (a value of `Document.ShownAs`) is how its uploader is named; "" for their usual choice.
    With `hold` it is published only once its text was looked through, and with personal data in it only by its uploader.
    Raises `IntakeError` with a code of `REFUSED`.
    """
    shown = Document.Visibility
    name = clean_name(name)
    with taking_over(path):
        if Original.objects.filter(pk=sha256).exists() and (first := catalogue.with_bytes(sha256, uploader)):
            return Receipt("duplicate", first)
        kind = known(path, name)
        target = settings.FOLDERS.original(sha256)
        make_room(target)
        with transaction.atomic():
            # Asked again under the lock: two people may send the same file at once.
            if Original.objects.filter(pk=sha256).exists():
                if first := catalogue.with_bytes(sha256, uploader):
                    return Receipt("duplicate", first)
            else:
                Original.objects.create(sha256=sha256, size=size)
            document = Document.objects.create(
                original_id=sha256,
                original_name=name,
                title=(title or stem(name))[:300],
                title_given=bool(title),
                uploader=uploader,
                visibility=shown.PRIVATE if private else shown.HELD if hold else shown.PUBLIC,
                shown_as=shown_as if shown_as in Document.ShownAs.values else usual_choice(uploader),
                category=category,
                format=kind.format if kind else Path(name).suffix[1:11].lower(),
                family=kind.family if kind else "",
            )
            if hold:
                Examination.objects.create(document=document, hold=True)
            if uploaded_at is not None:
                Document.objects.filter(pk=document.pk).update(uploaded_at=uploaded_at)
                document.uploaded_at = uploaded_at
            if tags:
                document.tags.set([Tag.objects.get_or_create(name=tag[:50])[0] for tag in tags if tag])
            begin(document, "indexed", priority=priority)
            changes.note(document.number)
            move(path, target)
    ring("worker")
    return Receipt("stored", document)


def begin(document: Document, last: str, *, priority: int) -> None:
    """Queue a stored `document` for its stages, of which `last` is the one after its pages."""
    now = timezone.now()
    Stage.objects.bulk_create(
        [
            Stage(document=document, name="stored", state="done", started_at=now, finished_at=now, seconds=0),
            *(Stage(document=document, name=name) for name in ("converted", "paged", last)),
        ]
    )
    Task.objects.create(document=document, priority=_fair(document, priority))


def _fair(document: Document, priority: int) -> int:
    if priority != UPLOAD:
        return priority
    waiting = Task.objects.filter(document__uploader=document.uploader_id, priority__gte=UPLOAD)
    return BULK if waiting.count() >= FEW else UPLOAD


@contextmanager
def taking_over(path: Path) -> Iterator[None]:
    """While the received file at `path` is taken over: it is gone afterwards, and a disk that is full or can't be written
    is told as such."""
    try:
        yield
    except OperationalError as error:
        raise _refusal(error) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise IntakeError("no_space", permanent=False) from error
        if error.errno in {errno.EROFS, errno.EACCES}:
            raise IntakeError("read_only", permanent=False) from error
        raise
    finally:
        path.unlink(missing_ok=True)


def known(path: Path, name: str) -> Kind | None:
    """The file's kind, or None for one that is to be kept though it can't be read."""
    try:
        return sniff(path, name)
    except IntakeError as error:
        if error.code in REFUSED:
            raise
        return None


def make_room(target: Path) -> None:
    """Make the folder of an original. Done before the database is locked, for every flush keeps others waiting."""
    try:
        target.parent.mkdir(parents=True)
    except FileExistsError:
        return
    sync(target.parent.parent)
    sync(target.parent.parent.parent)


def move(path: Path, target: Path) -> None:
    """Put the received file at `path` where originals lie, and make sure that it is there after a crash."""
    path.chmod(0o440)
    path.replace(target)
    sync(target.parent)


def _refusal(error: OperationalError) -> Exception:
    message = str(error)
    if "full" in message:
        return IntakeError("no_space", permanent=False)
    if "readonly" in message or "unable to open" in message:
        return IntakeError("read_only", permanent=False)
    return error
