from __future__ import annotations

import os
import re
import threading
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from fanwen.reading import rendering
from tests.factories import make_document


def address(client: Client, number: str, width: int = 400) -> str:
    html = client.get(f"/d/{number}/").content.decode()
    found = re.search(rf"(/d/{number}/[0-9a-f]+/p1-{width})\b", html)
    assert found
    return found[1]


def test_the_image_is_of_the_asked_width(client: Client) -> None:
    document = make_document(["Some words"])
    response = client.get(address(client, document.number))
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    image = Image.open(BytesIO(response.content))
    assert image.format == "PNG"  # grey text
    assert response["Content-Type"] == "image/png"
    assert abs(image.width - 400) <= 1
    assert abs(image.height - 400 * 842 / 595) <= 1


def test_the_second_time_it_comes_from_the_cache(client: Client) -> None:
    document = make_document(["Some words"])
    path = address(client, document.number)
    first = client.get(path).content
    settings.FOLDERS.original(document.original_id).write_bytes(b"no PDF any more")
    os.utime(settings.FOLDERS.original(document.original_id), ns=(0, _time(path)))
    assert client.get(path).content == first


def _time(path: str) -> int:
    """A modification time that the version in `path` stands for."""
    version = re.search(r"/([0-9a-f]{24})/", path)
    assert version
    return int(version[1][16:], 16) * 1_000_000


def test_other_widths_and_pages_are_not_found(client: Client) -> None:
    path = address(client, make_document().number)
    for other in ("p1-401", "p2-400", "p0-400", "p1-99999", "p1-400.webp"):
        assert client.get(path.rsplit("/", 1)[0] + "/" + other).status_code == 404


def test_another_documents_hash_is_not_found(client: Client) -> None:
    one, two = make_document(), make_document()
    assert client.get(address(client, one.number).replace(one.number, two.number)).status_code == 410


def test_an_address_from_before_a_new_rendition_leads_to_the_new_one(client: Client) -> None:
    document = make_document(family="word")
    old = address(client, document.number)
    os.utime(settings.FOLDERS.rendition(document.original_id), (1, 1))
    new = address(client, document.number)
    assert new != old
    assert client.get(old)["Location"] == new


def test_a_page_that_cannot_be_drawn_answers_503_and_is_not_kept(client: Client) -> None:
    document = make_document(family="word")
    path = address(client, document.number)
    rendition = settings.FOLDERS.rendition(document.original_id)
    time = rendition.stat().st_mtime_ns
    rendition.write_bytes(b"not a PDF")
    os.utime(rendition, ns=(time, time))
    response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert response["Cache-Control"] == "no-store"


def test_when_too_many_are_in_the_making_the_next_is_asked_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = address(client, make_document().number)
    monkeypatch.setattr(rendering, "_places", threading.BoundedSemaphore(1))
    with rendering._places:
        response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "1"
    assert client.get(path).status_code == 200
