from __future__ import annotations

import datetime

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from fanwen.library.models import Document
from fanwen.shelves.models import Favourite
from tests.factories import make_document, make_user

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def favour(client: Client, document: Document, keep: str = "yes", **headers: str) -> int:
    answer = client.post(f"/d/{document.number}/favourite/", {"keep": keep}, **{**HERE, **headers})
    return answer.status_code


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_visitor_without_an_account_finds_their_favourites_again(english: Client) -> None:
    document = make_document(title="Worth keeping")
    assert favour(english, document) == 302
    assert "Worth keeping" in page(english, "/favourites/")
    assert "kept in this browser" in page(english, "/favourites/")
    assert "Worth keeping" not in page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/favourites/")


def test_the_latest_favourite_comes_first(english: Client) -> None:
    older, newer = make_document(title="Kept last"), make_document(title="Kept first")
    favour(english, newer)
    favour(english, older)
    html = page(english, "/favourites/")
    assert html.index("Kept last") < html.index("Kept first")


def test_asking_twice_keeps_it_once_and_letting_go_removes_it(english: Client) -> None:
    document = make_document(title="Worth keeping")
    favour(english, document)
    favour(english, document)
    assert Favourite.objects.count() == 1
    assert 'aria-pressed="true"' in page(english, document.get_absolute_url())
    favour(english, document, keep="")
    assert not Favourite.objects.exists()
    assert "Worth keeping" not in page(english, "/favourites/")


def test_the_head_of_a_document_counts_everyones_favourites(english: Client) -> None:
    document = make_document()
    favour(english, document)
    favour(Client(), document)
    html = page(Client(HTTP_ACCEPT_LANGUAGE="en"), document.get_absolute_url())
    assert '<dd id="favourite-count">2</dd>' in html
    assert 'aria-pressed="false"' in html


def test_favourites_go_along_when_their_owner_signs_in(english: Client) -> None:
    both, before = make_document(title="Both"), make_document(title="Before")
    user = make_user("lin")
    Favourite.objects.create(user=user, document=both)
    favour(english, both)
    favour(english, before)
    english.force_login(user)
    html = page(english, "/favourites/")
    assert "Both" in html
    assert "Before" in html
    assert list(Favourite.objects.values_list("user", flat=True)) == [user.pk, user.pk]


def test_another_site_can_not_send_the_form(english: Client) -> None:
    document = make_document()
    strict = Client(enforce_csrf_checks=True)
    for headers in ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": ""}):
        assert favour(strict, document, **headers) == 403
    assert not Favourite.objects.exists()
    assert favour(strict, document) == 302
    assert (
        favour(Client(enforce_csrf_checks=True), document, HTTP_SEC_FETCH_SITE="", HTTP_ORIGIN="http://testserver")
        == 302
    )


def test_the_button_alone_answers_a_script(english: Client) -> None:
    document = make_document()
    answer = english.post(f"/d/{document.number}/favourite/", {"keep": "yes"}, HTTP_HX_REQUEST="true", **HERE)
    html = answer.content.decode()
    assert html.startswith("<form")
    assert 'hx-swap-oob="innerHTML:#favourite-count">1<' in html


def test_a_document_that_is_not_there_can_not_be_kept(english: Client) -> None:
    assert english.post("/d/999999999/favourite/", {"keep": "yes"}, **HERE).status_code == 404


def test_favourites_of_a_visitor_end_with_the_session_and_last_anew_with_each(english: Client) -> None:
    mine, more = make_document(title="Of old"), make_document(title="Of today")
    favour(english, mine)
    gone = Client()
    favour(gone, mine)
    almost = timezone.now() - datetime.timedelta(days=13)
    Favourite.objects.update(changed_at=almost)
    favour(english, more)
    Favourite.objects.filter(changed_at=almost).update(changed_at=almost - datetime.timedelta(days=2))
    favour(english, more)
    assert "Of old" in page(english, "/favourites/")
    assert "Of old" not in page(gone, "/favourites/")
    expires = Session.objects.get(pk=english.session.session_key).expire_date
    assert expires > timezone.now() + datetime.timedelta(days=13)
