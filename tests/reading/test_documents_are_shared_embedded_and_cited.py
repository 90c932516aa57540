"""Sharing a public document: its address, its QR code, a frame on other sites with oEmbed, a citation."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from fanwen.library.models import Document
from fanwen.reading.citations import Source, apa, bibtex, gb7714, mla, ris
from tests.factories import make_document, make_user


@pytest.fixture
def document() -> Document:
    return make_document(["one", "two"], title="Lamps & <herons>", uploader=make_user("lin", first_name="鲁海"))


def oembed(client: Client, document: Document, **values: str) -> dict[str, object]:
    found = client.get("/oembed", {"url": f"http://testserver/d/{document.number}/", **values})
    assert found.status_code == 200
    return dict(json.loads(found.content))


def test_the_share_page_has_address_code_and_frame(english: Client, document: Document) -> None:
    page = english.get(f"/d/{document.number}/share/").content.decode()
    assert f"http://testserver/d/{document.number}/</textarea>" in page
    assert "&lt;iframe src=" in page
    assert "secret" not in page
    svg = english.get(f"/d/{document.number}/qr.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    assert english.get(f"/d/{document.number}/qr.png").content.startswith(b"\x89PNG")


def test_the_frame_may_stand_anywhere_and_nothing_else_may(client: Client, document: Document) -> None:
    frame = client.get(f"/d/{document.number}/embed/?page=2")
    assert frame.status_code == 200
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "script-src 'self'" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert "2 / 2" in frame.content.decode()
    for address in ("", "share/", "report/", "text/"):
        response = client.get(f"/d/{document.number}/{address}")
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("fields", [{"visibility": "private"}, {"status": "working"}])
def test_private_and_unready_documents_have_no_frame(client: Client, fields: dict[str, str]) -> None:
    user = make_user()
    document = make_document(uploader=user, **fields)
    client.force_login(user)
    assert client.get(f"/d/{document.number}/embed/").status_code == 404


def test_oembed_answers_in_json_and_xml(client: Client, document: Document) -> None:
    said = oembed(client, document)
    assert (said["type"], said["version"], said["title"]) == ("rich", "1.0", "Lamps & <herons>")
    assert said["author_name"] == "鲁海"
    assert f'src="http://testserver/d/{document.number}/embed/"' in str(said["html"])
    assert "Lamps &amp; &lt;herons&gt;" in str(said["html"])
    assert str(said["thumbnail_url"]).endswith("p1-400")
    small = oembed(client, document, maxwidth="300", maxheight="250")
    assert (small["width"], small["height"]) == (300, 250)
    assert "thumbnail_url" not in small
    xml = client.get("/oembed", {"url": f"http://testserver/d/{document.number}/", "format": "xml"})
    assert ElementTree.fromstring(xml.content).findtext("title") == "Lamps & <herons>"
    page = client.get(document.get_absolute_url()).content.decode()
    assert f"oembed?url={quote(f'http://testserver/d/{document.number}/', safe='')}&amp;format=json" in page


def test_oembed_says_what_is_wrong_by_status(client: Client, document: Document) -> None:
    def status(address: str, **values: str) -> int:
        return client.get("/oembed", {"url": address, **values}).status_code

    mine = f"http://testserver/d/{document.number}/"
    for address in (
        "",
        "nonsense",
        "http://[",
        "http://elsewhere.example/d/1/",
        "http://testserver/",
        "ftp://testserver/",
    ):
        assert status(address) == 404, address
    assert status(mine, format="yaml") == 501
    Document.objects.update(visibility="private")
    assert status(mine) == 404
    client.force_login(make_user(is_staff=True))
    assert status(mine) == 401


SOURCE = Source(
    "灯塔与海岸",
    "鲁海",
    "范文",
    "123456789",
    date(2022, 10, 13),
    date(2026, 11, 5),
    "https://fanwen.example/d/123456789/",
)


def test_citations_follow_their_styles() -> None:
    assert gb7714(SOURCE) == ("鲁海. 灯塔与海岸[EB/OL]. (2022-10-13)[2026-11-05]. https://fanwen.example/d/123456789/.")
    assert apa(SOURCE) == (
        "鲁海. (2022, October 13). 灯塔与海岸. 范文. Retrieved November 5, 2026, from https://fanwen.example/d/123456789/"
    )
    assert mla(SOURCE) == (
        "鲁海. “灯塔与海岸.” 范文, 13 Oct. 2022, https://fanwen.example/d/123456789/. Accessed 5 Nov. 2026."
    )
    assert "  title = {{灯塔与海岸}},\n" in bibtex(SOURCE)
    assert ris(SOURCE).startswith("TY  - ELEC\r\nAU  - 鲁海\r\n")
    assert ris(SOURCE).endswith("ER  - \r\n")


def test_an_anonymous_document_is_cited_without_a_name(client: Client, document: Document) -> None:
    uploaded = datetime(2024, 5, 6, 20, 0, tzinfo=UTC)
    Document.objects.update(shown_as="anonymous", uploaded_at=uploaded)
    page = client.get(f"/d/{document.number}/cite/").content.decode()
    assert "鲁" not in page
    assert "[EB/OL]. (2024-05-07)" in page  # the day where the library stands
    assert client.get(f"/d/{document.number}/cite.bib").content.startswith(b"@misc{fanwen")
    assert b"TY  - ELEC" in client.get(f"/d/{document.number}/cite.ris").content
