"""One document's way through the stages, as a worker walks it."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from fanwen.blanks.app.kinds import holds_blanks
from fanwen.config.disk import sync
from fanwen.config.options import read
from fanwen.intake import ocr
from fanwen.intake.app.examine import Eye, look_again
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.names import stem
from fanwen.intake.app.put_in_place import put_in_place
from fanwen.intake.app.queue import BACKGROUND, count_death, fail
from fanwen.intake.app.rendition import rendition_of
from fanwen.intake.convert import convert
from fanwen.intake.formats import KINDS
from fanwen.intake.layout import PackedPage, pack
from fanwen.intake.office import Office
from fanwen.intake.pager import Pager
from fanwen.intake.propose import PAGES, propose
from fanwen.intake.render import Renderers
from fanwen.intake.sniff import sniff
from fanwen.intake.types import IntakeError, PageContent, Properties
from fanwen.library.models import Document, Page
from fanwen.search.app import changes

log = structlog.get_logger("fanwen.intake")

_BATCH = 100
"""Pages written in one transaction, so that others get their turn at the database."""


_A_MOMENT = 1.0


class Later(Exception):
    """A stage can't be done now, as another worker is at the same document."""


class Desk:
    """What a worker needs at hand: a scratch folder, and a LibreOffice and a reader of pages that start when first needed."""

    def __init__(self, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self.scratch = scratch
        self.pager = Pager()
        self.renderers = Renderers(1)
        self._office: Office | None = None

    def office(self) -> Office:
        if self._office is None:
            self._office = Office(self.scratch / "office", sandbox=read("FANWEN_SANDBOX"))
        return self._office

    def close(self) -> None:
        self.pager.close()
        self.renderers.close()
        if self._office is not None:
            self._office.close()
            self._office = None


def process(task: Task, desk: Desk, stop: Callable[[], bool]) -> None:
    """Take the task's document through every stage that waits. A failure ends at its stage, with its cause; anything
    unforeseen is logged and recorded as ``internal``."""
    document = task.document
    for stage in Stage.objects.filter(document=document, state__in=("waiting", "running")):
        if stage.name == "indexed":
            continue  # the index writer's
        if stage.name == "recognised" and _others_wait():
            Task.objects.filter(pk=task.pk).update(worker="", lease_until=None, priority=BACKGROUND)
            return
        if stop():
            return
        try:
            with _running(stage):
                finished = _STAGES[stage.name](document, desk, stop)
        except Later:
            Task.objects.filter(pk=task.pk).update(worker="", lease_until=None)
            time.sleep(_A_MOMENT)  # while it waits in the queue, whoever holds the document sees that others wait
            return
        except IntakeError as error:
            if error.code == "converter_died":
                log.warning("converter died", number=document.number, stage=stage.name)
                if count_death(document):
                    return
                Task.objects.filter(pk=task.pk).update(worker="", lease_until=None)
                return
            log.info("failed", number=document.number, stage=stage.name, cause=error.code, params=error.params)
            fail(stage, error)
            return
        except Exception as error:
            log.exception("unexpected error", number=document.number, stage=stage.name)
            full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
            fail(stage, IntakeError("no_space_later" if full else "internal", permanent=False))
            return
        if not finished:
            Task.objects.filter(pk=task.pk).update(worker="", lease_until=None, priority=BACKGROUND)
            return
        log.info("done", number=document.number, stage=stage.name, seconds=round(stage.seconds or 0, 3))
    # A stage may have been added on the way. Asked and done in one statement, so that none is added in between.
    added = Stage.objects.filter(document=document, state="waiting").exclude(name="indexed")
    if added.exists() or not Task.objects.filter(~Exists(added), pk=task.pk).delete()[0]:
        Task.objects.filter(pk=task.pk).update(worker="", lease_until=None, priority=BACKGROUND)


@contextmanager
def _running(stage: Stage) -> Iterator[None]:
    stage.state = Stage.State.RUNNING
    stage.started_at = timezone.now()
    stage.save(update_fields=("state", "started_at"))
    began = time.monotonic()
    yield
    stage.seconds = time.monotonic() - began


def _end(document: Document, name: str, began: float) -> None:
    Stage.objects.filter(document=document, name=name).update(
        state="done", finished_at=timezone.now(), seconds=time.monotonic() - began, cause="", params={}
    )


def _convert(document: Document, desk: Desk, stop: Callable[[], bool]) -> bool:
    began = time.monotonic()
    original = settings.FOLDERS.original(document.original_id)
    if not original.is_file():
        raise IntakeError("missing_original")
    kind = KINDS[document.format] if document.family else sniff(original, document.original_name)
    target = settings.FOLDERS.rendition(document.original_id)
    if kind.family != "pdf":
        target.parent.mkdir(parents=True, exist_ok=True)
    conversion = convert(
        original,
        kind,
        target,
        office=desk.office,
        scratch=desk.scratch,
        sheet_pages=read("FANWEN_SHEET_PAGES"),
    )
    if kind.family != "pdf":
        sync(target)
    with transaction.atomic():
        document.format, document.family = kind.format, kind.family
        document.notes = [{"code": note.code, "params": note.params} for note in conversion.notes]
        document.fonts_missing = list(conversion.fonts_missing)
        found = conversion.properties
        document.properties = {
            "title": found.title,
            "subject": found.subject,
            "keywords": list(found.keywords),
            "author": found.author,
        }
        document.save(update_fields=("format", "family", "notes", "fonts_missing", "properties"))
        _end(document, "converted", began)
    return True


def _page(document: Document, desk: Desk, stop: Callable[[], bool]) -> bool:
    began = time.monotonic()
    first: list[PageContent] = []
    batch: list[PackedPage] = []
    count = pictures = 0
    eye = Eye()
    if (earlier := Page.objects.filter(document=document)).exists():
        earlier.delete()  # another trial's; asking keeps nobody from writing
    for page in desk.pager.read_pages(rendition_of(document), limit=read("FANWEN_MAX_PAGES")):
        count += 1
        pictures += not page.text.strip()
        if count <= PAGES:
            first.append(page.outlined())
        batch.append(page)
        eye.see(page.number, page.text)
        if len(batch) == _BATCH:
            _store_pages(document, batch)
            batch = []
    eye.look()
    recognise = pictures > 0 and read("FANWEN_OCR") and ocr.available()
    with transaction.atomic():
        _store_pages(document, batch)
        document.refresh_from_db()  # its title may have been typed meanwhile
        document.page_count = count
        document.status = Document.Status.READY
        _propose(document, first)
        document.save(update_fields=("title", "description", "keywords", "page_count", "status"))
        eye.keep(document)
        _end(document, "paged", began)
        Stage.objects.filter(document=document, name="indexed").update(state="waiting", finished_at=None)
        to_fill = holds_blanks(document) and not document.is_earlier_version
        later = [name for name, wanted in (("recognised", recognise), ("blanks", to_fill)) if wanted]
        Stage.objects.bulk_create(
            (Stage(document=document, name=name) for name in later),
            update_conflicts=True,
            unique_fields=("document", "name"),
            update_fields=("state",),
        )
        changes.note(document.number)
    return True


def _store_pages(document: Document, batch: list[PackedPage]) -> None:
    Page.objects.bulk_create(
        Page(
            document=document,
            number=page.number,
            width=page.width,
            height=page.height,
            text=page.text,
            layout=page.layout,
            recognised=page.recognised,
        )
        for page in batch
    )


def _packed(page: Page) -> PackedPage:
    return PackedPage(page.number, page.width, page.height, page.text, page.layout, page.recognised)


def _propose(document: Document, pages: list[PageContent]) -> None:
    """Fill in what nobody has typed."""
    found: dict[str, Any] = document.properties
    proposal = propose(
        pages,
        Properties(
            title=found.get("title", ""),
            subject=found.get("subject", ""),
            keywords=tuple(found.get("keywords", ())),
            author=found.get("author", ""),
        ),
        document.original_name,
    )
    if not document.title_given:
        document.title = (proposal.title or stem(document.original_name))[:300]
    if not document.description:
        document.description = proposal.description
    if not document.keywords:
        document.keywords = list(proposal.keywords)


def _recognise(document: Document, desk: Desk, stop: Callable[[], bool]) -> bool:
    """Read pages that are only pictures, one by one; False when others wait and the rest comes later."""
    began = time.monotonic()
    pdf = rendition_of(document)
    pages = Page.objects.filter(document=document, text="", recognised=False).order_by("number")
    for page in pages.defer("layout"):
        if stop() or _others_wait():
            changes.note(document.number)
            return False
        wide = ocr.drawn_width(page.width, page.height)
        try:
            picture = desk.renderers.render(pdf, page.number, wide, "png")
        except IntakeError as error:
            # One page that can't be drawn keeps no other from being read.
            log.info("page not recognised", number=document.number, page=page.number, cause=error.code)
            content = PageContent(page.number, page.width, page.height, "")
        else:
            content = ocr.recognise(picture, number=page.number, width=page.width, height=page.height)
        Page.objects.filter(pk=page.pk).update(text=content.text, layout=pack(content.lines), recognised=True)
    eye = look_again(document)
    with transaction.atomic():
        document.refresh_from_db()
        first = Page.objects.filter(document=document).order_by("number")[:PAGES]
        _propose(document, [_packed(page).outlined() for page in first])
        document.save(update_fields=("title", "description", "keywords"))
        eye.keep(document)
        _end(document, "recognised", began)
        changes.note(document.number)
    return True


def _blanks(document: Document, desk: Desk, stop: Callable[[], bool]) -> bool:
    """Look for blanks, for the form. A document without one is as good as before, so nothing here makes it fail."""
    # Detection brings dictionaries and a hundred patterns; the first pages of an import need not wait for them.
    from fanwen.blanks.app.detection import find_blanks

    began = time.monotonic()
    find_blanks(document, desk.office)
    _end(document, "blanks", began)
    return True


def _replace(document: Document, desk: Desk, stop: Callable[[], bool]) -> bool:
    """The new version takes its place."""
    if not put_in_place(document):
        raise Later
    return True


_STAGES: dict[str, Callable[[Document, Desk, Callable[[], bool]], bool]] = {
    "converted": _convert,
    "paged": _page,
    "recognised": _recognise,
    "blanks": _blanks,
    "replaced": _replace,
}


def _others_wait() -> bool:
    return Task.objects.filter(worker="", priority__gt=BACKGROUND).exists()
