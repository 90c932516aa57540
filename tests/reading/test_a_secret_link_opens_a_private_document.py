"""A secret link: whoever has it reads the private document, until it expires or is revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from fanwen.library.actions.withdraw import withdraw
from fanwen.library.models import Document, SecretLink
from fanwen.reading import rendering
from tests.factories import make_document, make_user


@pytest.fixture
def uploader() -> User:
    return make_user("wren")


@pytest.fixture
def private(uploader: User) -> Document:
    return make_document(["heron island"], title="Heron budget", uploader=uploader, visibility="private")


def make_link(document: Document, by: User, lifetime: str = "week") -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(by)
    page = client.post(f"/d/{document.number}/share/link/", {"lifetime": lifetime}).content.decode()
    found = re.search(r"http://testserver(/s/[\w-]+/)", page)
    assert found
    return found[1]


def everything(document: Document) -> list[str]:
    image = rendering.image_path(document, rendering.version(document), 1, 160)
    return [f"/d/{document.number}/{end}" for end in ("", "text/", "text.txt", "original", "pdf")] + [image]


def test_it_opens_page_images_text_and_downloads_without_an_account(
    client: Client, private: Document, uploader: User
) -> None:
    link = make_link(private, uploader)
    response = client.get(link)
    assert response.url == private.get_absolute_url()  # type: ignore[attr-defined]
    assert response["Referrer-Policy"] == "no-referrer"
    for address in everything(private):
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"
        assert "public" not in response["Cache-Control"]
    for address in everything(private):
        assert Client().get(address).status_code == 404, address


def test_it_opens_nothing_else(client: Client, private: Document, uploader: User) -> None:
    other = make_document(uploader=uploader, visibility="private")
    client.get(make_link(private, uploader))
    assert client.get(other.get_absolute_url()).status_code == 404
    for end in ("edit/", "versions/"):
        client.force_login(make_user())
        assert client.get(f"/d/{private.number}/{end}").status_code == 404


def test_the_token_is_not_kept(private: Document, uploader: User) -> None:
    token = make_link(private, uploader).split("/")[2]
    assert token not in str(SecretLink.objects.values_list())
    english = Client(HTTP_ACCEPT_LANGUAGE="en")
    english.force_login(uploader)
    assert token not in english.get(f"/d/{private.number}/share/").content.decode()


@pytest.mark.parametrize("end", ["expire", "revoke", "withdraw"])
def test_an_ended_link_says_so_and_opens_nothing(english: Client, private: Document, uploader: User, end: str) -> None:
    link = make_link(private, uploader)
    english.get(link)
    if end == "expire":
        SecretLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "revoke":
        owner = Client()
        owner.force_login(uploader)
        owner.post(f"/d/{private.number}/share/link/{SecretLink.objects.get().pk}/revoke/")
    else:
        withdraw(private, "not ours to show", by=make_user(is_staff=True))
    for address in everything(private):
        assert english.get(address).status_code == 404, address
    for address in (link, private.get_absolute_url()):
        response = english.get(address)
        assert response.status_code == 404
        assert "The link has ended" in response.content.decode()
    assert "The link has ended" not in Client().get(private.get_absolute_url()).content.decode()


def test_nobody_else_makes_or_revokes_one(client: Client, private: Document, uploader: User) -> None:
    make_link(private, uploader)
    client.force_login(make_user())
    assert client.post(f"/d/{private.number}/share/link/", {"lifetime": "day"}).status_code == 404
    key = SecretLink.objects.get().pk
    assert client.post(f"/d/{private.number}/share/link/{key}/revoke/").status_code == 404
    assert SecretLink.objects.get().revoked_at is None


def test_an_unknown_link_or_lifetime_is_not_there(client: Client, private: Document, uploader: User) -> None:
    assert client.get("/s/nothing/").status_code == 404
    client.force_login(uploader)
    assert client.post(f"/d/{private.number}/share/link/", {"lifetime": "for ever"}).status_code == 404
