"""A private document is there for its uploader and for staff; for anybody else it does not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from fanwen.blanks.app.models import Origin
from fanwen.intake.app.receive import receive
from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.actions.set_visibility import set_visibility
from fanwen.library.models import Document
from fanwen.reading import rendering
from fanwen.search.app import service
from fanwen.search.app.rebuild import rebuild
from fanwen.upkeep.checks import index as index_check
from tests.factories import make_category, make_document, make_pdf, make_user

SECRET = "Heron island budget"


@pytest.fixture
def uploader() -> User:
    return make_user("wren")


@pytest.fixture
def private(uploader: User) -> Document:
    return make_document(
        ["heron island and its budget", "second page"],
        title=SECRET,
        uploader=uploader,
        tags=["islands"],
        category=make_category("Reports"),
        visibility="private",
    )


def addresses(document: Document) -> list[str]:
    here = document.get_absolute_url()
    image = rendering.image_path(document, rendering.version(document), 1, 160)
    ends = ("", "text/", "text.txt", "original", "pdf", "stages/", "pages/?from=1", "fill/")
    return [*(here + end for end in ends[:-1]), image]


def test_strangers_get_404_for_everything_of_it(client: Client, private: Document) -> None:
    client.force_login(make_user("stranger"))
    for address in addresses(private):
        assert client.get(address).status_code == 404, address
    client.logout()
    for address in addresses(private):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("who", ["wren", "staff"])
def test_its_uploader_and_staff_read_it_and_no_cache_on_the_way_keeps_it(
    client: Client, private: Document, uploader: User, who: str
) -> None:
    client.force_login(uploader if who == "wren" else make_user("staff", is_staff=True))
    for address in addresses(private):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "private" in response["Cache-Control"] or response["Cache-Control"] == "no-store", address
        assert "public" not in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"


def test_its_page_says_that_it_is_private_and_tells_machines_nothing(
    english: Client, private: Document, uploader: User
) -> None:
    english.force_login(uploader)
    page = english.get(private.get_absolute_url()).content.decode()
    assert '<span class="private">private</span>' in page
    assert 'name="robots" content="noindex"' in page
    assert "ld+json" not in page


def test_no_list_shows_it(client: Client, private: Document, uploader: User, index: Callable[[], None]) -> None:
    other = make_document(["heron island again"], uploader=uploader, tags=["islands"], category=private.category)
    index()
    assert private.category
    for address in (
        "/",
        "/all/",
        f"/c/{private.category.pk}/",
        "/t/islands/",
        "/search/?q=heron",
        f"/search/?q={private.number}",
        "/search/suggestions/?q=heron",
        other.get_absolute_url(),
        "/sitemap-1.xml",
    ):
        page = client.get(address, follow=True).content.decode()
        assert SECRET not in page, address
        assert f"/d/{private.number}/" not in page, address
    assert f"/d/{other.number}/" in client.get("/sitemap-1.xml").content.decode()
    assert [branch.documents for branch in catalogue.category_tree()] == [1]


def test_a_document_made_from_it_does_not_name_it(client: Client, private: Document) -> None:
    made = make_document()
    Origin.objects.create(document=made, template=private)
    assert SECRET not in client.get(made.get_absolute_url()).content.decode()


def test_search_forgets_it_when_it_becomes_private_and_finds_it_when_it_becomes_public(
    client: Client, private: Document, uploader: User, index: Callable[[], None]
) -> None:
    index()
    assert service.find("heron").total == 0
    set_visibility(private, "public", by=uploader)
    index()
    assert service.find("heron").total == 1
    set_visibility(private, "private", by=uploader)
    assert service.find("heron").documents == ()  # before the index has heard of it
    index()
    assert service.find("heron").total == 0
    assert rebuild() == 0
    assert service.find("heron").total == 0
    states = [finding.state for finding in index_check.findings()]
    assert states == ["ok"]


def test_the_words_in_it_are_found_from_its_own_page(english: Client, private: Document, uploader: User) -> None:
    english.force_login(uploader)
    assert english.get(f"{private.get_absolute_url()}?q=second").context["hit_pages"] == [2]


def test_only_its_uploader_and_staff_change_its_visibility(private: Document) -> None:
    with pytest.raises(PermissionDenied):
        set_visibility(private, "public", by=make_user("stranger"))
    private.refresh_from_db()
    assert private.is_private
    set_visibility(private, "public", by=make_user("staff", is_staff=True))
    private.refresh_from_db()
    assert not private.is_private


def test_uploading_the_same_bytes_tells_a_stranger_nothing(private: Document, uploader: User) -> None:
    data = make_pdf(["the same bytes"])
    first = receive([data], "plan.pdf", uploader=uploader, private=True)
    again = receive([data], "plan.pdf", uploader=uploader)
    assert (again.status, again.document.pk) == ("duplicate", first.document.pk)
    others = receive([data], "plan.pdf", uploader=make_user("stranger"))
    assert others.status == "stored"
    assert others.document.pk != first.document.pk
    assert others.document.original_id == hashlib.sha256(data).hexdigest() == first.document.original_id


def test_deleting_one_of_two_with_the_same_bytes_leaves_the_other_its_file(uploader: User, settings: Any) -> None:
    data = make_pdf(["the same bytes"])
    first = receive([data], "plan.pdf", uploader=uploader, private=True).document
    second = receive([data], "plan.pdf", uploader=make_user("stranger")).document
    path = settings.FOLDERS.original(first.original_id)
    delete_document(first)
    assert path.is_file()
    delete_document(second)


def test_the_signed_in_see_their_own_documents_with_state_and_visibility(
    english: Client, private: Document, uploader: User
) -> None:
    make_document(title="Somebody else's")
    make_document(title="Unfinished", uploader=uploader, status="working")
    assert english.get("/mine/").status_code == 302
    english.force_login(uploader)
    page = english.get("/mine/").content.decode()
    assert SECRET in page
    assert '<span class="private">private</span>' in page
    assert "in progress" in page
    assert "Somebody else" not in page
    assert 'href="/mine/"' in english.get("/").content.decode()


def test_an_upload_may_be_private(client: Client, uploader: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(uploader)
    file = SimpleUploadedFile("plan.pdf", make_pdf(["a plan"]))
    client.post("/upload/", {"files": file, "visibility": "private"})
    assert Document.objects.get(original_name="plan.pdf").is_private
