"""/d/<number>/fill/sheet/: a sheet with a row per document comes back as a ZIP."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as Docx

from fanwen.library.models import Document
from fanwen.reading import fill_many


def send(client: Client, paper: Document, text: str, **about: str) -> Any:
    sheet = SimpleUploadedFile("表格.csv", text.encode())
    return client.post(f"/d/{paper.number}/fill/sheet/", {"sheet": sheet, **about})


def test_the_sheet_of_a_template_has_a_column_for_each_fact(english: Client, paper: Document) -> None:
    response = english.get(f"/d/{paper.number}/fill/sheet.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heads = [cell.value for cell in book.active[1]]
    assert len(heads) == 7
    assert "学校名称" in heads


def test_each_row_becomes_a_document(english: Client, paper: Document) -> None:
    response = send(english, paper, "学校名称,验收时间\n云溪小学,2026-11-23\n青禾小学,\n")
    assert response["Content-Type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    names = packed.namelist()
    assert len(names) == 3
    assert "report.csv" in names
    texts = [
        [paragraph.text for paragraph in Docx(io.BytesIO(packed.read(name))).paragraphs][2:4]
        for name in names
        if name.endswith(".docx")
    ]
    assert texts == [
        ["验收时间：2026年11月23日", "学校名称：云溪小学"],
        ["验收时间：____年____月____日", "学校名称：青禾小学"],
    ]


def test_a_column_that_fits_no_field_is_asked_about(english: Client, paper: Document) -> None:
    text = "学校名称,颜色\n云溪小学,蓝\n"
    response = send(english, paper, text)
    assert response.status_code == 422
    assert "No field matches these columns: 颜色" in response.content.decode()
    assert 'name="ignore"' in response.content.decode()
    assert send(english, paper, text, ignore="1").status_code == 200


def test_more_rows_than_one_answer_can_make_are_refused(english: Client, paper: Document, monkeypatch: Any) -> None:
    monkeypatch.setattr(fill_many, "MOST_ROWS", 2)
    response = send(english, paper, "学校名称\n甲\n乙\n丙\n")
    assert response.status_code == 422
    assert "3 rows" in response.content.decode()


def test_what_is_no_sheet_is_told(english: Client, paper: Document) -> None:
    assert send(english, paper, "").status_code == 422
    assert english.post(f"/d/{paper.number}/fill/sheet/", {}).status_code == 422
