"""A form as pages: asked for, made by the preview office with a real LibreOffice, and shown to who asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fanwen.blanks.app import previews
from fanwen.blanks.app.models import Draft, Preview
from fanwen.blanks.app.previewer import PreviewOffice
from fanwen.library.models import Document

VALUES = {"f-b2": "1,200", "f-b3": "980", "f-g1": "2026-11-23", "f-b8": "青禾镇中心小学"}


def ask(client: Client, paper: Document, values: dict[str, Any]) -> str:
    response = client.post(f"/d/{paper.number}/fill/preview/", values)
    assert response.status_code == 302
    return str(response["Location"])


@pytest.fixture
def office(folders: Any) -> Any:
    made = PreviewOffice(folders.run / "preview")
    yield made
    made.close()


def test_new_values_are_boxed_on_real_pages(english: Client, paper: Document, office: PreviewOffice) -> None:
    address = ask(english, paper, VALUES)
    waiting = english.get(address)
    assert waiting.status_code == 202
    assert "looks again by itself" in waiting.content.decode()
    assert office.step()
    html = english.get(address).content.decode()
    assert html.count('class="changed-here"') == 6  # two counts, a name, and a date in three places
    assert f'href="/d/{paper.number}/fill/#field-2"' in html
    made = Preview.objects.get()
    (box,) = [box for box in made.boxes if box[5] == "b8"]
    width, height = made.pages[0]
    assert 0 < box[1] < box[1] + box[3] < width
    assert 0 < box[2] < height
    assert box[3] > 60  # seven characters
    image = english.get(f"{address}p1-800")
    assert image["Content-Type"].startswith("image/")
    assert image.content.startswith((b"\x89PNG", b"RIFF"))
    assert image["Cache-Control"].startswith("private")


def test_scripts_get_the_pages_alone(english: Client, paper: Document, office: PreviewOffice) -> None:
    address = ask(english, paper, VALUES)
    assert office.step()
    assert "<html" not in english.get(address, headers={"hx-request": "true"}).content.decode()


def test_the_same_values_are_not_made_twice(english: Client, paper: Document, office: PreviewOffice) -> None:
    address = ask(english, paper, VALUES)
    assert office.step()
    assert ask(english, paper, VALUES) == address
    assert not office.step()
    previews.file_of(Preview.objects.get()).unlink()
    assert ask(english, paper, VALUES) == address
    assert office.step()


def test_of_one_form_only_the_latest_is_made(english: Client, paper: Document) -> None:
    ask(english, paper, {"f-b2": "1"})
    last = ask(english, paper, {"f-b2": "12"})
    other = Client()
    ask(other, paper, {"f-b2": "3"})
    assert Preview.objects.count() == 2
    assert Preview.objects.filter(key=last.split("/")[-2]).exists()
    assert Draft.objects.count() == 2


def test_a_value_that_does_not_fit_is_left_out_and_named(english: Client, paper: Document, office: Any) -> None:
    address = ask(english, paper, {"f-b2": "7", "f-g1": "2月30日"})
    assert office.step()
    html = english.get(address).content.decode()
    assert "Not shown" in html
    assert "验收时间" in html
    assert html.count('class="changed-here"') == 1


def test_a_preview_that_fails_says_why(english: Client, paper: Document, office: Any, folders: Any) -> None:
    address = ask(english, paper, VALUES)
    folders.original(paper.original_id).write_bytes(b"no document any more")
    assert office.step()
    assert english.get(address).status_code == 200
    assert 'class="problem"' in english.get(address).content.decode()


def test_old_previews_go_with_their_files(
    english: Client, paper: Document, office: PreviewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ask(english, paper, VALUES)
    assert office.step()
    path: Path = previews.file_of(Preview.objects.get())
    previews.drop_old()
    assert path.is_file()
    monkeypatch.setattr(previews, "KEPT", -previews.KEPT)
    previews.drop_old()
    assert not path.exists()
    assert english.get(address).status_code == 404


def test_what_a_dead_office_had_begun_is_taken_up(english: Client, paper: Document, office: PreviewOffice) -> None:
    ask(english, paper, VALUES)
    assert previews.claim() is not None
    assert not office.step()
    previews.take_up()
    assert office.step()
    assert Preview.objects.get().state == "done"
