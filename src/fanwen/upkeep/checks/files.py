"""Whether every original and rendition lies where the catalogue says, and nothing lies there besides."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F

from fanwen.library.models import Document, Original
from fanwen.upkeep.checks.queue import again
from fanwen.upkeep.findings import Finding, count, ok, problem, some, warning

LOST_AND_FOUND = "lost+found"


def findings(*, deep: bool, progress: Callable[[int], None] = lambda size: None) -> Iterator[Finding]:
    """`progress` is told the bytes of each original as it is read by a deep check."""
    yield from _originals(deep, progress)
    yield from _strays("originals", settings.FOLDERS.originals, _keep_stray_originals, "originals without a document")
    yield from _renditions()
    yield from _strays("renditions", settings.FOLDERS.renditions, _remove_stray_renditions, "PDFs without a document")
    yield from _pages()


# --- originals -------------------------------------------------------------------------------------------------------


def _originals(deep: bool, progress: Callable[[int], None]) -> Iterator[Finding]:
    missing, damaged, total = [], [], 0
    for original in Original.objects.order_by("sha256").iterator(chunk_size=2000):
        total += 1
        path = settings.FOLDERS.original(original.sha256)
        if not path.is_file():
            missing.append(original.sha256)
        elif path.stat().st_size != original.size or (deep and _sha256(path, progress) != original.sha256):
            damaged.append(original.sha256)
    # A document may have been deleted while its file was looked for.
    missing, damaged = _still_there(missing), _still_there(damaged)
    mend = "copy these files from a backup: documents {} (fanwen --data NEW restore FILE), or delete the documents"
    if missing:
        yield problem("originals", f"{count(len(missing), 'original')} missing", mend.format(_numbers(missing)))
    if damaged:
        yield problem("originals", f"{count(len(damaged), 'original')} changed", mend.format(_numbers(damaged)))
    if not missing and not damaged:
        yield ok("originals", f"{total:,} there" + (", every byte as uploaded" if deep else ", of the right size"))


def _sha256(path: Path, progress: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            progress(len(block))
    return digest.hexdigest()


def _still_there(hashes: list[str]) -> list[str]:
    return [sha256 for sha256 in hashes if Original.objects.filter(sha256=sha256).exists()]


def _numbers(hashes: list[str]) -> str:
    return some([*Document.objects.filter(original__in=hashes[:6]).values_list("number", flat=True), *hashes[6:]])


# --- files that no row names -----------------------------------------------------------------------------------------


def _strays(name: str, folder: Path, repair: Callable[[list[Path]], str], what: str) -> Iterator[Finding]:
    paths = stray_files(folder)
    if paths:
        shown = some([path.name[:12] for path in paths])
        yield warning(name, f"{len(paths):,} {what}: {shown}", "fanwen check --repair", lambda: repair(paths))


def stray_files(folder: Path) -> list[Path]:
    """Files under `folder` that belong to no original of the catalogue."""
    found: list[Path] = []
    for first in sorted(folder.iterdir()) if folder.is_dir() else []:
        known = set(Original.objects.filter(sha256__startswith=first.name).values_list("sha256", flat=True))
        files = (path for path in first.rglob("*") if path.is_file()) if first.is_dir() else iter([first])
        found += [path for path in files if path.name.removesuffix(".pdf") not in known]
    if not found:
        return []
    # An upload moves its file before its row is committed: only what is unknown while nobody writes is a stray.
    with transaction.atomic():
        return [path for path in found if path.is_file() and not _known(path)]


def _known(path: Path) -> bool:
    return Original.objects.filter(sha256=path.name.removesuffix(".pdf")).exists()


def _keep_stray_originals(paths: list[Path]) -> str:
    """Move them aside: they may be the only copy of something."""
    target: Path = settings.FOLDERS.root / LOST_AND_FOUND
    target.mkdir(exist_ok=True)
    moved = 0
    with transaction.atomic():
        for path in paths:
            if path.is_file() and not _known(path):
                path.replace(target / path.name)
                moved += 1
    return f"moved {count(moved, 'file')} to {target}; to take them in: fanwen add {target}"


def _remove_stray_renditions(paths: list[Path]) -> str:
    with transaction.atomic():
        gone = [path for path in paths if not _known(path)]
        for path in gone:
            path.unlink(missing_ok=True)
    return f"removed {count(len(gone), 'PDF')}, which can be made again"


# --- renditions and pages --------------------------------------------------------------------------------------------


def _renditions() -> Iterator[Finding]:
    missing, total = [], 0
    ready = Document.objects.filter(status=Document.Status.READY).exclude(family="pdf")
    for number, sha256 in ready.values_list("number", "original").iterator(chunk_size=2000):
        total += 1
        path = settings.FOLDERS.rendition(sha256)
        if not path.is_file() or path.stat().st_size == 0:
            missing.append(number)
    missing = list(ready.filter(number__in=missing).values_list("number", flat=True)) if missing else []
    if missing:
        yield problem(
            "renditions",
            f"{count(len(missing), 'document')} without a PDF to read: {some(missing)}",
            "fanwen check --repair",
            lambda: again(missing, "converted", "paged"),
        )
    else:
        yield ok("renditions", f"{total:,} there")


def _pages() -> Iterator[Finding]:
    wrong = list(
        Document.objects.filter(status=Document.Status.READY)
        .annotate(found=Count("pages"))
        .exclude(found=F("page_count"))
        .values_list("number", flat=True)
    )
    if wrong:
        yield problem(
            "pages",
            f"{count(len(wrong), 'document')} with pages missing from the catalogue: {some(wrong)}",
            "fanwen check --repair",
            lambda: again(wrong, "paged"),
        )
