from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.shelves import searches
from fanwen.shelves.models import SavedSearch
from tests.factories import make_user


@pytest.fixture
def lin(english: Client) -> User:
    user = make_user("lin")
    english.force_login(user)
    return user


def test_a_search_is_saved_with_its_filters_and_made_again(english: Client, lin: User) -> None:
    answer = english.post("/searches/save/?q=lighthouse&year=2026&p=3&odd=1", {"name": "Lights of this year"})
    assert answer["Location"] == "/search/?q=lighthouse&year=2026"
    html = english.get("/searches/").content.decode()
    assert '<a href="/search/?q=lighthouse&amp;year=2026">Lights of this year</a>' in html
    assert "/search/feed/?q=lighthouse&amp;year=2026" in html


def test_saving_it_again_gives_it_another_name(english: Client, lin: User) -> None:
    english.post("/searches/save/?q=lighthouse", {"name": "One"})
    english.post("/searches/save/?q=lighthouse", {"name": ""})
    assert [search.name for search in searches.saved(lin)] == ["lighthouse"]


def test_everyone_has_their_own(english: Client, lin: User) -> None:
    other = searches.save(make_user(), "Not mine", "?q=harbour")
    assert "Not mine" not in english.get("/searches/").content.decode()
    english.post(f"/searches/{other.pk}/remove/")
    assert SavedSearch.objects.filter(pk=other.pk).exists()


def test_a_saved_search_can_be_removed(english: Client, lin: User) -> None:
    made = searches.save(lin, "Lights", "?q=lighthouse")
    english.post(f"/searches/{made.pk}/remove/")
    assert not SavedSearch.objects.exists()


def test_what_can_not_be_saved_is_answered(english: Client, lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too long" in english.post(f"/searches/save/?q={'灯' * 300}", follow=True).content.decode()
    assert "too long" in english.post("/searches/save/?q=%20", follow=True).content.decode()
    monkeypatch.setattr(searches, "MOST", 0)
    assert "no room for more" in english.post("/searches/save/?q=harbour", follow=True).content.decode()
    assert not SavedSearch.objects.exists()


def test_saving_asks_to_sign_in(english: Client) -> None:
    assert english.post("/searches/save/?q=x")["Location"].startswith("/login/")
