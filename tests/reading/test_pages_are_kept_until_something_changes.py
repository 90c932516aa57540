from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from fanwen.config.folders import Folders
from fanwen.library.models import Document
from fanwen.reading import kept, reads
from fanwen.search.app import asked
from fanwen.search.app.models import SearchedFor
from tests.factories import make_document, make_user

PAGES = [f"Page {number} of lighthouses" for number in range(1, 4)]


@pytest.fixture
def visitor(transactional_db: None, tmp_path: Path) -> Iterator[Client]:
    """A visitor whose browser takes compressed pages, over a database in a file, where other connections can commit."""
    path = str(tmp_path / "catalogue.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, path
    kept.forget()
    caches["template_fragments"].clear()
    yield Client(HTTP_ACCEPT_ENCODING="gzip", HTTP_ACCEPT_LANGUAGE="en")
    kept.forget()
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return gzip.decompress(response.content).decode()


def other_process(statement: str, *values: Any) -> None:
    """Commit through a connection that Django knows nothing of."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as other:
        other.execute(statement, values)
    other.close()


def test_an_unchanged_page_is_sent_without_asking_the_database(visitor: Client, django_assert_num_queries: Any) -> None:
    address = make_document(PAGES).get_absolute_url()
    body(visitor, address)  # reads that have been gathered are written with this one, which is a change
    first = body(visitor, address)
    with django_assert_num_queries(0):
        assert body(visitor, address) == first


def test_what_another_process_commits_is_seen_at_once(visitor: Client) -> None:
    document = make_document(PAGES, title="Before")
    assert "Before" in body(visitor, document.get_absolute_url())
    other_process("UPDATE library_document SET title = 'After' WHERE id = ?", document.pk)
    assert "After" in body(visitor, document.get_absolute_url())


def test_what_this_process_commits_is_seen_at_once(visitor: Client) -> None:
    document = make_document(PAGES)
    address = document.get_absolute_url()
    body(visitor, address)
    Document.objects.filter(pk=document.pk).update(visibility="private")
    assert visitor.get(address).status_code == 404
    document.delete()
    assert visitor.get(address).status_code == 404


def test_a_kept_page_counts_as_read(visitor: Client) -> None:
    document = make_document(PAGES)
    for _ in range(3):
        body(visitor, document.get_absolute_url())
    reads.write()
    document.refresh_from_db()
    assert document.reads == 3


def test_visitors_who_are_shown_something_else_get_it(visitor: Client) -> None:
    document = make_document(PAGES)
    address = document.get_absolute_url()
    assert 'lang="en"' in body(visitor, address)
    chinese = Client(HTTP_ACCEPT_ENCODING="gzip", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert 'lang="zh-Hans"' in body(chinese, address)
    visitor.cookies["theme"] = "dark"
    visitor.cookies["zoom"] = "150"
    page = body(visitor, address)
    assert 'data-theme="dark"' in page
    assert 'data-zoom="150"' in page
    visitor.force_login(make_user(is_staff=True))
    assert "/admin/" in body(visitor, address)
    assert "/admin/" not in body(chinese, address)


def test_an_uploader_sees_a_private_document_and_nobody_after_them(visitor: Client) -> None:
    owner = make_user()
    document = make_document(PAGES, uploader=owner, visibility="private")
    signed_in = Client(HTTP_ACCEPT_ENCODING="gzip")
    signed_in.force_login(owner)
    assert "lighthouses" in body(signed_in, document.get_absolute_url())
    assert visitor.get(document.get_absolute_url()).status_code == 404


def test_caches_on_the_way_are_told_what_a_page_depends_on(visitor: Client) -> None:
    address = make_document(PAGES).get_absolute_url()
    for _ in range(2):
        varies = visitor.get(address)["Vary"]
        assert all(name in varies for name in ("Cookie", "Accept-Language", "Accept-Encoding"))


def test_no_more_is_kept_than_there_is_room_for(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "ROOM", 30_000)
    address = make_document(PAGES).get_absolute_url()
    for number in range(20):
        body(visitor, f"{address}?page=1&upto={number}")
    assert 0 < sum(len(page.content) for page in kept._pages.values()) == kept._size <= 30_000


def test_a_search_is_answered_without_asking_anything_again(
    visitor: Client, folders: Folders, index: Callable[[], None], django_assert_num_queries: Any
) -> None:
    make_document(PAGES, title="Before")
    index()
    first = body(visitor, "/search/?q=lighthouses")
    assert "Before" in first
    asked.write()  # what is written is a change, as it is for reads
    first = body(visitor, "/search/?q=lighthouses")
    with django_assert_num_queries(0):
        assert body(visitor, "/search/?q=lighthouses") == first
    asked.write()
    assert SearchedFor.objects.get().times == 3


def test_a_search_is_made_anew_when_the_index_has_changed(
    visitor: Client, folders: Folders, index: Callable[[], None]
) -> None:
    signed_in = Client(HTTP_ACCEPT_ENCODING="gzip")
    signed_in.force_login(make_user())
    make_document(PAGES, title="First")
    index()
    for client in (visitor, signed_in):
        assert "First" in body(client, "/search/?q=lighthouses")
    make_document(PAGES, title="Second")
    index()
    for client in (visitor, signed_in):
        assert "Second" in body(client, "/search/?q=lighthouses")


def test_who_has_signed_in_is_sent_kept_parts_in_a_page_of_their_own(
    visitor: Client, index: Callable[[], None], django_assert_max_num_queries: Any
) -> None:
    owner = make_user()
    document = make_document(PAGES, title="Before", uploader=owner, tags=["coast"])
    index()
    reader, uploader = (Client(HTTP_ACCEPT_ENCODING="gzip") for _ in range(2))
    reader.force_login(make_user())
    uploader.force_login(owner)
    address, edit = document.get_absolute_url(), f"{document.get_absolute_url()}edit/"
    assert edit not in body(reader, address)
    assert edit in body(uploader, address)
    body(reader, "/search/?q=lighthouses")
    reads.write()
    asked.write()
    body(uploader, address)
    body(uploader, "/search/?q=lighthouses")
    with django_assert_max_num_queries(4):
        page = body(reader, address)
    assert edit not in page
    assert "Page 3 of lighthouses" in page
    with django_assert_max_num_queries(2):
        assert "Before" in body(reader, "/search/?q=lighthouses")
    other_process("UPDATE library_document SET title = 'After' WHERE id = ?", document.pk)
    other_process("UPDATE library_tag SET name = 'shore'")
    for client in (reader, uploader):
        page = body(client, address)
        assert "<h1>After</h1>" in page
        assert "shore" in page


def test_a_private_documents_parts_are_sent_to_nobody_else(visitor: Client) -> None:
    owner = make_user()
    document = make_document(PAGES, uploader=owner, visibility="private")
    theirs, other = (Client(HTTP_ACCEPT_ENCODING="gzip") for _ in range(2))
    theirs.force_login(owner)
    other.force_login(make_user())
    assert "lighthouses" in body(theirs, document.get_absolute_url())
    assert other.get(document.get_absolute_url()).status_code == 404
