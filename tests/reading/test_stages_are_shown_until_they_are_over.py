from __future__ import annotations

from django.test import Client

from fanwen.intake.app.models import Task
from tests.factories import make_document, make_failed, make_user


def test_a_document_under_way_asks_again_by_itself(english: Client) -> None:
    document = make_document(family="word", status="working")
    document.stages.filter(name="converted").update(state="running")
    html = english.get(document.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in html
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in html
    assert "step-running" in html


def test_its_place_in_the_queue_is_told(english: Client) -> None:
    first, second = (make_document(family="word", status="working") for _ in range(2))
    for document in (first, second):
        Task.objects.create(document=document)
    assert "1 document is before it" in english.get(f"/d/{second.number}/stages/").content.decode()


def test_a_finished_one_stops_asking_and_loads_the_page(english: Client) -> None:
    document = make_document()
    response = english.get(f"/d/{document.number}/stages/?on=page")
    assert response["HX-Refresh"] == "true"
    row = english.get(f"/d/{document.number}/stages/")
    assert "HX-Refresh" not in row.headers
    assert "hx-get" not in row.content.decode()


def test_the_uploader_can_try_again(english: Client) -> None:
    user = make_user()
    document = make_failed(uploader=user)
    english.force_login(user)
    assert "Try again" in english.get(document.get_absolute_url()).content.decode()
    english.post(f"/d/{document.number}/retry/")
    document.refresh_from_db()
    assert document.status == "working"
    assert Task.objects.filter(document=document).exists()


def test_staff_can_try_again_and_others_can_not(english: Client) -> None:
    document = make_failed(uploader=make_user())
    english.force_login(make_user())
    assert english.post(f"/d/{document.number}/retry/").status_code == 404
    assert english.get(f"/d/{document.number}/retry/").status_code == 405
    english.force_login(make_user(is_staff=True))
    answer = english.post(f"/d/{document.number}/retry/", {"on": "page"}, HTTP_HX_REQUEST="true")
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    document = make_failed()
    assert client.post(f"/d/{document.number}/retry/")["Location"].startswith("/login/")


def test_the_cause_is_told_in_the_visitors_language(chinese: Client) -> None:
    assert "文件设有密码" in chinese.get(make_failed("password").get_absolute_url()).content.decode()


def test_an_unknown_cause_is_still_a_sentence(english: Client) -> None:
    assert "An unexpected error occurred" in english.get(make_failed("gone").get_absolute_url()).content.decode()
