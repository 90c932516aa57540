"""Masking on the web: a file that was sent in waits in the cache until its facts are confirmed, then its template and key
until they are fetched. Nothing of it enters the library unless its owner publishes the template."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fanwen.blanks.app.detection import FILLABLE
from fanwen.blanks.app.models import MaskedFile
from fanwen.blanks.mask import Masking
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.types import Sort, Unjudged
from fanwen.config.options import read
from fanwen.intake.office import Office
from fanwen.intake.sniff import sniff
from fanwen.library.models import Document
from fanwen.people.owner import Owner

LARGEST = 50 * 1024 * 1024
"""Bytes of a file."""

KEPT = timedelta(hours=12)
"""How long a file, its template and its key wait: they hold what somebody wants to keep to himself."""

_AROUND = 12


@dataclass(frozen=True)
class Fact:
    """A text that was found, at all its places."""

    text: str
    sort: Sort
    sure: bool
    places: int
    before: str
    after: str


def folder_of(masked: MaskedFile) -> Path:
    return Path(settings.FOLDERS.masks / masked.token)


def source_of(masked: MaskedFile) -> Path:
    return folder_of(masked) / f"source{masked.suffix}"


def template_of(masked: MaskedFile) -> Path:
    return folder_of(masked) / f"template{masked.suffix}"


def key_of(masked: MaskedFile) -> Path:
    return folder_of(masked) / "template.key"


def take_in(owner: Owner, name: str, chunks: Iterable[bytes]) -> MaskedFile:
    """Keep a file to be masked; an older word processor's is converted into DOCX first. Raises `BlanksError` and
    `IntakeError` for a file that can't be masked."""
    drop_old()
    masked = MaskedFile(name=name[:300], **owner.columns)
    folder = folder_of(masked)
    folder.mkdir(parents=True, mode=0o700)
    try:
        given = folder / "given"
        with given.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        kind = sniff(given, name)
        if kind.format in FILLABLE or kind.family != "word":
            masked.suffix = f".{kind.format}"
            given.replace(source_of(masked))
        else:
            masked.suffix, masked.converted = ".docx", True
            with _office(folder) as office:
                office.to_docx(given, source_of(masked), kind=kind)
            given.unlink()
        Masking(source_of(masked), name=f"source{masked.suffix}")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    masked.save()
    return masked


def take_from(owner: Owner, document: Document) -> MaskedFile:
    """The same with a document of the library. Raises `BlanksError` and `IntakeError`."""
    with settings.FOLDERS.original(document.original_id).open("rb") as file:
        return take_in(owner, document.original_name, iter(lambda: file.read(2**20), b""))


def facts(masking: Masking) -> list[Fact]:
    """What was found, each text once, in the order of the document; what only looks like a fact stands last."""
    found: dict[tuple[str, Sort, bool], list[tuple[str, str]]] = {}
    for taken in masking.taken:
        text = masking.texts[taken.passage]
        around = (text[max(0, taken.start - _AROUND) : taken.start], text[taken.end : taken.end + _AROUND])
        found.setdefault((taken.text, taken.sort, True), []).append(around)
    for left in doubtful(masking):
        before, _, after = masking.texts[left.place].partition(left.text)
        found.setdefault((left.text, left.sort or "text", False), []).append((before[-_AROUND:], after[:_AROUND]))
    return [
        Fact(text, sort, sure, len(places), *(" ".join(part.split()) for part in places[0]))
        for (text, sort, sure), places in sorted(found.items(), key=lambda one: not one[0][2])
    ]


def doubtful(masking: Masking) -> list[Unjudged]:
    return [left for left in masking.listed().unjudged if left.reason == "doubtful"]


def opened(masked: MaskedFile, lexicon: Lexicon | None = None) -> Masking:
    return Masking(source_of(masked), name=f"source{masked.suffix}", lexicon=lexicon)


def finish(
    masked: MaskedFile,
    chosen: Mapping[str, Sort],
    left: Sequence[str],
    more: Lexicon,
    passphrase: str,
    *,
    clear: bool,
) -> None:
    """Take out the texts in `chosen` as facts of their kinds and the words of `more`, keep those of `left` as they are,
    and write template and key."""
    lexicon = Lexicon({**chosen, **more.words}, frozenset(left) | more.kept)
    masking = opened(masked, lexicon)
    done = masking.write(template_of(masked), key_of(masked), passphrase, clear=clear)
    masked.taken = len(done.taken)
    masked.left = [one.to_dict() for one in done.unjudged]
    masked.state = MaskedFile.State.DONE
    masked.save()


def discard(masked: MaskedFile) -> None:
    """Remove the file with everything made of it."""
    shutil.rmtree(folder_of(masked), ignore_errors=True)
    masked.delete()


def drop_old() -> None:
    for masked in MaskedFile.objects.filter(changed_at__lt=timezone.now() - KEPT):
        discard(masked)


@contextmanager
def _office(folder: Path) -> Iterator[Office]:
    """One LibreOffice for files to be masked at a time."""
    with (settings.FOLDERS.run / "mask.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with (
            tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="mask-") as scratch,
            Office(Path(scratch), sandbox=read("FANWEN_SANDBOX")) as office,
        ):
            yield office
