from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fanwen.config.upload_limit import upload_limit
from fanwen.intake.app.models import Task
from fanwen.library.models import Document
from tests.factories import make_category, make_pdf, make_user


@pytest.fixture
def uploader(english: Client) -> Client:
    english.force_login(make_user("lin"))
    return english


def send(client: Client, *files: tuple[str, bytes], **fields: Any) -> str:
    response = client.post("/upload/", {"files": [SimpleUploadedFile(name, data) for name, data in files], **fields})
    assert response.status_code == 200
    return response.content.decode()


def leftovers() -> list[str]:
    return [path.name for path in settings.FOLDERS.incoming.iterdir()]


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    response = client.post("/upload/", {"files": SimpleUploadedFile("a.pdf", make_pdf(["x"]))})
    assert response["Location"].startswith("/login/?next=/upload/")
    assert not Document.objects.exists()
    assert leftovers() == []


def test_a_file_is_stored_with_what_was_said_about_it(uploader: Client) -> None:
    category = make_category("Reports")
    data = make_pdf(["x"])
    html = send(uploader, ("总结.pdf", data), category=category.pk, tags="a，b, a", title="Mine")
    document = Document.objects.get()
    assert (document.title, document.original_name, document.category) == ("Mine", "总结.pdf", category)
    assert sorted(tag.name for tag in document.tags.all()) == ["a", "b"]
    assert document.uploader.username == "lin"  # type: ignore[union-attr]
    assert settings.FOLDERS.original(document.original_id).read_bytes() == data
    assert Task.objects.filter(document=document).exists()
    assert f'data-number="{document.number}"' in html
    assert leftovers() == []


def test_several_files_at_once_each_have_a_row(uploader: Client) -> None:
    html = send(uploader, ("a.pdf", make_pdf(["a"])), ("b.txt", b"plain words"), ("c.docx", b""), title="Not for all")
    assert Document.objects.count() == 2
    assert not Document.objects.filter(title="Not for all").exists()
    assert html.count('class="upload-row') == 3
    assert "The file is empty." in html
    assert leftovers() == []


def test_the_same_bytes_again_show_the_first_document(uploader: Client) -> None:
    data = make_pdf(["x"])
    send(uploader, ("first.pdf", data))
    html = send(uploader, ("second.pdf", data))
    assert "The library has second.pdf already" in html
    assert f"/d/{Document.objects.get().number}/" in html
    assert leftovers() == []


def test_an_unknown_kind_of_file_is_refused_with_the_cause(uploader: Client) -> None:
    html = send(uploader, ("a.bin", bytes(range(256)) * 20))
    assert "This kind of file is not supported" in html
    assert leftovers() == []


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(uploader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANWEN_MAX_UPLOAD_MB", "1")
    html = send(uploader, ("big.txt", b"word " * 210_000))
    assert "larger than the limit of 1 MB" in html
    for given, said in (("2048", "2 GB"), ("1536", "1.5 GB"), ("1500", "1500 MB"), ("500", "500 MB")):
        monkeypatch.setenv("FANWEN_MAX_UPLOAD_MB", given)
        assert upload_limit() == said
    assert not Document.objects.exists()
    assert leftovers() == []


def test_a_body_over_the_limit_is_refused_before_it_is_read(uploader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANWEN_MAX_UPLOAD_MB", "1")
    response = uploader.post("/upload/", {"files": SimpleUploadedFile("big.txt", b"word " * 800_000)})
    assert response.status_code == 413
    assert "larger than the limit of 1 MB" in response.content.decode()
    assert leftovers() == []


def test_a_full_disk_is_told(uploader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from fanwen.intake.app import incoming

    monkeypatch.setattr(incoming, "SPARE", 2**62)
    assert "The server&#x27;s disk is full" in send(uploader, ("a.txt", b"plain words"))
    assert not Document.objects.exists()


def test_without_its_token_nothing_is_taken(english: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    response = strict.post("/upload/", {"files": SimpleUploadedFile("a.pdf", make_pdf(["x"]))})
    assert response.status_code == 403
    assert not Document.objects.exists()
    assert leftovers() == []


def test_the_script_gets_the_rows_alone(uploader: Client) -> None:
    response = uploader.post(
        "/upload/", {"files": SimpleUploadedFile("a.txt", b"plain words")}, HTTP_X_REQUESTED_WITH="fanwen"
    )
    html = response.content.decode()
    assert "<html" not in html
    assert 'class="upload-row upload-stored"' in html


def test_no_file_chosen_is_said(uploader: Client) -> None:
    assert "No file was chosen." in uploader.post("/upload/", {}).content.decode()


def test_a_name_full_of_tricks_is_kept_harmless(uploader: Client) -> None:
    send(uploader, ("..\\..\\<img src=x>.txt", b"plain words"))
    document = Document.objects.get()
    assert "\\" not in document.original_name
    assert "<img src=x" not in uploader.get(document.get_absolute_url()).content.decode()
