from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.library.models import Document
from fanwen.search.app.models import Change
from tests.factories import make_category, make_document, make_user


@pytest.fixture
def uploader() -> User:
    return make_user("wren")


@pytest.fixture
def document(uploader: User) -> Document:
    return make_document(title="Old", uploader=uploader, tags=["birds"])


def test_everything_people_say_about_it_can_be_changed(english: Client, document: Document, uploader: User) -> None:
    category = make_category("Reports")
    english.force_login(uploader)
    form = english.get(f"/d/{document.number}/edit/").content.decode()
    assert 'value="Old"' in form
    assert 'value="birds"' in form
    Change.objects.all().delete()
    said = {
        "title": " New  title ",
        "category": category.pk,
        "tags": "islands，lamps",
        "description": "About lamps.",
        "visibility": "private",
        "shown_as": "masked",
    }
    page = english.post(f"/d/{document.number}/edit/", said, follow=True).content.decode()
    assert "Saved." in page
    document.refresh_from_db()
    assert (document.title, document.title_given, document.description) == ("New title", True, "About lamps.")
    assert (document.category, document.visibility, document.shown_as) == (category, "private", "masked")
    assert {tag.name for tag in document.tags.all()} == {"islands", "lamps"}
    assert Change.objects.filter(number=document.number).exists()


def test_odd_values_change_nothing(english: Client, document: Document, uploader: User) -> None:
    english.force_login(uploader)
    said = {"title": "T\0", "category": "9" * 30, "visibility": "held", "shown_as": "x", "tags": "\0"}
    assert english.post(f"/d/{document.number}/edit/", said).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.visibility, document.shown_as) == ("T", "public", "full")


@pytest.mark.parametrize("address", ["edit/"])
def test_nobody_else_may(client: Client, document: Document, address: str) -> None:
    client.force_login(make_user())
    for answer in (client.get, client.post):
        assert answer(f"/d/{document.number}/{address}").status_code == 404
    client.logout()
    assert client.post(f"/d/{document.number}/{address}").status_code == 302
    assert Document.objects.exists()


def test_who_may_edit_sees_the_way_there(english: Client, document: Document, uploader: User) -> None:
    assert f"/d/{document.number}/edit/" not in english.get(document.get_absolute_url()).content.decode()
    english.force_login(uploader)
    assert f"/d/{document.number}/edit/" in english.get(document.get_absolute_url()).content.decode()
