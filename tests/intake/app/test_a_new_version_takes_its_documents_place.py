"""Replacing a document's file: the number stays, nothing is lost, and the old version is read until the new one is ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from fanwen.blanks.app.models import Template
from fanwen.config.folders import Folders
from fanwen.intake.app import put_in_place as placing
from fanwen.intake.app import stages
from fanwen.intake.app.incoming import Incoming
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.process import Desk, process
from fanwen.intake.app.receive import receive
from fanwen.intake.app.replace import replace_file
from fanwen.intake.types import IntakeError
from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document, Original
from fanwen.search.app import feed
from fanwen.search.app.models import Change
from fanwen.upkeep.checks import files, queue
from tests.factories import make_pdf, make_user

pytestmark = pytest.mark.django_db

FIRST, SECOND = make_pdf(["one heron", "two herons"]), make_pdf(["one egret"])


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: Any) -> Iterator[Desk]:
    settings.FOLDERS = Folders(tmp_path / "data")
    settings.FOLDERS.make()
    desk = Desk(tmp_path / "scratch")
    yield desk
    desk.close()


@pytest.fixture
def document(desk: Desk) -> Document:
    made = receive([FIRST], "birds.pdf", uploader=make_user(), title="Birds").document
    work(desk)
    made.refresh_from_db()
    assert made.status == "ready"
    return made


def work(desk: Desk) -> None:
    while task := Task.objects.select_related("document").first():
        process(task, desk, lambda: False)


def replace(document: Document, data: bytes, name: str = "birds-2.pdf") -> Document:
    incoming = Incoming()
    incoming.write(data)
    return replace_file(document, incoming.finish(), incoming.sha256, incoming.size, name, by=document.uploader)


def texts(document: Document) -> list[str]:
    return [text.strip() for text in document.pages.values_list("text", flat=True)]


def refused(document: Document, data: bytes) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        replace(document, data)
    assert not list(settings.FOLDERS.incoming.iterdir())
    return caught.value


def test_the_old_version_is_read_until_the_new_one_is_ready(desk: Desk, document: Document) -> None:
    waiting = replace(document, SECOND)
    document.refresh_from_db()
    assert (document.version, document.status, texts(document)) == (1, "ready", ["one heron", "two herons"])
    assert settings.FOLDERS.original(waiting.original_id).read_bytes() == SECOND
    Change.objects.all().delete()
    number = document.number
    work(desk)
    document.refresh_from_db()
    assert (document.version, document.page_count, texts(document)) == (2, 1, ["one egret"])
    assert (document.number, document.title, document.original_name) == (number, "Birds", "birds-2.pdf")
    assert document.replaced_at is not None
    assert number in Change.objects.values_list("number", flat=True)
    assert [stage.name for stage in stages.progress(document).stages] == ["stored", "converted", "paged", "indexed"]
    assert catalogue.waiting_version(document) is None
    assert not Task.objects.exists()


def test_the_earlier_version_keeps_file_pages_and_a_number_of_its_own(desk: Desk, document: Document) -> None:
    waiting = replace(document, SECOND)
    work(desk)
    (earlier,) = catalogue.earlier_versions(document)
    assert (earlier.version, earlier.number, texts(earlier)) == (1, waiting.number, ["one heron", "two herons"])
    assert (earlier.uploaded_at, earlier.uploader, earlier.is_private) == (
        document.uploaded_at,
        document.uploader,
        True,
    )
    assert settings.FOLDERS.original(earlier.original_id).read_bytes() == FIRST
    assert catalogue.document(earlier.number) is None
    assert catalogue.document(earlier.number, versions=True) == earlier
    assert [found.number for found in feed.documents([document.number, earlier.number])] == [document.number]
    assert list(catalogue.uploaded_by(document.uploader)) == [document]


def test_a_new_version_that_fails_leaves_the_document_as_it_is(desk: Desk, document: Document) -> None:
    waiting = replace(document, SECOND[:300])
    work(desk)
    document.refresh_from_db()
    waiting.refresh_from_db()
    assert (document.version, document.status, texts(document)) == (1, "ready", ["one heron", "two herons"])
    assert waiting.status == "failed"
    failure = stages.progress(waiting).failure
    assert failure is not None
    assert failure.cause == "damaged"
    replace(document, SECOND)
    work(desk)
    document.refresh_from_db()
    assert document.version == 2
    assert not Document.objects.filter(pk=waiting.pk).exists()


def test_one_goes_back_by_sending_the_earlier_file_again(desk: Desk, document: Document) -> None:
    replace(document, SECOND)
    work(desk)
    replace(document, FIRST)
    work(desk)
    document.refresh_from_db()
    assert (document.version, texts(document)) == (3, ["one heron", "two herons"])
    assert [version.version for version in catalogue.earlier_versions(document)] == [2, 1]
    assert Original.objects.count() == 2


def test_what_changes_nothing_or_is_there_already_is_answered(desk: Desk, document: Document) -> None:
    assert refused(document, FIRST).code == "same_version"
    other = receive([SECOND], "egret.pdf").document
    assert refused(document, SECOND).params == {"title": other.title, "number": other.number}
    assert refused(document, b"").code == "empty"
    replace(document, make_pdf(["three herons"]))
    assert refused(document, make_pdf(["four herons"])).code == "not_settled"


def test_a_document_under_work_waits_for_that_to_end(desk: Desk, document: Document) -> None:
    replace(document, SECOND)
    held = Task.objects.create(document=document, worker="somebody:1:a")
    process(Task.objects.get(document__version=0), desk, lambda: False)
    document.refresh_from_db()
    assert document.version == 1
    assert Task.objects.get(document__version=0).worker == ""
    held.delete()
    work(desk)
    document.refresh_from_db()
    assert document.version == 2


def test_a_crash_while_it_takes_its_place_loses_nothing(
    desk: Desk, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    replace(document, SECOND)
    monkeypatch.setattr(placing.changes, "note", die)
    waiting = catalogue.waiting_version(document)
    assert waiting is not None
    with pytest.raises(KeyboardInterrupt):
        work(desk)
    monkeypatch.undo()
    document.refresh_from_db()
    assert document.version == 1
    assert texts(document) == ["one heron", "two herons"]
    work(desk)
    document.refresh_from_db()
    assert document.version == 2


def test_blanks_are_looked_for_anew_and_the_old_ones_stay_with_the_old_file(desk: Desk, document: Document) -> None:
    Template.objects.create(document=document, engine=1, fillable=True, slots=4)
    replace(document, SECOND)
    work(desk)
    (earlier,) = catalogue.earlier_versions(document)
    assert Template.objects.get().document == earlier


def test_deleting_a_document_takes_its_versions_and_their_files(
    desk: Desk, document: Document, django_capture_on_commit_callbacks: Any
) -> None:
    replace(document, SECOND)
    work(desk)
    document.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document)
    assert not Document.objects.exists()
    assert not Original.objects.exists()
    assert not [path for path in settings.FOLDERS.originals.rglob("*") if path.is_file()]


def test_check_knows_of_versions(desk: Desk, document: Document) -> None:
    waiting = replace(document, SECOND)
    Task.objects.all().delete()
    assert [f.name for f in queue.findings() if f.state == "problem"] == ["forgotten"]
    queue.enqueue([waiting.number])
    work(desk)
    assert {finding.state for finding in (*queue.findings(), *files.findings(deep=True))} == {"ok"}
    (earlier,) = catalogue.earlier_versions(document)
    settings.FOLDERS.original(earlier.original_id).unlink()
    assert [f.name for f in files.findings(deep=False) if f.state == "problem"] == ["originals"]
    assert Stage.objects.filter(document=earlier, state="waiting").count() == 0
