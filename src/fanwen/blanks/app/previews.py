"""A form as it stands, as pages: asked for by the web, made by the preview office (`previewer`)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fanwen.blanks.app import filling, service
from fanwen.blanks.app.detection import ENGINE
from fanwen.blanks.app.drafts import Values
from fanwen.blanks.app.geometry import blank_boxes
from fanwen.blanks.app.models import Preview, Template
from fanwen.blanks.app.places import places
from fanwen.blanks.fields import fields_of
from fanwen.blanks.fill import Template as Fillable
from fanwen.blanks.package import write_whole
from fanwen.config.disk import is_held
from fanwen.intake.app.wake import ring
from fanwen.intake.formats import KINDS
from fanwen.intake.layout import PackedPage, unpack
from fanwen.intake.office import Office
from fanwen.intake.pager import Pager

BELL = "preview"
LOCK = "preview.lock"

KEPT = timedelta(hours=1)
"""How long a preview is kept after it was last asked for."""

MOST_PAGES = 60
"""Pages of a preview in which blanks are looked for and which are shown; its file has all."""


def ask(template: Template, values: Values, form: str, today: datetime.date) -> Preview:
    """The preview of `template` with `values`: as it was made, or now waiting to be. `form` says whose form it is; what
    the same form asked before and is not begun is dropped."""
    said = json.dumps([template.document.original_id, ENGINE, str(today), values], sort_keys=True)
    key = salted_hmac("fanwen.blanks.preview", said, algorithm="sha256").hexdigest()
    with transaction.atomic():
        Preview.objects.filter(form=form, state=Preview.State.WAITING).exclude(key=key).delete()
        fresh = {"form": form, "document": template.document, "values": values, "made_on": today}
        preview, made = Preview.objects.get_or_create(key=key, defaults={**fresh, "asked_at": timezone.now()})
        gone = preview.state == Preview.State.DONE and not file_of(preview).is_file()
        if not made:
            preview.asked_at = timezone.now()
            preview.form = form
            if gone or preview.state == Preview.State.FAILED:
                preview.state = Preview.State.WAITING
            preview.save(update_fields=("asked_at", "form", "state"))
    if preview.state == Preview.State.WAITING:
        ring(BELL)
    return preview


def find(key: str, number: str) -> Preview | None:
    """The preview `key` of the document `number`."""
    return Preview.objects.filter(key=key, document__number=number).select_related("document").first()


def file_of(preview: Preview) -> Path:
    return Path(settings.FOLDERS.previews / f"{preview.key}.pdf")


def office_runs() -> bool:
    """Whether there is a process that makes previews on this data folder."""
    return is_held(settings.FOLDERS.run / LOCK)


def claim() -> Preview | None:
    """The preview asked for last of those that wait: who types now is looking at it."""
    waiting = Preview.objects.filter(state=Preview.State.WAITING).select_related("document")
    preview = waiting.order_by("-asked_at").first()
    if preview is None or not Preview.objects.filter(pk=preview.pk, state=Preview.State.WAITING).update(
        state=Preview.State.MAKING
    ):
        return None
    return preview


def take_up() -> None:
    """Have made again what a preview office that died had begun."""
    Preview.objects.filter(state=Preview.State.MAKING).update(state=Preview.State.WAITING)


def make(preview: Preview, office: Callable[[], Office], pager: Pager, scratch: Path) -> None:
    """Fill, convert and find the blanks again. Values that don't fit are left out and named. Raises `BlanksError` and
    `IntakeError`."""
    template = service.template_of(preview.document)
    if template is None:
        return
    fillable = service.opened(template)
    skipped = filling.problems(fillable, preview.values, preview.made_on)
    values = filling.without(preview.values, skipped)
    source, target = scratch / f"preview{fillable.suffix}", file_of(preview)
    fillable.fill(values, source, today=preview.made_on)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = scratch / "preview.pdf"
    office().convert(source, KINDS[fillable.suffix[1:]], made)
    read = list(pager.read_pages(made, limit=MOST_PAGES * 100))[:MOST_PAGES]
    write_whole(target, made.read_bytes(), private=True)
    preview.pages = [[round(page.width, 1), round(page.height, 1)] for page in read]
    preview.boxes = _boxes(fillable, values, preview.made_on, read)
    preview.skipped = list(skipped)
    preview.state = Preview.State.DONE
    preview.save(update_fields=("pages", "boxes", "skipped", "state"))


def _boxes(
    fillable: Fillable, values: Values, today: datetime.date, pages: list[PackedPage]
) -> list[list[float | str | bool]]:
    story, blanks = fillable.outcome(values, today=today)
    before = {blank.id: blank.text for blank in fillable.blanks}
    field_of = {blank.id: field.id for field in fields_of(blanks) for blank in field.blanks}
    by_number = {page.number: page for page in pages}
    lines = {page.number: unpack(page.layout) for page in pages}
    found: list[list[float | str | bool]] = []
    now = {blank.id: blank.text for blank in blanks}
    for id_, place in places(story, blanks, [(page.number, page.text) for page in pages]).items():
        page = by_number[place.page]
        for box in blank_boxes(page, lines[place.page], place):
            spot = (box.x * page.width, box.y * page.height, box.width * page.width, box.height * page.height)
            found.append(
                [
                    page.number,
                    *(round(at, 1) for at in spot),
                    field_of[id_],
                    now[id_] != before.get(id_.partition("~")[0]),
                ]
            )
    return found


def drop_old() -> None:
    """Forget previews that nobody has asked for lately, and files without a row."""
    Preview.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    kept = set(Preview.objects.values_list("key", flat=True))
    for path in settings.FOLDERS.previews.glob("*.pdf"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)
