from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.intake.app.incoming import Incoming
from fanwen.intake.app.models import Examination, PersonalData, Task
from fanwen.intake.app.process import Desk, process
from fanwen.intake.app.receive import receive
from fanwen.intake.app.replace import replace_file
from fanwen.library.models import Document, Page
from tests.factories import make_user
from tests.reading.tus_client import Tus

CLEAN = "渡口的灯标每天夜里点亮，值守人逐日记录天气与船只。\n".encode() * 8
NUMBER = "11010119900307715X"
PERSONAL = CLEAN + "联系人陈某，电话 138 0013 8000，邮箱 chen@example.org。\n".encode()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "scratch")
    yield desk
    desk.close()


@pytest.fixture
def work(desk: Desk) -> Callable[[], None]:
    """Take every waiting document through its stages, as a worker does."""

    def run() -> None:
        while (task := Task.objects.order_by("pk").first()) is not None:
            process(task, desk, lambda: False)

    return run


@pytest.fixture
def lin(english: Client) -> User:
    user = make_user("lin")
    english.force_login(user)
    return user


def upload(client: Client, data: bytes, **said: str) -> Document:
    Tus(client).create(data, body=data, **said)
    return Document.objects.get()


def test_it_is_published_once_it_was_looked_through(english: Client, lin: User, work: Callable[[], None]) -> None:
    document = upload(english, CLEAN)
    assert document.visibility == "held"
    assert Client().get(document.get_absolute_url()).status_code == 404
    work()
    document.refresh_from_db()
    assert document.visibility == "public"
    assert Client().get(document.get_absolute_url()).status_code == 200


def test_with_personal_data_it_waits_for_its_uploader(english: Client, lin: User, work: Callable[[], None]) -> None:
    document = upload(english, PERSONAL)
    work()
    document.refresh_from_db()
    assert document.visibility == "held"
    assert [(found.page, found.sort, found.excerpt) for found in PersonalData.objects.all()] == [
        (1, "mobile", "138******00"),
        (1, "email", "c***@example.org"),
    ]
    row = english.get(f"/upload/progress/?d={document.number}").json()["rows"]
    assert "Not published yet: please check." in row
    assert "138******00" in row
    assert "13800138000" not in row
    page = english.get(document.get_absolute_url()).content.decode()
    assert "c***@example.org" in page
    publish = f"/d/{document.number}/publish/"
    stranger = Client()
    stranger.force_login(make_user())
    assert [stranger.get(document.get_absolute_url()).status_code, stranger.post(publish).status_code] == [404, 404]
    english.post(publish)
    document.refresh_from_db()
    assert document.visibility == "public"
    assert "138******00" not in stranger.get(document.get_absolute_url()).content.decode()


def test_in_its_row_it_is_published_or_removed_without_leaving_the_page(
    english: Client, lin: User, work: Callable[[], None]
) -> None:
    document = upload(english, PERSONAL)
    work()
    row = english.post(f"/d/{document.number}/publish/", HTTP_HX_REQUEST="true").content.decode()
    assert row.lstrip().startswith('<li class="upload-row')
    assert "Not published yet" not in row
    assert english.post(f"/d/{document.number}/remove/", HTTP_HX_REQUEST="true").content == b""
    assert not Document.objects.exists()


def test_it_can_be_removed_instead(english: Client, lin: User, work: Callable[[], None]) -> None:
    document = upload(english, PERSONAL)
    work()
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post(f"/d/{document.number}/remove/").status_code == 404
    assert "was removed" in english.post(f"/d/{document.number}/remove/", follow=True).content.decode()
    assert not Document.objects.exists()
    assert not Examination.objects.exists()


def test_what_was_sent_as_private_stays_private(english: Client, lin: User, work: Callable[[], None]) -> None:
    document = upload(english, CLEAN, visibility="private")
    work()
    document.refresh_from_db()
    assert document.visibility == "private"


def test_who_changes_the_visibility_meanwhile_is_obeyed(english: Client, lin: User, work: Callable[[], None]) -> None:
    document = upload(english, CLEAN)
    Document.objects.update(visibility="private")
    work()
    document.refresh_from_db()
    assert document.visibility == "private"


def test_a_file_that_cannot_be_read_is_listed_with_its_cause(
    english: Client, lin: User, work: Callable[[], None]
) -> None:
    document = upload(english, b"%PDF-1.7\n" + b"broken " * 50)
    work()
    document.refresh_from_db()
    assert (document.status, document.visibility) == ("failed", "public")


def test_what_recognition_finds_later_holds_it_then(english: Client, lin: User, work: Callable[[], None]) -> None:
    from fanwen.intake.app.examine import confirm, look_again

    document = upload(english, CLEAN)
    work()
    Page.objects.update(text=f"身份证号 {NUMBER}", recognised=True)

    def recognised() -> str:
        document.refresh_from_db()
        look_again(document).keep(document)
        return str(Document.objects.get().visibility)

    from fanwen.intake.personal import is_identity_number

    assert is_identity_number(NUMBER)
    assert recognised() == "held"
    confirm(document)
    assert recognised() == "public"


def test_a_new_version_with_personal_data_holds_its_document(
    english: Client, lin: User, work: Callable[[], None]
) -> None:
    document = upload(english, CLEAN)
    work()
    document.refresh_from_db()
    incoming = Incoming()
    incoming.write(PERSONAL)
    replace_file(document, incoming.finish(), incoming.sha256, incoming.size, "new.txt", by=lin)
    work()
    document.refresh_from_db()
    assert (document.version, document.visibility) == (2, "held")
    assert PersonalData.objects.filter(document=document).count() == 2


def test_an_import_by_command_publishes_and_keeps_what_was_found(work: Callable[[], None]) -> None:
    document = receive([PERSONAL], "通讯录.txt").document
    work()
    document.refresh_from_db()
    assert document.visibility == "public"
    assert PersonalData.objects.count() == 2
