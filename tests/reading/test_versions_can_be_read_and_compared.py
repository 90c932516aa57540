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
from fanwen.library.models import Document, Page
from fanwen.reading import rendering
from fanwen.reading.compare_versions import Comparison, PageChanges, pieces
from tests.factories import make_document, make_pdf, make_user


def compare(before: list[str], after: list[str]) -> list[PageChanges]:
    compared = Comparison(before, after)
    pages = compared.changes_on(compared.pages)
    assert [page.number for page in pages] == compared.pages
    return pages


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


def test_a_page_left_open_while_the_file_is_replaced(
    english: Client, document: Document, uploader: User, desk: Desk
) -> None:
    image = rendering.image_path(document, rendering.version(document), 1, 160)
    more = f"/d/{document.number}/pages/?from=1&upto=2&of={rendering.version(document)}"
    assert "HX-Redirect" not in english.get(more)
    english.force_login(uploader)
    send(english, document, make_pdf(["The heron stood still."]))
    process(Task.objects.get(), desk, lambda: False)
    (earlier,) = catalogue.earlier_versions(document)
    assert english.get(image)["Location"] == image.replace(document.number, earlier.number)
    assert english.get(image, follow=True).status_code == 200
    assert Client().get(image).status_code == 410
    assert english.get(more)["HX-Redirect"] == f"/d/{document.number}/?page=1#page-1"


def test_all_pages_of_a_long_document_are_compared_and_shown_in_parts(
    english: Client, document: Document, uploader: User
) -> None:
    english.force_login(uploader)
    texts = [f"Lamp number {page} is lit at dusk." for page in range(1, 601)]
    other, earlier = (make_document(texts[:1], uploader=uploader) for _ in range(2))
    for made, lit in ((other, "dusk"), (earlier, "dawn")):
        made.pages.all().delete()
        Page.objects.bulk_create(
            Page(
                document=made,
                number=number,
                width=595,
                height=842,
                text=text.replace("dusk", lit if number % 5 else "dusk"),
            )
            for number, text in enumerate(texts, 1)
        )
    Document.objects.filter(pk=earlier.pk).update(version_of=other, version=1, visibility="private")
    Document.objects.filter(pk=other.pk).update(version=2, page_count=600)
    address = f"/d/{other.number}/v/1/changes/"
    first = english.get(address).content.decode()
    assert "480 pages have changes." in first
    assert first.count('class="page-changes"') == 50
    assert 'href="?p=2"' in first
    last = english.get(f"{address}?p=10").content.decode()
    assert "Lamp number 599 is lit at <del>dawn</del><ins>dusk</ins>." in last
    assert "Lamp number 600" not in last


@given(st.lists(st.text("甲乙\n", max_size=20), max_size=6), st.lists(st.text("甲乙\n", max_size=20), max_size=6))
def test_changes_are_the_same_shown_at_once_or_page_by_page(before: list[str], after: list[str]) -> None:
    compared = Comparison(before, after)
    assert compare(before, after) == [page for number in compared.pages for page in compared.changes_on([number])]
