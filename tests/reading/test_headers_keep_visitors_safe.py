from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import make_category, make_document, make_failed, make_user


@pytest.fixture
def pages(client: Client) -> dict[str, str]:
    """Every kind of page, as someone signed in sees it."""
    client.force_login(make_user(is_staff=True))
    document = make_document(["two words", "more words"], category=make_category("Reports"), tags=["one"])
    addresses = [
        "/",
        "/search/?q=words",
        f"/d/{document.number}/?q=words",
        f"/d/{document.number}/text/",
        make_failed().get_absolute_url(),
        f"/c/{document.category_id}/",
        "/t/one/",
        "/all/",
        "/upload/",
        "/nothing/",
    ]
    return {address: client.get(address).content.decode() for address in addresses}


def test_every_page_has_a_strict_policy(client: Client) -> None:
    for address in ("/", "/login/", "/all/", "/nothing/"):
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy + ";"
        assert "style-src 'self';" in policy + ";"
        assert "unsafe" not in policy
        assert "frame-ancestors 'self'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_no_page_needs_what_the_policy_forbids(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        assert not re.search(r"<[^>]+\sstyle=", html), address
        assert not re.search(r"<[^>]+\son[a-z]+=", html), address
        assert "<style" not in html, address
        assert "javascript:" not in html, address
        for script in re.findall(r"<script[^>]*>", html):
            assert "src=" in script or 'type="application/ld+json"' in script, address
        for source in re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"', html):
            assert source.startswith(("/", "http://testserver/")), (address, source)


def test_every_page_has_one_heading_a_title_and_a_way_past_the_navigation(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        assert html.count("<h1") == 1, address
        assert re.search(r"<title>[^<]{2,}</title>", html), address
        assert 'class="skip" href="#main"' in html, address
        assert 'id="main"' in html, address


def test_ids_are_unique(pages: dict[str, str]) -> None:
    for address, html in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), address


def test_reading_sets_no_cookie(client: Client) -> None:
    document = make_document()
    for address in ("/", document.get_absolute_url(), "/all/"):
        assert not client.get(address).cookies


def test_pages_are_compressed_and_images_are_not(client: Client) -> None:
    document = make_document(["words " * 50])
    page = client.get(document.get_absolute_url(), HTTP_ACCEPT_ENCODING="gzip")
    assert page["Content-Encoding"] == "gzip"
    original = client.get(f"/d/{document.number}/original", HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in original.headers
