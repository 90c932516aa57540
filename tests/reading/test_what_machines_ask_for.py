from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fanwen.config.folders import Folders
from fanwen.intake.app.models import Task
from fanwen.reading import health
from fanwen.search.app.models import Change
from tests.factories import make_document, make_failed


def test_the_sitemap_lists_ready_documents_only(client: Client) -> None:
    ready, failed = make_document(), make_failed()
    parts = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert [part[0].text for part in parts] == ["http://testserver/sitemap-1.xml"]
    listed = client.get("/sitemap-1.xml").content.decode()
    ElementTree.fromstring(listed)
    assert f"http://testserver/d/{ready.number}/" in listed
    assert failed.number not in listed
    assert client.get("/sitemap-2.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_robots_are_shown_the_sitemap_and_kept_from_searching(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_search_description_is_xml(client: Client) -> None:
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    ElementTree.fromstring(response.content)
    assert b"/search/?q={searchTerms}" in response.content


def test_a_whole_service_is_healthy(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    parts = response.json()
    assert parts["ok"]
    assert all(parts[name]["ok"] for name in ("database", "queue", "index", "disk"))


def test_a_stuck_index_is_unhealthy(client: Client) -> None:
    make_document()
    assert client.get("/healthz").status_code == 200
    Change.objects.update(created_at=timezone.now() - health.STUCK - timedelta(seconds=1))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert not response.json()["index"]["ok"]


def test_a_lost_index_is_unhealthy(client: Client, folders: Folders) -> None:
    make_document()
    Change.objects.all().delete()
    assert not client.get("/healthz").json()["index"]["ok"]


def test_an_abandoned_document_is_unhealthy(client: Client) -> None:
    Task.objects.create(document=make_document(), worker="1", lease_until=timezone.now() - timedelta(hours=1))
    assert not client.get("/healthz").json()["queue"]["ok"]


def test_a_full_disk_is_unhealthy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SPARE", 2**62)
    assert not client.get("/healthz").json()["disk"]["ok"]


def test_the_mark_is_an_svg_of_ours(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
    mark = settings.PACKAGE / "reading" / "static" / "reading" / "mark.svg"
    ElementTree.fromstring(mark.read_text(encoding="utf-8"))
