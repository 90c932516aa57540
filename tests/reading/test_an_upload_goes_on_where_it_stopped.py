from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fanwen.intake.app import incoming, uploads
from fanwen.intake.app.models import Upload
from fanwen.library.models import Document
from tests.factories import make_category, make_document, make_user
from tests.reading.tus_client import PIECES, Tus, digest

TEXT = "初一和十五涨大潮，其余日子照旧。\n".encode() * 40


@pytest.fixture
def tus(english: Client) -> Tus:
    english.force_login(make_user("lin"))
    return Tus(english)


def files() -> list[str]:
    return [path.name for path in settings.FOLDERS.incoming.iterdir()]


def test_pieces_become_a_document_with_what_was_said_about_it(tus: Tus) -> None:
    category = make_category("Reports")
    address = tus.begin(TEXT, category=str(category.pk), tags="潮汐，码头", title="潮汐表", visibility="private")
    assert tus.head(address)["Upload-Offset"] == "0"
    assert tus.patch(address, 0, TEXT[:500])["Upload-Offset"] == "500"
    head = tus.head(address)
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("500", str(len(TEXT)))
    assert not Document.objects.exists()
    assert tus.patch(address, 500, TEXT[500:]).status_code == 204
    document = Document.objects.get()
    assert (document.title, document.category, document.is_private) == ("潮汐表", category, True)
    assert {tag.name for tag in document.tags.all()} == {"潮汐", "码头"}
    assert settings.FOLDERS.original(document.original_id).read_bytes() == TEXT
    assert files() == []
    assert f'data-number="{document.number}"' in tus.client.get(f"{address}row/").content.decode()
    assert tus.head(address)["Upload-Offset"] == str(len(TEXT))


def test_a_small_file_goes_along_with_its_announcement(tus: Tus) -> None:
    answer = tus.create(TEXT, body=TEXT)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(TEXT)))
    assert Document.objects.get().original_name == "潮汐.txt"


def test_the_server_says_what_it_can(tus: Tus) -> None:
    answer = tus.client.options("/upload/tus/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert set(answer["Tus-Extension"].split(",")) >= {"creation", "termination", "expiration", "checksum"}
    assert answer["Tus-Max-Size"] == str(2048 * 1024 * 1024)


def test_another_version_of_the_protocol_is_refused(tus: Tus) -> None:
    answer = tus.client.post("/upload/tus/", headers={"Upload-Length": "5"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_piece_that_begins_elsewhere_is_refused_and_told_where_to_begin(tus: Tus) -> None:
    address = tus.begin(TEXT)
    tus.patch(address, 0, TEXT[:100])
    for start in (0, 99, 101):
        answer = tus.patch(address, start, TEXT[100:200])
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")
    assert tus.head(address)["Upload-Offset"] == "100"


def test_more_than_was_announced_is_not_taken(tus: Tus) -> None:
    address = tus.begin(TEXT, length=100)
    assert tus.patch(address, 0, TEXT[:101]).status_code == 413
    assert tus.head(address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_a_wrong_checksum_leaves_nothing(tus: Tus, algorithm: str) -> None:
    address = tus.begin(TEXT)
    tus.patch(address, 0, TEXT[:100])
    wrong = tus.patch(address, 100, TEXT[100:200], **{"Upload-Checksum": digest(algorithm, b"other")})
    assert wrong.status_code == 460
    assert tus.head(address)["Upload-Offset"] == "100"
    right = tus.patch(address, 100, TEXT[100:200], **{"Upload-Checksum": digest(algorithm, TEXT[100:200])})
    assert right["Upload-Offset"] == "200"
    assert tus.patch(address, 200, b"x", **{"Upload-Checksum": "md4 eA=="}).status_code == 400


def test_a_file_that_arrives_changed_is_refused(tus: Tus) -> None:
    address = tus.begin(TEXT, sha256=hashlib.sha256(TEXT).hexdigest())
    tus.patch(address, 0, TEXT[:-1] + b"?")
    assert "did not arrive as it was sent" in tus.client.get(f"{address}row/").content.decode()
    assert not Document.objects.exists()
    assert files() == []


def test_what_belongs_to_another_is_not_there(tus: Tus) -> None:
    address = tus.begin(TEXT)
    other = Client()
    other.force_login(make_user())
    stranger = Tus(other)
    assert [stranger.head(address).status_code, stranger.patch(address, 0, TEXT).status_code] == [404, 404]
    assert [stranger.delete(address).status_code, other.get(f"{address}row/").status_code] == [404, 404]
    assert tus.head(address).status_code == 200


def test_without_an_account_or_a_token_nothing_is_taken(client: Client) -> None:
    assert Tus(client).create(TEXT).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    assert Tus(strict).create(TEXT).status_code == 403
    assert not Upload.objects.exists()


def test_a_client_that_can_only_post_says_what_it_means(tus: Tus) -> None:
    address = tus.begin(TEXT)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = tus.client.post(address, data=TEXT[:100], content_type=PIECES, headers=headers)
    assert answer["Upload-Offset"] == "100"
    assert tus.client.get(address, headers={**headers, "X-HTTP-Method-Override": "DELETE"}).status_code == 405
    assert tus.head(address)["Upload-Offset"] == "100"


def test_a_given_up_upload_is_gone(tus: Tus) -> None:
    address = tus.begin(TEXT)
    tus.patch(address, 0, TEXT[:100])
    assert tus.delete(address).status_code == 204
    assert tus.head(address).status_code == 404
    assert files() == []


def test_the_page_lists_what_is_unfinished_and_gives_it_up_without_script(tus: Tus) -> None:
    address = tus.begin(TEXT)
    tus.patch(address, 0, TEXT[:100])
    html = tus.client.get("/upload/").content.decode()
    assert "Unfinished uploads" in html
    assert f'data-address="{address}"' in html
    tus.client.post(f"{address}discard/")
    assert "Unfinished uploads" not in tus.client.get("/upload/").content.decode()
    assert files() == []


def test_the_page_lists_what_is_still_being_prepared(tus: Tus) -> None:
    tus.create(TEXT, body=TEXT)
    html = tus.client.get("/upload/").content.decode()
    assert "Still being prepared" in html
    assert f'data-number="{Document.objects.get().number}"' in html
    Document.objects.update(status="ready")
    assert "Still being prepared" not in tus.client.get("/upload/").content.decode()


def test_an_upload_that_waited_too_long_expires(tus: Tus) -> None:
    address = tus.begin(TEXT)
    assert "Upload-Expires" in tus.head(address).headers
    tus.patch(address, 0, TEXT[:100])
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tus.head(address).status_code == 404
    tus.begin(b"another")
    assert Upload.objects.count() == 1
    assert len(files()) == 1


def test_a_complete_one_that_expires_becomes_a_document_all_the_same(tus: Tus) -> None:
    address = tus.begin(TEXT)
    upload = Upload.objects.get()
    uploads.path_of(upload).write_bytes(TEXT)  # as a service leaves it that is killed after the last block
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    uploads.sweep()
    assert Document.objects.get().original_name == "潮汐.txt"
    assert tus.head(address).status_code == 404


def test_a_service_killed_before_it_answered_finishes_when_asked(tus: Tus) -> None:
    address = tus.begin(TEXT)
    uploads.path_of(Upload.objects.get()).write_bytes(TEXT)
    assert tus.head(address)["Upload-Offset"] == str(len(TEXT))
    assert "data-number" in tus.client.get(f"{address}row/").content.decode()
    assert Document.objects.count() == 1


def test_a_service_killed_between_document_and_answer_still_knows(tus: Tus) -> None:
    address = tus.begin(TEXT, sha256=hashlib.sha256(TEXT).hexdigest())
    tus.patch(address, 0, TEXT)
    Upload.objects.update(status="open", document=None)
    assert tus.head(address)["Upload-Offset"] == str(len(TEXT))
    assert f'data-number="{Document.objects.get().number}"' in tus.client.get(f"{address}row/").content.decode()


def test_a_request_that_hangs_writes_no_more_when_another_goes_on(tus: Tus) -> None:
    tus.begin(TEXT)
    upload = Upload.objects.get()

    def slow() -> Any:
        yield TEXT[:100]
        uploads.append(Upload.objects.get(), 100, [TEXT[100:300]])  # the same person, by a new connection
        yield b"late bytes of the old one"

    with pytest.raises(uploads.OutOfStep):
        uploads.append(upload, 0, slow())
    assert uploads.path_of(upload).read_bytes() == TEXT[:300]


def test_a_late_block_never_reaches_an_original(tus: Tus) -> None:
    tus.begin(TEXT)
    upload = Upload.objects.get()

    def slow() -> Any:
        yield TEXT[:100]
        uploads.append(Upload.objects.get(), 100, [TEXT[100:]])
        uploads.finish(Upload.objects.get())
        yield b"late"

    with pytest.raises(uploads.OutOfStep):
        uploads.append(upload, 0, slow())
    assert settings.FOLDERS.original(Document.objects.get().original_id).read_bytes() == TEXT


def test_limits_are_told(tus: Tus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANWEN_MAX_UPLOAD_MB", "1")
    answer = tus.create(b"", length=2**21)
    assert (answer.status_code, answer.content.decode()[:15]) == (413, "The file is lar")
    assert tus.create(b"", length=0).status_code == 400
    assert tus.create(b"", length="-1").status_code == 400
    monkeypatch.setattr(uploads, "MOST_OPEN", 1)
    tus.begin(TEXT)
    assert tus.create(TEXT).status_code == 429
    assert len(files()) == 1


def test_a_full_disk_is_told_and_what_is_there_is_kept(tus: Tus, monkeypatch: pytest.MonkeyPatch) -> None:
    address = tus.begin(TEXT)
    tus.patch(address, 0, TEXT[:100])
    with monkeypatch.context() as patch:
        patch.setattr(incoming, "SPARE", 2**62)
        patch.setattr(uploads, "CHECK_EVERY", 10)
        answer = tus.patch(address, 100, TEXT[100:200])
    assert answer.status_code == 507
    assert "disk is full" in answer.content.decode()
    assert tus.head(address)["Upload-Offset"] == "100"
    assert tus.patch(address, 100, TEXT[100:]).status_code == 204
    assert Document.objects.exists()


@pytest.mark.parametrize("metadata", ["filename !!!", "filename /w==", "x" * 9000])
def test_metadata_that_is_none_is_refused(tus: Tus, metadata: str) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": metadata}
    assert tus.client.post("/upload/tus/", content_type=PIECES, headers=headers).status_code == 400


def test_a_duplicate_is_known_before_it_is_sent(tus: Tus) -> None:
    document = make_document(["x"])
    ask = {"sha256": document.original_id, "size": "5", "name": "again.pdf"}
    assert "has again.pdf already" in tus.client.post("/upload/known/", ask).json()["row"]
    Document.objects.update(visibility="private", uploader=make_user())
    assert tus.client.post("/upload/known/", ask).json() == {}
    assert Client().post("/upload/known/", ask).status_code == 401


def test_an_unfinished_one_is_known_by_its_bytes(tus: Tus) -> None:
    sha256 = hashlib.sha256(TEXT).hexdigest()
    address = tus.begin(TEXT, sha256=sha256)
    ask = {"sha256": sha256, "size": str(len(TEXT)), "name": "潮汐.txt"}
    assert tus.client.post("/upload/known/", ask).json() == {"resume": address}
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post("/upload/known/", ask).json() == {}


def test_rows_of_many_documents_take_few_queries(tus: Tus, django_assert_max_num_queries: Any) -> None:
    from fanwen.intake.app.models import Task

    lin = Upload._meta.get_field("owner").related_model.objects.get(username="lin")
    for at in range(30):
        document = make_document(status="working", uploader=lin, family="word", title=f"文{at}")
        Task.objects.create(document=document)
    numbers = "&".join(f"d={number}" for number in Document.objects.values_list("number", flat=True))
    with django_assert_max_num_queries(10):
        html = tus.client.get(f"/upload/progress/?{numbers}").json()["rows"]
    assert html.count("upload-row") == 30
    assert "29 documents are before it in the queue." in html
