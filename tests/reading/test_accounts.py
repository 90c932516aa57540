from __future__ import annotations

import time
from unittest.mock import patch

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from fanwen.people import welcome
from tests.factories import make_user

CHOICE = {"username": "keeper", "password1": "nine lamps lit", "password2": "nine lamps lit"}


def test_signing_in_leads_back_to_where_one_was(english: Client) -> None:
    make_user("lin")
    response = english.post(
        "/login/?next=/upload/", {"username": "lin", "password": "correct horse", "next": "/upload/"}
    )
    assert response["Location"] == "/upload/"
    assert "Sign out" in english.get("/").content.decode()
    english.post("/logout/")
    assert "Sign in" in english.get("/").content.decode()


def test_a_wrong_password_is_said_and_no_more(english: Client) -> None:
    make_user("lin")
    html = english.post("/login/", {"username": "lin", "password": "wrong"}).content.decode()
    assert 'role="alert"' in html


def test_signing_in_never_leads_elsewhere(english: Client) -> None:
    make_user("lin")
    data = {"username": "lin", "password": "correct horse", "next": "https://elsewhere.example/"}
    assert english.post("/login/", data)["Location"] == "/"


def test_the_first_administrator_chooses_a_password_by_the_link(english: Client) -> None:
    path = welcome.welcome_path()
    assert english.get(path).status_code == 200
    assert english.post(path, CHOICE)["Location"] == "/upload/"
    assert User.objects.get(username="keeper").is_superuser
    assert english.get("/admin/").status_code == 200


def test_the_link_works_once(english: Client) -> None:
    path = welcome.welcome_path()
    english.post(path, CHOICE)
    again = Client().post(path, {**CHOICE, "username": "thief"})
    assert again.status_code == 410
    assert not User.objects.filter(username="thief").exists()
    assert welcome.welcome_path() == ""


def test_a_made_up_link_does_not_work(english: Client) -> None:
    for token in ("administrator", welcome.welcome_path().split("/")[2][:-1] + "x", "a:b:c"):
        assert english.post(f"/welcome/{token}/", CHOICE).status_code == 410
    assert not User.objects.exists()


def test_an_old_link_has_run_out(english: Client) -> None:
    path = welcome.welcome_path()
    with patch("django.core.signing.time.time", return_value=time.time() + welcome.MAX_AGE + 60):
        assert english.get(path).status_code == 410


def test_a_weak_password_is_refused(english: Client) -> None:
    response = english.post(welcome.welcome_path(), {**CHOICE, "password1": "12345", "password2": "12345"})
    assert response.status_code == 200
    assert not User.objects.exists()


def test_an_administrator_without_a_password_does_not_end_the_link() -> None:
    user = User(username="ghost", is_superuser=True, date_joined=timezone.now())
    user.set_unusable_password()
    user.save()
    assert welcome.welcome_path() != ""


def test_there_is_no_open_registration(client: Client) -> None:
    for address in ("/signup/", "/register/", "/accounts/signup/"):
        assert client.get(address).status_code == 404
