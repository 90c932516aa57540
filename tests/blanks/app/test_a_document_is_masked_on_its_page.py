"""/mask/ and /unmask/: what was found is confirmed, a template and an encrypted key come of it, and the way back."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document as Docx

from fanwen.blanks.app import masks
from fanwen.blanks.app.models import MaskedFile
from fanwen.library.models import Document
from tests.blanks.app.conftest import write_docx

REPORT = ("2025年3月，全县120所学校竣工，联系人：王小华。", "星城的经验由李明总结。")
PASS = "a good passphrase"


@pytest.fixture
def writer(english: Client) -> Client:
    english.force_login(get_user_model().objects.create_user("writer", password="x"))
    return english


def sent(client: Client, data: bytes, name: str = "总结.docx") -> Any:
    return client.post("/mask/", {"file": SimpleUploadedFile(name, data)})


def confirmed(
    client: Client, address: str, *, untick: tuple[str, ...] = (), tick: tuple[str, ...] = (), **said: str
) -> Any:
    """Send the page of what was found as it stands, but for some texts."""
    page = client.get(address).content.decode()
    form: dict[str, str] = {"passphrase": PASS, "again": PASS, **said}
    for number, text in re.findall(r'name="x-(\d+)" value="([^"]*)"', page):
        form[f"x-{number}"] = text
        sort = re.search(rf'name="was-{number}" value="(\w+)"', page)
        assert sort
        form[f"was-{number}"] = form[f"s-{number}"] = sort.group(1)
        if f'name="doubt-{number}"' in page:
            form[f"doubt-{number}"] = "1"
        ticked = re.search(rf'id="t-{number}"[^>]* checked', page) is not None
        if (ticked and text not in untick) or text in tick:
            form[f"t-{number}"] = "1"
    return client.post(address, form)


def lines(client: Client, address: str) -> list[str]:
    data = b"".join(client.get(address + "template").streaming_content)
    return [paragraph.text for paragraph in Docx(io.BytesIO(data)).paragraphs]


def test_what_was_found_is_shown_first(writer: Client) -> None:
    address = sent(writer, write_docx(REPORT))["Location"]
    page = writer.get(address).content.decode()
    assert "120所" in page
    assert re.search(r'id="t-\d+"[^>]* checked', page)
    assert "not looked into" in page
    assert writer.get(address + "key").status_code == 404


def test_template_and_key_give_the_original_back(writer: Client) -> None:
    original = write_docx(REPORT)
    address = sent(writer, original)["Location"]
    assert confirmed(writer, address).status_code == 302
    assert lines(writer, address)[0] == "_年_月，全县_所学校竣工，联系人：_。"
    template = b"".join(writer.get(address + "template").streaming_content)
    key = b"".join(writer.get(address + "key").streaming_content)
    assert "王小华".encode() not in key
    files = {"file": SimpleUploadedFile("t.docx", template), "key": SimpleUploadedFile("t.key", key)}
    wrong = writer.post("/unmask/", {**files, "passphrase": "no"})
    assert wrong.status_code == 422
    assert "passphrase is wrong" in wrong.content.decode()
    files = {"file": SimpleUploadedFile("t.docx", template), "key": SimpleUploadedFile("t.key", key)}
    back = b"".join(writer.post("/unmask/", {**files, "passphrase": PASS}).streaming_content)
    assert [paragraph.text for paragraph in Docx(io.BytesIO(back)).paragraphs] == list(REPORT)


def test_what_is_not_ticked_stays_and_words_are_added(writer: Client) -> None:
    address = sent(writer, write_docx(REPORT))["Location"]
    confirmed(writer, address, untick=("120所",), more="地点：星城")
    first, second = lines(writer, address)
    assert "120所" in first
    assert second.startswith("_的经验")


def test_bad_passphrases_and_words_are_told(writer: Client) -> None:
    address = sent(writer, write_docx(REPORT))["Location"]
    assert "at least 8" in confirmed(writer, address, passphrase="short", again="short").content.decode()
    assert "differ" in confirmed(writer, address, again="another one").content.decode()
    refused = confirmed(writer, address, more="no such kind: x")
    assert refused.status_code == 422
    assert "Line 1" in refused.content.decode()


def test_a_document_of_the_library_is_masked_by_who_may_edit_it(
    english: Client, paper: Document, make_paper: Any
) -> None:
    english.force_login(get_user_model().objects.create_user("stranger", password="x"))
    assert english.post("/mask/", {"number": paper.number}).status_code == 404
    english.force_login(get_user_model().objects.create_user("staff", password="x", is_staff=True))
    assert "修缮报告" in english.get("/mask/", {"number": paper.number}).content.decode()
    assert english.post("/mask/", {"number": paper.number}).status_code == 302


def test_a_template_is_published_without_its_key(writer: Client) -> None:
    address = sent(writer, write_docx(REPORT))["Location"]
    confirmed(writer, address)
    writer.post(address + "publish/", {"title": "工作总结范文"})
    document = Document.objects.get(title="工作总结范文")
    assert document.uploader is not None
    assert document.uploader.get_username() == "writer"


def test_nothing_is_shown_to_others_and_nothing_stays(writer: Client) -> None:
    address = sent(writer, write_docx(REPORT))["Location"]
    other = Client()
    assert other.get(address).status_code == 302
    other.force_login(get_user_model().objects.create_user("other", password="x"))
    assert other.get(address).status_code == 404
    masked = MaskedFile.objects.get()
    folder = masks.folder_of(masked)
    assert folder.stat().st_mode & 0o077 == 0
    MaskedFile.objects.update(changed_at=timezone.now() - masks.KEPT - timedelta(minutes=1))
    masks.drop_old()
    assert not folder.exists()
    assert writer.get(address).status_code == 404


def test_what_can_t_be_masked_is_told(writer: Client) -> None:
    assert writer.post("/mask/", {}).status_code == 422
    refused = sent(writer, b"just words", "a.txt")
    assert refused.status_code == 422
    assert "can be masked" in refused.content.decode()
    assert not list(masks.folder_of(MaskedFile(token="x")).parent.glob("*"))
    assert writer.post("/unmask/", {}).status_code == 422
