"""Earlier versions of a document, for those who may edit it: their list, their pages, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.app.models import Task
from fanwen.intake.app.process import Desk, process
from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.reading import rendering
from fanwen.reading.compare_versions import compare, pieces
from tests.factories import make_document, make_pdf, make_user


@pytest.fixture
def desk(folders: object, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "scratch")
    yield desk
    desk.close()


@pytest.fixture
def uploader() -> User:
    return make_user("wren")


@pytest.fixture
def document(uploader: User) -> Document:
    return make_document(["The heron stands still.", "The lamp is lit."], title="Birds", uploader=uploader)


def send(client: Client, document: Document, data: bytes, name: str = "birds-2.pdf") -> str:
    file = SimpleUploadedFile(name, data)
    response = client.post(f"/d/{document.number}/versions/new/", {"file": file}, follow=True)
    return response.content.decode()


@pytest.fixture
def replaced(english: Client, document: Document, uploader: User, desk: Desk) -> Document:
    english.force_login(uploader)
    assert "A new version" in send(english, document, make_pdf(["The heron stood still.", "The lamp is lit."]))
    for task in Task.objects.select_related("document"):
        process(task, desk, lambda: False)
    document.refresh_from_db()
    assert document.version == 2
    return document


def test_the_page_says_which_version_it_shows(english: Client, replaced: Document) -> None:
    english.logout()
    page = english.get(replaced.get_absolute_url()).content.decode()
    assert "<dt>Version</dt><dd>2" in page
    assert "heron stood" in page


def test_an_earlier_version_is_read_at_its_own_address(english: Client, replaced: Document) -> None:
    (earlier,) = catalogue.earlier_versions(replaced)
    page = english.get(f"/d/{replaced.number}/v/1/").content.decode()
    assert "This is version 1; the document is at version 2 now." in page
    assert "heron stands" in page
    assert "heron stood" not in page
    image = rendering.image_path(earlier, rendering.version(earlier), 1, 160)
    assert image.replace("p1-160", "p1-800") in page
    assert english.get(image).status_code == 200
    assert english.get(f"/d/{earlier.number}/original").getvalue().startswith(b"%PDF")
    assert english.get(f"/d/{earlier.number}/").url == f"/d/{replaced.number}/v/1/"  # type: ignore[attr-defined]
    assert english.get(f"/d/{replaced.number}/v/2/").url == f"/d/{replaced.number}/"  # type: ignore[attr-defined]
    assert english.get(f"/d/{replaced.number}/v/3/").status_code == 404


def test_nobody_else_reads_earlier_versions(english: Client, replaced: Document) -> None:
    (earlier,) = catalogue.earlier_versions(replaced)
    addresses = [
        f"/d/{replaced.number}/versions/",
        f"/d/{replaced.number}/v/1/",
        f"/d/{replaced.number}/v/1/changes/",
        *(f"/d/{earlier.number}/{end}" for end in ("", "text/", "text.txt", "original", "pdf", "stages/")),
        rendering.image_path(earlier, rendering.version(earlier), 1, 160),
    ]
    english.force_login(make_user("stranger"))
    for address in addresses:
        assert english.get(address).status_code == 404, address
    assert english.post(f"/d/{replaced.number}/versions/new/").status_code == 404
    english.logout()
    for address in addresses:
        assert english.get(address).status_code in {302, 404}, address


def test_what_changed_is_marked(english: Client, replaced: Document) -> None:
    page = english.get(f"/d/{replaced.number}/v/1/changes/").content.decode()
    assert "The heron <del>stands</del><ins>stood</ins> still." in page
    assert "lamp" not in page
    assert "Page 1" in page


def test_the_list_names_all_versions(english: Client, replaced: Document) -> None:
    page = english.get(f"/d/{replaced.number}/versions/").content.decode()
    assert "Version 1" in page
    assert "Version 2" in page
    assert "birds-2.pdf" in page


def test_a_file_that_changes_nothing_is_answered(english: Client, document: Document, uploader: User) -> None:
    english.force_login(uploader)
    same = Path(rendering.rendition_of(document)).read_bytes()
    assert "the document has already" in send(english, document, same)
    other = make_document(["Another one."], title="The other one")
    assert "The other one" in send(english, document, Path(rendering.rendition_of(other)).read_bytes())
    response = english.post(f"/d/{document.number}/versions/new/", {})
    assert response.status_code == 422


def test_a_new_version_that_failed_is_shown_to_its_uploader_with_the_cause_and_can_be_given_up(
    english: Client, document: Document, uploader: User, desk: Desk
) -> None:
    english.force_login(uploader)
    send(english, document, make_pdf(["x"])[:200])
    process(Task.objects.get(), desk, lambda: False)
    page = english.get(document.get_absolute_url()).content.decode()
    assert "The file is damaged or incomplete." in page
    assert "heron stands" in page
    assert "damaged" not in Client().get(document.get_absolute_url()).content.decode()
    english.post(f"/d/{document.number}/versions/drop/")
    assert "damaged" not in english.get(document.get_absolute_url()).content.decode()
    assert Document.objects.count() == 1


def test_a_paragraph_that_moved_to_another_page_is_no_change() -> None:
    one, two = "The first paragraph is here.", "Another one follows after."
    assert compare([f"{one}\n\n{two}", ""], [one, two]) == []


def test_changes_stand_under_the_page_of_the_new_version() -> None:
    pages = compare(["甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未"], ["甲乙丙丁戊己庚辛", "子丑寅卯辰巳申未", "新的一段"])
    assert [page.number for page in pages] == [2, 3]
    assert [(piece.kind, piece.text) for piece in pages[0].changes[0].pieces] == [
        ("same", "子丑寅卯辰巳"),
        ("out", "午"),
        ("in", "申"),
        ("same", "未"),
    ]


def test_what_is_left_of_nothing_is_told() -> None:
    assert [page.number for page in compare(["all of it"], [])] == [0]


@given(st.text("甲乙 ab1,\n", max_size=60), st.text("甲乙 ab1,\n", max_size=60))
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "in") == old
    assert "".join(piece.text for piece in found if piece.kind != "out") == new
