from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.library.models import Document
from fanwen.people.models import Profile
from fanwen.shelves import collections
from fanwen.shelves.models import Collection
from tests.factories import make_document, make_user


@pytest.fixture
def lin(english: Client) -> User:
    user = make_user("lin")
    english.force_login(user)
    return user


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(found: Collection) -> list[str]:
    return [document.title for document in collections.documents_of(found, None)]


def filled(owner: User, *names: str, **fields: bool) -> Collection:
    made = collections.make(owner, "Harbour reports", **fields)
    for name in names:
        collections.add(made, make_document(title=name))
    return made


def number(title: str) -> str:
    return Document.objects.get(title=title).number


def test_a_document_goes_into_a_new_collection_from_its_page(english: Client, lin: User) -> None:
    document = make_document(title="A report")
    answer = english.post(f"/d/{document.number}/collect/", {"name": " Harbour   reports "}, follow=True)
    assert "Added to the collection" in answer.content.decode()
    made = Collection.objects.get()
    assert (made.name, made.owner, made.public) == ("Harbour reports", lin, False)
    assert "A report" in page(english, made.get_absolute_url())


def test_and_into_one_that_is_there(english: Client, lin: User) -> None:
    made = filled(lin, "First")
    document = make_document(title="Second")
    assert "Harbour reports" in page(english, f"/d/{document.number}/collect/")
    english.post(f"/d/{document.number}/collect/", {"collection": made.key})
    assert titles(made) == ["First", "Second"]
    assert "already in it" in page(english, f"/d/{document.number}/collect/")


def test_choosing_nothing_is_answered(english: Client, lin: User) -> None:
    document = make_document()
    answer = english.post(f"/d/{document.number}/collect/", {"name": "  "})
    assert answer.status_code == 422
    assert "Choose a collection or name a new one." in answer.content.decode()


def test_nobody_puts_documents_into_the_collections_of_others(english: Client, lin: User) -> None:
    made = filled(make_user(), "First", public=True)
    english.post(f"/d/{make_document().number}/collect/", {"collection": made.key})
    english.post(f"{made.get_absolute_url()}entries/", {"number": number("First"), "do": "remove"})
    assert english.get(f"{made.get_absolute_url()}edit/").status_code == 404
    assert english.post(f"{made.get_absolute_url()}delete/").status_code == 404
    assert titles(made) == ["First"]


@pytest.mark.parametrize(
    ("do", "order"),
    [("up", "BACD"), ("down", "ACBD"), ("first", "BACD"), ("last", "ACDB"), ("remove", "ACD"), ("odd", "ABCD")],
)
def test_the_order_is_the_owners(english: Client, lin: User, do: str, order: str) -> None:
    made = filled(lin, *"ABCD")
    english.post(f"{made.get_absolute_url()}entries/", {"number": number("B"), "do": do})
    assert titles(made) == list(order)


def test_moving_beyond_the_ends_changes_nothing(lin: User) -> None:
    made = filled(lin, *"AB")
    collections.move(made, Document.objects.get(title="A"), -1, lin)
    collections.move(made, Document.objects.get(title="B"), 1, lin)
    assert titles(made) == ["A", "B"]


def test_a_private_collection_is_its_owners_alone(english: Client, lin: User) -> None:
    made = filled(lin, "First")
    assert "Harbour reports" in page(english, "/collections/")
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    staff = Client()
    staff.force_login(make_user(is_staff=True))
    for other in (stranger, staff):
        assert other.get(made.get_absolute_url()).status_code == 404
        assert "Harbour reports" not in page(other, "/collections/")
        assert other.get(f"/feed/collections/{made.key}/").status_code == 404


def test_a_public_one_is_everyones_to_read(english: Client, lin: User) -> None:
    made = filled(lin, "First", public=True)
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "First" in page(stranger, made.get_absolute_url())
    assert "Harbour reports" in page(stranger, "/collections/")
    assert f"{made.get_absolute_url()}edit/" not in page(stranger, made.get_absolute_url())


def test_name_description_and_who_sees_it_can_be_changed(english: Client, lin: User) -> None:
    made = filled(lin, "First")
    edit = f"{made.get_absolute_url()}edit/"
    assert "First" in page(english, edit)
    assert english.post(edit, {"name": "", "description": "x"}).status_code == 422
    english.post(edit, {"name": "Lights", "description": "All of them", "public": "on"})
    made.refresh_from_db()
    assert (made.name, made.description, made.public) == ("Lights", "All of them", True)


def test_deleting_it_leaves_its_documents(english: Client, lin: User) -> None:
    made = filled(lin, "First")
    answer = english.post(f"{made.get_absolute_url()}delete/", follow=True)
    assert "its documents stay" in answer.content.decode()
    assert not Collection.objects.exists()
    assert Document.objects.filter(title="First").exists()


def test_only_staff_put_one_on_the_home_page(english: Client, lin: User) -> None:
    made = filled(lin, "First", public=True)
    mark = f"{made.get_absolute_url()}worth-seeing/"
    assert english.post(mark, {"mark": "yes"}).status_code == 404
    assert "Harbour reports" not in page(english, "/")
    lin.is_staff = True
    lin.save()
    english.post(mark, {"mark": "yes"})
    assert "Harbour reports" in page(english, "/")
    english.post(mark, {"mark": ""})
    assert "Harbour reports" not in page(english, "/")


def test_a_private_or_empty_one_is_never_on_the_home_page(english: Client, lin: User) -> None:
    private = filled(lin, "First")
    collections.mark(private, True)
    empty = collections.make(lin, "Nothing yet", public=True)
    collections.mark(empty, True)
    html = page(english, "/")
    assert "Harbour reports" not in html
    assert "Nothing yet" not in html


def test_a_collection_has_room_for_so_many(english: Client, lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "MOST_DOCUMENTS", 1)
    made = filled(lin, "First")
    answer = english.post(f"/d/{make_document().number}/collect/", {"collection": made.key})
    assert answer.status_code == 422
    assert "There is no room for more here." in answer.content.decode()


def test_without_an_account_one_is_asked_to_sign_in(english: Client) -> None:
    address = f"/d/{make_document().number}/collect/"
    assert english.get(address)["Location"] == f"/login/?next={address}"


def test_a_private_document_shows_in_a_collection_to_its_uploader_alone(english: Client, lin: User) -> None:
    made = filled(lin, "First", public=True)
    collections.mark(made, True)
    collections.add(made, make_document(title="Secret one", uploader=lin, visibility="private"))
    assert "Secret one" in page(english, made.get_absolute_url())
    staff = Client()
    staff.force_login(make_user(is_staff=True))
    for other in (Client(), staff):
        for address in (made.get_absolute_url(), "/collections/", "/", f"/feed/collections/{made.key}/"):
            assert "Secret one" not in page(other, address), address
    assert "1 document<" in page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/collections/")


def test_a_favourite_that_became_private_is_gone_for_others(english: Client, lin: User) -> None:
    document = make_document(title="Secret soon", uploader=lin)
    visitor = Client()
    for client in (english, visitor):
        client.post(f"/d/{document.number}/favourite/", {"keep": "yes"}, HTTP_SEC_FETCH_SITE="same-origin")
    Document.objects.update(visibility="private")
    assert "Secret soon" in page(english, "/favourites/")
    assert "Secret soon" not in page(visitor, "/favourites/")


@pytest.mark.parametrize(("choice", "shown"), [("full", "鲁大海"), ("masked", "鲁**"), ("anonymous", "")])
def test_its_owner_is_named_as_they_want_to_be(english: Client, lin: User, choice: str, shown: str) -> None:
    lin.last_name, lin.first_name = "鲁", "大海"
    lin.save()
    Profile.objects.create(user=lin, shown_as=choice)
    made = filled(lin, "First", public=True)
    collections.mark(made, True)
    for address in (made.get_absolute_url(), "/collections/", "/"):
        html = page(Client(HTTP_ACCEPT_LANGUAGE="en"), address)
        assert ("大海" in html) == (choice == "full")
        assert (f"<span>{shown}</span>" in html) == bool(shown)
