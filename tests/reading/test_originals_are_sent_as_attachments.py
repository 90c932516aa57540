from __future__ import annotations

from django.test import Client

from tests.factories import make_document


def content(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_original_comes_back_byte_for_byte_under_its_own_name(client: Client) -> None:
    document = make_document(family="html", format="html", original=b"<script>x</script>", name='总结 "一".html')
    response = client.get(f"/d/{document.number}/original")
    assert content(response) == b"<script>x</script>"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%80%BB")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_name_can_not_add_a_header(client: Client) -> None:
    document = make_document(family="word", name="a\r\nSet-Cookie: x=1.docx")
    response = client.get(f"/d/{document.number}/original")
    assert "\r" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response.headers


def test_the_pdf_is_shown_in_the_browser_only_when_asked_to(client: Client) -> None:
    document = make_document(family="word", name="报告.docx")
    kept = client.get(f"/d/{document.number}/pdf")
    assert kept["Content-Disposition"].startswith("attachment")
    assert ".pdf" in kept["Content-Disposition"]
    shown = client.get(f"/d/{document.number}/pdf?inline=1")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Type"] == "application/pdf"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert content(shown).startswith(b"%PDF")


def test_a_broken_download_goes_on_where_it_stopped(client: Client) -> None:
    document = make_document(family="word", original=b"0123456789")
    address = f"/d/{document.number}/original"
    part = client.get(address, HTTP_RANGE="bytes=4-")
    assert part.status_code == 206
    assert content(part) == b"456789"
    assert part["Content-Range"] == "bytes 4-9/10"
    assert content(client.get(address, HTTP_RANGE="bytes=2-3")) == b"23"
    assert client.get(address, HTTP_RANGE="bytes=10-").status_code == 416
    assert content(client.get(address, HTTP_RANGE="chapters=1-2")) == b"0123456789"


def test_downloads_are_counted_once(client: Client) -> None:
    document = make_document(family="word", original=b"0123456789")
    client.get(f"/d/{document.number}/original")
    client.get(f"/d/{document.number}/original", HTTP_RANGE="bytes=5-")
    client.head(f"/d/{document.number}/original")
    document.refresh_from_db()
    assert document.downloads == 1


def test_a_document_without_a_pdf_has_none_to_send(client: Client) -> None:
    document = make_document(family="word", status="failed")
    from django.conf import settings

    settings.FOLDERS.rendition(document.original_id).unlink()
    assert client.get(f"/d/{document.number}/pdf").status_code == 404
