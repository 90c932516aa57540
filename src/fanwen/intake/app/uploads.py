"""Uploads that may come in pieces: a broken connection, a reload or a restart of the service goes on where it stopped.

What has arrived is the length of the file ``incoming/tus-<token>``. It is brought to the disk before it is
acknowledged, and a system that stopped at once leaves no more of it than was written.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from fanwen.config.options import read
from fanwen.intake.app.incoming import CHECK_EVERY, check_room, limit, refusal, too_large
from fanwen.intake.app.models import Upload
from fanwen.intake.app.names import clean_name
from fanwen.intake.app.receive import UPLOAD, receive_file
from fanwen.intake.types import IntakeError
from fanwen.library.models import Category, Document

MOST_OPEN = 500
"""Unfinished uploads one person may have."""

_SWEPT_AT_ONCE = 100
_PREFIX = "tus-"


class OutOfStep(Exception):
    """What was sent does not begin where the file ends (`offset`), or a newer request has taken over."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"at {offset}")
        self.offset = offset


def path_of(upload: Upload) -> Path:
    folder: Path = settings.FOLDERS.incoming
    return folder / f"{_PREFIX}{upload.token}"


def begin(owner: Any, name: str, size: int, *, sha256: str = "", about: dict[str, Any] | None = None) -> Upload:
    """A new upload of `size` bytes. Raises `IntakeError` ``too_large``, ``empty``, ``no_space``, ``read_only`` or
    ``too_many_uploads``."""
    sweep()
    if size > limit():
        raise too_large()
    if size == 0:
        raise IntakeError("empty")
    if Upload.objects.filter(owner=owner, status=Upload.Status.OPEN).count() >= MOST_OPEN:
        raise IntakeError("too_many_uploads", limit=MOST_OPEN)
    try:
        settings.FOLDERS.incoming.mkdir(parents=True, exist_ok=True)
        check_room(size)
        upload = Upload.objects.create(
            owner=owner, name=clean_name(name), size=size, sha256=sha256, about=about or {}, expires_at=_expiry()
        )
        path_of(upload).touch()
    except OSError as error:
        raise refusal(error) from error
    return upload


def find(owner: Any, token: str) -> Upload | None:
    """The upload `token`, if it is `owner`'s, has not expired, and its bytes are there."""
    upload = Upload.objects.filter(token=token, owner=owner, expires_at__gt=timezone.now()).first()
    return upload if upload and (upload.status != Upload.Status.OPEN or _there(upload)) else None


def unfinished(owner: Any) -> list[Upload]:
    """The uploads of `owner` that wait for more bytes, newest first."""
    rows = Upload.objects.filter(owner=owner, status=Upload.Status.OPEN, expires_at__gt=timezone.now())
    return [upload for upload in rows if path_of(upload).is_file() and offset(upload) < upload.size]


def of_bytes(owner: Any, sha256: str, size: int) -> Upload | None:
    """The unfinished upload of these bytes by `owner`; of several the one that has come furthest."""
    found = [upload for upload in unfinished(owner) if (upload.sha256, upload.size) == (sha256, size)]
    return max(found, key=offset, default=None)


def offset(upload: Upload) -> int:
    """Bytes that are there."""
    if upload.status != Upload.Status.OPEN:
        return upload.size
    with suppress(FileNotFoundError):
        return path_of(upload).stat().st_size
    return 0


def append(upload: Upload, start: int, blocks: Iterable[bytes], *, digest: tuple[str, bytes] | None = None) -> int:
    """Write `blocks` from byte `start` on; the new offset. Blocks that end early, as a broken connection does, are
    kept, but with a `digest` (algorithm, value) all of them or none.

    Raises `OutOfStep`, `IntakeError` ``no_space``, ``read_only`` or ``too_large``, and `ValueError` where the digest
    does not fit.
    """
    check = hashlib.new(digest[0]) if digest else None
    with _open(upload) as file:
        turn = _take_turn(upload, file, start)
        written = 0
        try:
            for block in blocks:
                if start + written + len(block) > upload.size:
                    raise IntakeError("too_large", limit=f"{upload.size} B")
                if written // CHECK_EVERY != (written + len(block)) // CHECK_EVERY:
                    check_room(0)
                    os.fsync(file.fileno())
                _write(upload, file, turn, block)
                written += len(block)
                if check:
                    check.update(block)
            if digest and check and check.digest() != digest[1]:
                raise ValueError("the digest does not fit")
        except BaseException as error:
            if digest and not isinstance(error, OutOfStep):
                _take_back(upload, file, turn, start)
            if isinstance(error, OSError):
                raise refusal(error) from error
            raise
        finally:
            os.fsync(file.fileno())
    Upload.objects.filter(pk=upload.pk).update(expires_at=_expiry())
    return start + written


def finish(upload: Upload) -> Upload:
    """Make a document of an upload that is complete; `upload` then says what became of it. May be called again."""
    try:
        with path_of(upload).open("rb") as file, _locked(file):
            upload.refresh_from_db()
            if upload.status == Upload.Status.OPEN and offset(upload) == upload.size:
                _hand_over(upload, hashlib.file_digest(file, "sha256").hexdigest())
    except FileNotFoundError:
        upload.refresh_from_db()
        _recall(upload)
    return upload


def discard(upload: Upload) -> None:
    path_of(upload).unlink(missing_ok=True)
    upload.delete()


def expired() -> QuerySet[Upload]:
    return Upload.objects.filter(expires_at__lt=timezone.now())


def kept_files() -> set[str]:
    """Names of the files in ``incoming/`` that still wait for their rest."""
    rows = Upload.objects.filter(status=Upload.Status.OPEN, expires_at__gte=timezone.now())
    return {f"{_PREFIX}{token}" for token in rows.values_list("token", flat=True)}


def sweep(*, at_once: int | None = _SWEPT_AT_ONCE) -> int:
    """Remove uploads that have expired; how many. One that is complete becomes a document instead."""
    found = list(expired()[:at_once])
    for upload in found:
        if upload.status == Upload.Status.OPEN and offset(upload) == upload.size:
            finish(upload)
        discard(upload)
    return len(found)


def _expiry() -> Any:
    return timezone.now() + timedelta(hours=read("FANWEN_UPLOAD_HOURS"))


def _there(upload: Upload) -> bool:
    return path_of(upload).is_file() or _recall(upload)


def _recall(upload: Upload) -> bool:
    """The file was taken over just before the service was killed: its document tells. False if there is none."""
    if upload.status == Upload.Status.OPEN and upload.sha256:
        document = Document.objects.filter(original=upload.sha256, uploader=upload.owner_id).first()
        if document is not None:
            _end(upload, Upload.Status.STORED, document=document)
            return True
    return upload.status != Upload.Status.OPEN


def _hand_over(upload: Upload, sha256: str) -> None:
    path = path_of(upload)
    if upload.sha256 and upload.sha256 != sha256:
        path.unlink()
        _end(upload, Upload.Status.REFUSED, cause="garbled")
        return
    upload.sha256 = sha256
    upload.save(update_fields=("sha256",))
    about = dict(upload.about)
    about["category"] = Category.objects.filter(pk=about.get("category")).first()
    try:
        receipt = receive_file(
            path, sha256, upload.size, upload.name, uploader=upload.owner, priority=UPLOAD, hold=True, **about
        )
    except IntakeError as error:
        _end(upload, Upload.Status.REFUSED, cause=error.code, params=error.params)
    else:
        _end(upload, Upload.Status(receipt.status), document=receipt.document)


def _end(upload: Upload, status: Upload.Status, **result: Any) -> None:
    upload.status = status
    for name, value in result.items():
        setattr(upload, name, value)
    upload.save(update_fields=("status", *result))


def _open(upload: Upload) -> IO[bytes]:
    """The file, to add to; never made anew, since it may just have become an original."""
    try:
        return os.fdopen(os.open(path_of(upload), os.O_WRONLY | os.O_APPEND), "ab", buffering=0)
    except FileNotFoundError:
        upload.refresh_from_db()
        raise OutOfStep(offset(upload)) from None


def _is_our_turn(upload: Upload, turn: int) -> bool:
    return Upload.objects.filter(pk=upload.pk, turn=turn, status=Upload.Status.OPEN).exists()


def _take_turn(upload: Upload, file: IO[bytes], start: int) -> int:
    """From now on this request writes, and an older one that hangs in a dead connection no longer does."""
    with _locked(file):
        size = os.fstat(file.fileno()).st_size
        if start != size or upload.status != Upload.Status.OPEN:
            raise OutOfStep(size)
        Upload.objects.filter(pk=upload.pk).update(turn=F("turn") + 1)
        return Upload.objects.values_list("turn", flat=True).get(pk=upload.pk)


def _write(upload: Upload, file: IO[bytes], turn: int, block: bytes) -> None:
    with _locked(file):
        if not _is_our_turn(upload, turn):
            raise OutOfStep(os.fstat(file.fileno()).st_size)
        view = memoryview(block)
        while view:
            view = view[file.write(view) :]


def _take_back(upload: Upload, file: IO[bytes], turn: int, start: int) -> None:
    with _locked(file):
        if _is_our_turn(upload, turn):
            os.ftruncate(file.fileno(), start)


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
