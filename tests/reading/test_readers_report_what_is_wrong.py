"""Reports: sent without an account, limited, seen and settled by the staff, who may withdraw a document."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client

from fanwen.care.models import Reason, Report
from fanwen.care.reports import MOST_AN_HOUR
from fanwen.config.options import BadOption
from fanwen.config.proxies import address_of, networks
from fanwen.library.actions.set_visibility import set_visibility
from fanwen.library.models import Document
from tests.factories import make_document, make_user


@pytest.fixture(autouse=True)
def reasons(folders: object) -> None:
    """What a new library offers. A test elsewhere that empties every table takes away what migrations put there."""
    if not Reason.objects.exists():
        import_module("fanwen.care.migrations.0002_reasons").offer(apps, None)


@pytest.fixture
def document() -> Document:
    return make_document(["one", "two"], uploader=make_user("wren"))


def send(client: Client, document: Document, **values: object) -> str:
    said = {"reason": Reason.objects.all()[0].pk, **values}
    return client.post(f"/d/{document.number}/report/", said).content.decode()


def test_anyone_reports_a_page(english: Client, document: Document) -> None:
    form = english.get(f"/d/{document.number}/report/?page=2").content.decode()
    assert "Infringes copyright" in form
    assert 'value="2"' in form
    assert "Thank you" in send(english, document, text="Mine!", contact="a@heron.example", page="2")
    report = Report.objects.get()
    assert (report.page, report.text, report.contact, report.state) == (2, "Mine!", "a@heron.example", "open")
    assert report.reason
    assert report.reason.english == "Infringes copyright"
    assert "127.0.0.1" not in str(Report.objects.values_list())


def test_odd_input_is_answered(english: Client, document: Document) -> None:
    assert "Please choose a reason." in send(english, document, reason="x\0", page="-1", text="kept\0")
    assert "Thank you" in send(english, document, page="99999999999999")
    assert Report.objects.get().page in {None, 2}
    Reason.objects.update(offered=False)
    assert "Please say what is wrong." in send(english, document)


def test_one_sender_is_heard_so_often_an_hour(english: Client, document: Document) -> None:
    for _ in range(MOST_AN_HOUR):
        assert "Thank you" in send(english, document)
    assert "Please wait a little" in send(english, document)
    assert Report.objects.count() == MOST_AN_HOUR
    other = Client(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR="192.0.2.7")
    assert "Thank you" in send(other, document)


def test_behind_a_proxy_readers_are_told_apart_and_nobody_makes_up_who_they_are(
    english: Client, document: Document, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = networks(["127.0.0.1", "10.0.0.0/8"])
    for number in range(MOST_AN_HOUR):
        english.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}, 192.0.2.1, 10.3.2.1"
        assert "Thank you" in send(english, document)
    assert "Please wait a little" in send(english, document)
    english.defaults["HTTP_X_FORWARDED_FOR"] = "192.0.2.2"
    assert "Thank you" in send(english, document)


def test_the_address_is_read_from_the_end_as_far_as_proxies_are_trusted() -> None:
    trusted = networks(["10.0.0.0/8", "2001:db8::1"])

    def said(forwarded: str, remote: str = "10.0.0.1") -> str:
        return address_of({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}, trusted)

    assert said("192.0.2.1") == "192.0.2.1"
    assert said("192.0.2.1, 198.51.100.1, 10.1.1.1") == "198.51.100.1"
    assert said("192.0.2.1, 2001:DB8:0::1") == "192.0.2.1"
    assert said("10.7.7.7") == "10.7.7.7"
    assert said("192.0.2.1", remote="203.0.113.5") == "203.0.113.5"
    assert said("nonsense") == said("") == "10.0.0.1"
    assert address_of({}, trusted) == ""
    with pytest.raises(BadOption, match="a network like"):
        networks(["the front server"])


def test_private_documents_are_not_reported_by_strangers(english: Client, document: Document) -> None:
    Document.objects.update(visibility="private")
    assert english.get(f"/d/{document.number}/report/").status_code == 404


def test_staff_see_how_many_are_open_and_settle_them(english: Client, document: Document) -> None:
    send(english, document)
    assert "Reports" not in english.get("/").content.decode()
    staff = make_user(is_staff=True, is_superuser=True)
    english.force_login(staff)
    assert 'Reports<span class="count">1</span>' in english.get("/").content.decode()
    report = Report.objects.get()
    page = english.get(f"/admin/care/report/{report.pk}/change/").content.decode()
    assert document.title in page
    english.post("/admin/care/report/", {"action": "settle", "_selected_action": report.pk})
    report.refresh_from_db()
    assert (report.state, report.settled_by) == ("settled", staff)
    assert 'class="count"' not in english.get("/account/").content.decode()


def test_a_withdrawn_document_is_private_and_its_uploader_is_told_why(english: Client, document: Document) -> None:
    send(english, document)
    staff = make_user(is_staff=True, is_superuser=True)
    english.force_login(staff)
    english.post("/admin/care/report/", {"action": "withdraw", "_selected_action": Report.objects.get().pk})
    document.refresh_from_db()
    assert document.is_private
    assert Report.objects.get().state == "settled"
    assert document.uploader
    english.force_login(document.uploader)
    for address in ("", "edit/"):
        page = english.get(f"/d/{document.number}/{address}").content.decode()
        assert "The staff made this document private: Infringes copyright" in page
    english.post(f"/d/{document.number}/edit/", {"title": "T", "visibility": "public"})
    document.refresh_from_db()
    assert document.is_private
    with pytest.raises(PermissionDenied):
        set_visibility(document, "public", by=document.uploader)
    set_visibility(document, "public", by=staff)
    document.refresh_from_db()
    assert (document.is_private, document.withdrawn) == (False, "")
