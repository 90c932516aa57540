"""The uploader's name: in full, masked or not at all, the same wherever it could be learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fanwen.intake.app.receive import receive
from fanwen.library.models import Document
from fanwen.search.app import service
from fanwen.search.types import Filters
from tests.factories import make_document, make_pdf, make_user


@pytest.fixture
def lu() -> User:
    return make_user("luhai", first_name="鲁海涛")


def shown_everywhere(client: Client, document: Document, user: User) -> str:
    addresses = (
        document.get_absolute_url(),
        "/",
        "/all/",
        "/search/?q=heron",
        "/feed/",
        f"/u/{user.pk}/",
        f"/feed/u/{user.pk}/",
        f"/d/{document.number}/cite/",
        f"/d/{document.number}/embed/",
        f"/oembed?url=http://testserver/d/{document.number}/",
    )
    return "".join(client.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize(("shown_as", "name"), [("full", "鲁海涛"), ("masked", "鲁**"), ("anonymous", "")])
def test_every_page_shows_the_chosen_name_and_no_other(
    client: Client, lu: User, index: Callable[[], None], shown_as: str, name: str
) -> None:
    document = make_document(["heron"], uploader=lu, shown_as=shown_as)
    make_document(["heron again"], uploader=lu, shown_as=shown_as)
    index()
    seen = shown_everywhere(client, document, lu)
    assert ("鲁海涛" in seen) == (shown_as == "full")
    assert ("鲁**" in seen) == (shown_as == "masked")
    if shown_as != "full":
        assert "luhai" not in seen
    assert name in client.get(document.get_absolute_url()).content.decode()
    assert service.find("heron", Filters(uploader="luhai")).total == (2 if shown_as == "full" else 0)


def test_more_by_the_uploader_leaves_out_what_bears_no_full_name(client: Client, lu: User) -> None:
    named = make_document(uploader=lu)
    hidden = make_document(uploader=lu, shown_as="anonymous", title="Nobody's paper")
    assert "Nobody&#x27;s paper" not in client.get(named.get_absolute_url()).content.decode()
    assert named.title not in client.get(hidden.get_absolute_url()).content.decode()


def test_an_account_chooses_its_usual_name(english: Client, lu: User) -> None:
    english.force_login(lu)
    page = english.get("/account/").content.decode()
    assert "鲁**" in page
    english.post("/account/", {"name": "鲁 海", "shown_as": "masked"})
    lu.refresh_from_db()
    assert lu.get_full_name() == "鲁 海"
    made = receive([make_pdf(["a"])], "a.pdf", uploader=lu).document
    assert made.shown_as == "masked"
    english.post("/account/", {"name": "鲁 海", "shown_as": "nonsense"})
    assert receive([make_pdf(["b"])], "b.pdf", uploader=lu).document.shown_as == "masked"
    english.logout()
    assert english.get("/account/").status_code == 302


def test_an_upload_may_bear_another_name_than_usual(client: Client, lu: User) -> None:
    client.force_login(lu)
    client.post("/upload/", {"files": SimpleUploadedFile("a.pdf", make_pdf(["a"])), "shown_as": "anonymous"})
    assert Document.objects.get().shown_as == "anonymous"
