from __future__ import annotations

from django.test import Client

from tests.factories import make_category, make_document, make_failed


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_invites_to_upload(english: Client) -> None:
    assert "Upload the first document" in page(english, "/")


def test_home_shows_the_tree_and_the_newest(english: Client) -> None:
    child = make_category("Yearly", make_category("Reports"))
    document = make_document(title="The newest one", category=child)
    html = page(english, "/")
    for part in ("Reports", "Yearly", "The newest one", f"/d/{document.number}/", "PDF"):
        assert part in html


def test_home_shows_only_what_can_be_read(english: Client) -> None:
    make_failed(title="Broken one")
    assert "Broken one" not in page(english, "/")
    assert "Broken one" in page(english, "/all/")


def test_a_category_shows_its_children_their_documents_and_the_way_back(english: Client) -> None:
    root = make_category("Reports")
    child = make_category("Yearly", root)
    document = make_document(title="In the child", category=child)
    html = page(english, f"/c/{root.pk}/")
    assert f"/c/{child.pk}/" in html
    assert f"/d/{document.number}/" in html
    below = page(english, f"/c/{child.pk}/")
    assert f'<a href="/c/{root.pk}/">Reports</a>' in below


def test_long_lists_are_paged(english: Client) -> None:
    category = make_category("Many")
    for _ in range(21):
        make_document(category=category, status="failed", family="word")
    assert page(english, f"/c/{category.pk}/").count('class="row"') == 20
    assert page(english, f"/c/{category.pk}/?p=2").count('class="row"') == 1
    assert page(english, f"/c/{category.pk}/?p=zzz").count('class="row"') == 20


def test_a_tag_lists_its_documents(english: Client) -> None:
    make_document(title="Tagged", tags=["校园/安全"])
    make_document(title="Not this one")
    html = page(english, "/t/校园/安全/")
    assert "Tagged" in html
    assert "Not this one" not in html


def test_what_is_not_there_is_not_found(english: Client) -> None:
    for address in ("/c/999/", "/t/none/", "/nothing/"):
        response = english.get(address)
        assert response.status_code == 404
        assert "There is no such page" in response.content.decode()
