"""Feeds are read with a parser that knows Atom's grammar (RFC 4287, appendix B), and by ElementTree for their content."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from fanwen.library.models import Document
from fanwen.shelves import collections
from tests.factories import make_category, make_document, make_user

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))


def feed(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, **headers)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    assert [link.get("rel") for link in tree.findall(f"{ATOM}link")] == ["alternate", "self"]
    return tree


def titles(tree: Any) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")]


def backdate(document: Document, days: int) -> None:
    Document.objects.filter(pk=document.pk).update(uploaded_at=timezone.now() - datetime.timedelta(days=days))


def test_every_feed_is_atom(english: Client, index: Callable[[], None]) -> None:
    category = make_category("Reports")
    user = make_user()
    document = make_document(["the lighthouse"], title="Lights", category=category, tags=["海岸/灯"], uploader=user)
    made = collections.make(user, "Harbour", public=True)
    collections.add(made, document)
    index()
    for address in (
        "/feed/",
        f"/feed/c/{category.pk}/",
        "/feed/t/海岸/灯/",
        f"/feed/collections/{made.key}/",
        "/search/feed/?q=lighthouse",
    ):
        assert titles(feed(english, address)) == ["Lights"], address


def test_an_entry_says_what_the_document_is(english: Client) -> None:
    user = make_user("xu", first_name="秋", last_name="许")
    document = make_document(
        title="Lights & <b>",
        category=make_category("Reports"),
        tags=["coast"],
        uploader=user,
        description="All lights.",
    )
    entry = feed(english, "/feed/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Lights & <b>"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/d/{document.number}/"
    assert entry.findtext(f"{ATOM}id").startswith("tag:testserver,")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "许秋"
    assert entry.findtext(f"{ATOM}summary") == "All lights."
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Reports", "coast"]
    assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == document.uploaded_at


def test_the_newest_comes_first(english: Client, index: Callable[[], None]) -> None:
    for days in (3, 1, 2):
        backdate(make_document(["lighthouse " * (days + 1)], title=f"{days} days old"), days)
    index()
    assert titles(feed(english, "/search/feed/?q=lighthouse")) == ["1 days old", "2 days old", "3 days old"]
    assert titles(feed(english, "/feed/")) == ["1 days old", "2 days old", "3 days old"]


def test_a_search_feed_keeps_its_filters_and_shows_what_was_found(english: Client, index: Callable[[], None]) -> None:
    make_document(["the lighthouse stands"], title="In PDF")
    make_document(["the lighthouse stands"], title="In Word", family="word", format="docx")
    index()
    tree = feed(english, "/search/feed/?q=lighthouse&format=docx")
    assert titles(tree) == ["In Word"]
    assert tree.findtext(f"{ATOM}entry/{ATOM}summary") == "the lighthouse stands"
    assert (
        tree.find(f"{ATOM}link[@rel='alternate']").get("href") == "http://testserver/search/?q=lighthouse&format=docx"
    )


def test_nothing_is_sent_again_that_is_known(english: Client) -> None:
    make_document(description="All about the lights. " * 20)
    first = english.get("/feed/")
    assert english.get("/feed/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert english.get("/feed/", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    packed = english.get("/feed/", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["ETag"] == f"W/{first['ETag']}"
    assert english.get("/feed/", HTTP_IF_NONE_MATCH=packed["ETag"], HTTP_ACCEPT_ENCODING="gzip").status_code == 304
    make_document()
    assert english.get("/feed/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_an_empty_feed_is_one_too_and_stays_the_same(english: Client) -> None:
    assert titles(feed(english, "/feed/")) == []
    assert english.get("/feed/")["ETag"] == english.get("/feed/")["ETag"]


def test_what_xml_can_not_hold_is_left_out(english: Client) -> None:
    make_document(title="a\x00b\x0bc\ufffe", description="\x1b[31m")
    assert titles(feed(english, "/feed/")) == ["abc"]


def test_what_can_not_be_read_is_in_no_feed(english: Client) -> None:
    make_document(title="Broken", status="failed", family="word")
    assert titles(feed(english, "/feed/")) == []


@pytest.mark.parametrize("address", ["/feed/c/999/", "/feed/t/none/", "/feed/collections/none/", "/search/feed/"])
def test_a_feed_of_nothing_is_not_found(english: Client, address: str) -> None:
    assert english.get(address).status_code == 404


def test_pages_say_where_their_feed_is(english: Client, index: Callable[[], None]) -> None:
    make_document(["the lighthouse"])
    index()
    html = english.get("/search/?q=lighthouse&format=pdf").content.decode()
    assert 'type="application/atom+xml" href="/search/feed/?q=lighthouse&amp;format=pdf"' in html
    assert 'type="application/atom+xml" href="/feed/"' in english.get("/").content.decode()
