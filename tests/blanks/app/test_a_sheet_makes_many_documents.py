"""/d/<number>/fill/sheet/: a sheet with a row per document is sent in, its columns are settled, and it becomes a ZIP."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app import batch_work, batches, previewer
from fanwen.blanks.app.models import Batch, Correction
from fanwen.blanks.app.previewer import PreviewOffice
from fanwen.config.folders import Folders
from fanwen.library.models import Document
from tests.blanks.app.conftest import no_office


@pytest.fixture
def desk(folders: Folders) -> Iterator[PreviewOffice]:
    desk = PreviewOffice(folders.run / "scratch-preview")
    yield desk
    desk.close()


def send(client: Client, paper: Document, text: str) -> Any:
    sheet = SimpleUploadedFile("表格.csv", text.encode())
    return client.post(f"/d/{paper.number}/fill/sheet/", {"sheet": sheet})


def settled(client: Client, address: str, **about: str) -> Any:
    """Send the page of the columns as it stands."""
    page = client.get(address).content.decode()
    said = dict(re.findall(r'name="(c-\d+)".*?<option value="([^"]*)" selected', page, re.S))
    return client.post(address, {**said, **about})


def work(desk: PreviewOffice) -> None:
    while desk.batch_step():
        pass


def packed(client: Client, address: str) -> zipfile.ZipFile:
    response = client.get(address + "documents.zip")
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def report(archive: zipfile.ZipFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive.read("report.csv").decode("utf-8-sig"))))


def test_the_sheet_of_a_template_has_a_column_for_each_fact(english: Client, paper: Document) -> None:
    response = english.get(f"/d/{paper.number}/fill/sheet.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heads = [cell.value for cell in book.active[1]]
    assert len(heads) == 7
    assert "学校名称" in heads


def test_each_row_becomes_a_document(english: Client, paper: Document, desk: PreviewOffice) -> None:
    address = send(english, paper, "学校名称,验收时间\n云溪小学,2026-11-23\n青禾小学,\n")["Location"]
    assert settled(english, address, name_column="0").status_code == 302
    assert "0 of 2 rows" in english.get(address).content.decode()
    assert "hx-trigger" in english.get(address + "progress/").content.decode()
    work(desk)
    assert "Download the ZIP" in english.get(address).content.decode()
    archive = packed(english, address)
    assert archive.namelist() == ["report.csv", "0002 云溪小学.docx", "0003 青禾小学.docx"]
    texts = [
        [paragraph.text for paragraph in Docx(io.BytesIO(archive.read(name))).paragraphs][2:4]
        for name in archive.namelist()[1:]
    ]
    assert texts == [
        ["验收时间：2026年11月23日", "学校名称：云溪小学"],
        ["验收时间：____年____月____日", "学校名称：青禾小学"],
    ]
    assert report(archive)[2][:3] == ["3", "0003 青禾小学.docx", "1"]
    assert "验收时间" in report(archive)[2][3]
    assert "Your sheets" in english.get(f"/d/{paper.number}/fill/sheet/").content.decode()


def test_the_sheet_that_was_downloaded_is_filled_in_and_sent_back(
    english: Client, paper: Document, desk: PreviewOffice
) -> None:
    response = english.get(f"/d/{paper.number}/fill/sheet.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heads = [cell.value for cell in book.active[1]]
    book.active.append(["云溪小学" if head == "学校名称" else None for head in heads])
    held = io.BytesIO()
    book.save(held)
    sent = SimpleUploadedFile("填好的表格.xlsx", held.getvalue())
    address = english.post(f"/d/{paper.number}/fill/sheet/", {"sheet": sent})["Location"]
    assert settled(english, address).status_code == 302
    work(desk)
    (_, name) = packed(english, address).namelist()
    assert name.endswith(".docx")


def test_a_column_that_is_not_sure_is_asked_never_guessed(
    english: Client, paper: Document, desk: PreviewOffice
) -> None:
    address = send(english, paper, "学校的名称,颜色\n云溪小学,蓝\n")["Location"]
    page = english.get(address).content.decode()
    assert "perhaps 学校名称" in page
    assert len(re.findall(r'<option value="" selected>', page)) == 2
    refused = english.post(address, {"c-0": "", "c-1": "out"})
    assert refused.status_code == 422
    assert "Please say what the column “学校的名称” is." in refused.content.decode()
    assert "nothing to fill in" in english.post(address, {"c-0": "out", "c-1": "out"}).content.decode()
    assert "only one can be" in english.post(address, {"c-0": "b8", "c-1": "b8"}).content.decode()
    assert english.post(address, {"c-0": "b8", "c-1": "out"}).status_code == 302
    work(desk)
    assert len(packed(english, address).namelist()) == 2


def test_rows_that_can_t_be_made_and_checks_that_fail_are_reported(
    english: Client, paper: Document, desk: PreviewOffice
) -> None:
    Correction.objects.create(document=paper, rules=["竣工 <= 全市共有学校"])
    english.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    address = send(english, paper, "全市共有学校,竣工\n3,2\n3,4\n许多,1\n")["Location"]
    settled(english, address)
    work(desk)
    lines = report(packed(english, address))
    assert lines[0][4] == "未生成的原因"
    assert lines[2][5] == "“竣工”（4所）不应大于“全市共有学校”（3所）。"
    assert lines[3][1] == ""
    assert "许多" in lines[3][4]
    batch = Batch.objects.get()
    assert (batch.position, batch.failed) == (3, 1)


def test_work_that_was_cut_short_goes_on_where_it_stopped(
    english: Client, paper: Document, desk: PreviewOffice, monkeypatch: Any, folders: Folders
) -> None:
    monkeypatch.setattr(previewer, "SLICE", 0.0)
    rows = "".join(f"{number}号学校\n" for number in range(8))
    address = send(english, paper, f"学校名称\n{rows}")["Location"]
    settled(english, address)
    for _ in range(3):
        assert desk.batch_step()
    batch = Batch.objects.get()
    assert (batch.state, batch.position) == (Batch.State.RUNNING, 3)
    with (batches.folder_of(batch) / "rows.jsonl").open("a", encoding="utf-8") as lines:
        lines.write("a line that was not recorded\n")
    other = PreviewOffice(folders.run / "scratch-other")
    work(other)
    other.close()
    archive = packed(english, address)
    assert len(archive.namelist()) == 9
    assert [line[0] for line in report(archive)[1:]] == [str(number) for number in range(2, 10)]


def test_a_batch_is_cancelled(english: Client, paper: Document, desk: PreviewOffice, monkeypatch: Any) -> None:
    monkeypatch.setattr(previewer, "SLICE", 0.0)
    address = send(english, paper, "学校名称\n甲\n乙\n丙\n")["Location"]
    settled(english, address)
    desk.batch_step()
    english.post(address, {"do": "cancel"})
    work(desk)
    batch = Batch.objects.get()
    assert batch.state == Batch.State.CANCELLED
    assert not batches.folder_of(batch).exists()
    assert "was cancelled" in english.get(address).content.decode()
    assert english.get(address + "documents.zip").status_code == 404


def test_others_don_t_see_it(english: Client, paper: Document) -> None:
    address = send(english, paper, "学校名称\n甲\n")["Location"]
    assert Client().get(address).status_code == 404


def test_a_form_that_was_changed_meanwhile_is_told(english: Client, paper: Document, desk: PreviewOffice) -> None:
    address = send(english, paper, "学校名称\n甲\n")["Location"]
    settled(english, address)
    Batch.objects.update(columns=["b99"])
    work(desk)
    assert "The form was changed meanwhile" in english.get(address).content.decode()


def test_more_rows_than_may_be_are_refused(english: Client, paper: Document, monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "MOST_ROWS", 2)
    response = send(english, paper, "学校名称\n甲\n乙\n丙\n")
    assert response.status_code == 422
    assert "3 rows" in response.content.decode()
    assert not list(batches.folder_of(Batch(token="x")).parent.glob("*"))


def test_what_is_no_sheet_is_told(english: Client, paper: Document) -> None:
    assert send(english, paper, "").status_code == 422
    assert send(english, paper, "学校名称\n").status_code == 422
    assert english.post(f"/d/{paper.number}/fill/sheet/", {}).status_code == 422


def test_the_report_says_every_kind_of_cause() -> None:
    with pytest.raises(RuntimeError):
        batch_work.say(RuntimeError("a defect"))


def test_files_that_were_cleared_away_are_made_again(
    english: Client, paper: Document, desk: PreviewOffice, monkeypatch: Any
) -> None:
    monkeypatch.setattr(previewer, "SLICE", 0.0)
    address = send(english, paper, "学校名称\n甲\n乙\n")["Location"]
    settled(english, address)
    desk.batch_step()
    folder: Path = batches.folder_of(Batch.objects.get())
    (folder / "rows.jsonl").unlink()
    again = batch_work.next_work(no_office, folder)
    assert again is not None
    while again.step(60):
        pass
    assert len(packed(english, address).namelist()) == 3
