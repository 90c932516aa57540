from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.receive import receive
from fanwen.intake.types import IntakeError
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document, Original
from fanwen.search.app.models import Change

pytestmark = pytest.mark.django_db

TEXT = "青禾镇图书室今年新购图书一千二百册。".encode()


@pytest.fixture(autouse=True)
def folders() -> None:
    settings.FOLDERS.make()


def incoming() -> list[Path]:
    return list(settings.FOLDERS.incoming.iterdir())


def test_the_original_lies_under_its_hash_and_its_rows_are_there() -> None:
    receipt = receive([TEXT[:10], TEXT[10:]], "图书.txt")
    sha256 = hashlib.sha256(TEXT).hexdigest()
    assert receipt.status == "stored"
    assert settings.FOLDERS.original(sha256).read_bytes() == TEXT
    document = Document.objects.get(number=receipt.document.number)
    assert (document.title, document.format, document.original.size) == ("图书", "txt", len(TEXT))
    assert Task.objects.filter(document=document).exists()
    assert list(Stage.objects.filter(document=document).values_list("name", "state")) == [
        ("stored", "done"),
        ("converted", "waiting"),
        ("paged", "waiting"),
        ("indexed", "waiting"),
    ]
    assert Change.objects.filter(number=document.number).exists(), "findable by its title at once"
    assert incoming() == []


def test_the_same_bytes_twice_are_one_original_and_the_first_is_shown() -> None:
    first = receive([TEXT], "图书.txt")
    second = receive([TEXT], "另一个名字.doc")
    assert second.status == "duplicate"
    assert second.document == first.document
    assert Original.objects.count() == 1
    assert incoming() == []


@pytest.mark.parametrize(("content", "cause"), [(b"", "empty"), (bytes(range(256)) * 40, "unknown_format")])
def test_a_file_that_can_not_be_a_document_is_refused_and_leaves_nothing(content: bytes, cause: str) -> None:
    with pytest.raises(IntakeError) as caught:
        receive([content], "x.docx")
    assert caught.value.code == cause
    assert not Document.objects.exists()
    assert incoming() == []


def test_a_file_over_the_limit_is_refused_while_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANWEN_MAX_UPLOAD_MB", "1")
    sent = 0

    def blocks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b"a" * 100_000

    with pytest.raises(IntakeError) as caught:
        receive(blocks(), "long.txt")
    assert caught.value.code == "too_large"
    assert sent < 20, "the rest is not even read"
    assert incoming() == []


def test_an_upload_that_breaks_off_leaves_nothing() -> None:
    def blocks() -> Iterator[bytes]:
        yield TEXT
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        receive(blocks(), "x.txt")
    assert incoming() == []
    assert not Document.objects.exists()


def test_a_typed_title_tags_and_uploader_are_kept(django_user_model: Any) -> None:
    clerk = django_user_model.objects.create_user("clerk")
    document = receive([TEXT], "图书.txt", title="购书情况", tags=("图书", "总结", ""), uploader=clerk).document
    assert document.title == "购书情况"
    assert document.title_given
    assert sorted(tag.name for tag in document.tags.all()) == ["图书", "总结"]
    assert document.uploader == clerk


def test_deleting_a_document_removes_its_files_and_tells_the_index(
    django_capture_on_commit_callbacks: Any,
) -> None:
    document = receive([TEXT], "图书.txt").document
    Change.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document)
    assert not settings.FOLDERS.original(document.original_id).exists()
    assert not Original.objects.exists()
    assert Change.objects.filter(number=document.number).exists()
    assert receive([TEXT], "图书.txt").status == "stored", "its bytes may come again"
