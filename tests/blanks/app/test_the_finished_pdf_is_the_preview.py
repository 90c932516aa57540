"""The PDF of a finished document: made by the preview office, once, and by another LibreOffice where none runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fanwen.blanks.app import finished_pdf, previews
from fanwen.blanks.app.models import Preview
from fanwen.blanks.app.previewer import PreviewOffice
from fanwen.intake.pdf import page_count, read_pages
from fanwen.library.models import Document

VALUES = {"f-b2": "1,200", "f-b3": "980", "f-g1": "2026-11-23", "f-b8": "青禾镇中心小学"}


@pytest.fixture
def running(folders: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewOffice]:
    """A preview office that works while a page waits."""
    office = PreviewOffice(folders.run / "preview")
    with (folders.run / previews.LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        monkeypatch.setattr(finished_pdf.time, "sleep", lambda _: office.step())
        yield office
    office.close()


@pytest.fixture
def no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a LibreOffice of its own was started")

    monkeypatch.setattr(finished_pdf, "Office", refuse)


def made(client: Client, paper: Document) -> str:
    answer = client.post(f"/d/{paper.number}/fill/", VALUES)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_it_is_begun_when_the_document_is_made_and_waited_for(
    english: Client, paper: Document, running: PreviewOffice, no_other: None, tmp_path: Any
) -> None:
    address = made(english, paper)
    assert Preview.objects.get().state == "waiting"
    answer = english.get(f"{address}pdf")
    assert answer.status_code == 200
    path = tmp_path / "a.pdf"
    path.write_bytes(b"".join(answer.streaming_content))
    assert page_count(path, limit=10) == 1
    assert "青禾镇中心小学" in "".join(page.text for page in read_pages(path, limit=10))
    assert not running.step()


def test_who_looked_at_the_pages_has_it_already(
    english: Client, paper: Document, running: PreviewOffice, no_other: None
) -> None:
    english.post(f"/d/{paper.number}/fill/preview/", VALUES)
    assert running.step()
    address = made(english, paper)
    assert Preview.objects.count() == 1
    assert not running.step()
    assert english.get(f"{address}pdf").status_code == 200


def test_what_goes_wrong_is_told_and_who_waits_too_long_is_asked_to_come_back(
    english: Client, paper: Document, running: PreviewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = made(english, paper)
    monkeypatch.setattr(finished_pdf, "PATIENCE", -1.0)
    busy = english.get(f"{address}pdf")
    assert (busy.status_code, busy["Retry-After"]) == (503, "10")
    Preview.objects.update(state=Preview.State.FAILED, cause="converter_died", params={})
    monkeypatch.setattr(finished_pdf, "begin", lambda *_: None)
    monkeypatch.setattr(previews, "ask", lambda *_: Preview.objects.get())
    failed = english.get(f"{address}pdf")
    assert failed.status_code == 500
    assert "converter_died" not in failed.content.decode()


def test_without_a_preview_office_a_libreoffice_of_its_own_makes_it(english: Client, paper: Document) -> None:
    assert not previews.office_runs()
    assert english.get(f"{made(english, paper)}pdf").status_code == 200
