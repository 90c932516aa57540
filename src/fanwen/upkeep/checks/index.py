"""Whether the search index holds what the catalogue holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from fanwen.config.disk import is_held
from fanwen.intake.app.models import Stage
from fanwen.library.catalogue import published
from fanwen.library.models import Document, Page
from fanwen.search.app import changes
from fanwen.search.app.live import engine
from fanwen.search.app.models import Change
from fanwen.search.tantivy import census
from fanwen.upkeep.findings import Finding, count, ok, problem, some, warning

REPAIR = "fanwen check --repair"


def findings() -> Iterator[Finding]:
    try:
        view = engine().view()
        if view is None:
            yield _none_yet()
            return
        indexed, pages = census.documents(view), census.total_pages(view)
    except (OSError, ValueError, SystemError) as error:
        yield problem("index", f"the search index can't be opened: {error}", "fanwen reindex")
        return
    waiting = set(Change.objects.values_list("number", flat=True))
    yield from _changes(len(waiting))
    listed = set(published().values_list("number", flat=True))
    missing = _confirmed(listed - indexed - waiting, indexed=False)
    gone = _confirmed(indexed - listed - waiting, indexed=True)
    unmarked = list(_unmarked(waiting | set(missing)))
    if missing:
        text = f"{count(len(missing), 'document')} of the catalogue can't be found: {some(missing)}"
        yield problem("index", text, REPAIR, lambda: _note(missing))
    if gone:
        text = f"{count(len(gone), 'deleted or private document')} still in the index: {some(gone)}"
        yield problem("index", text, REPAIR, lambda: _note(gone))
    if unmarked:
        text = f"{count(len(unmarked), 'document')} waiting to be indexed, but not in the queue: {some(unmarked)}"
        yield problem("index", text, REPAIR, lambda: _note(unmarked))
    if missing or gone:
        return
    if not waiting and pages != Page.objects.filter(document__number__in=listed).count():
        yield from _differing(sorted(listed))
    else:
        yield ok("index", f"{len(indexed):,} documents, {pages:,} pages, as in the catalogue")


def _none_yet() -> Finding:
    if published().exists():
        return warning("index", "there is none, so nothing can be found yet", "fanwen serve: it is built at the start")
    return ok("index", "there is none yet, and nothing to put into it")


def _changes(waiting: int) -> Iterator[Finding]:
    if waiting and not _writer_runs():
        text = f"{count(waiting, 'document')} waiting and no index writer running"
        yield warning("index queue", text, "fanwen serve, or fanwen work")
    elif waiting:
        yield ok("index queue", f"{count(waiting, 'document')} waiting")


def _writer_runs() -> bool:
    return is_held(settings.FOLDERS.run / "index-writer.lock")


def _confirmed(numbers: set[str], *, indexed: bool) -> list[str]:
    """Those of `numbers` on which catalogue and index still differ: both may have changed while they were compared."""
    view = engine().view()
    if not numbers or view is None:
        return []
    held = census.documents(view)
    wanted = sorted(number for number in numbers if (number in held) == indexed)
    return [
        number
        for number in wanted
        if not Change.objects.filter(number=number).exists() and published().filter(number=number).exists() != indexed
    ]


def _unmarked(known: set[str]) -> Iterator[str]:
    """Documents whose stage `indexed` waits though no change is queued that would end it."""
    stages = Stage.objects.filter(name="indexed", state="waiting").exclude(document__status=Document.Status.WORKING)
    for number in stages.values_list("document__number", flat=True):
        if number not in known and not Change.objects.filter(number=number).exists():
            yield number


def _differing(numbers: list[str]) -> Iterator[Finding]:
    """Documents of which the index holds more or fewer pages than the catalogue."""
    view = engine().view()
    assert view is not None
    wrong = [
        number
        for number in numbers
        if census.pages(view, number) != Page.objects.filter(document__number=number).count()
        and not Change.objects.filter(number=number).exists()
    ]
    if wrong:
        text = f"{count(len(wrong), 'document')} with other pages in the index than in the catalogue: {some(wrong)}"
        yield problem("index", text, REPAIR, lambda: _note(wrong))
    else:
        yield ok("index", f"{len(numbers):,} documents, as in the catalogue")


def _note(numbers: list[str]) -> str:
    with transaction.atomic():
        changes.note_all(numbers)
    return f"queued {count(len(numbers), 'document')} for the index writer"
