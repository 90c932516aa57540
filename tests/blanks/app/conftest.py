from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app.detection import find_blanks
from fanwen.config.folders import Folders
from fanwen.intake.layout import pack
from fanwen.intake.types import Line
from fanwen.library.models import Document
from fanwen.reading import reads, rendering
from tests.factories import make_document

LINES = (
    "关于____年度校舍修缮的报告",
    "全市共有学校____所，其中竣工____所，总投入____万元。",
    "验收时间：____年____月____日",
    "学校名称：________",
    "是否竣工：□是 □否",
)
"""Our own model text: a year, two counts, an amount, a date of three parts, a name, and two boxes."""


@pytest.fixture(autouse=True)
def folders(db: None, tmp_path: Path, settings: Any) -> Iterator[Folders]:
    """A data folder and an empty catalogue for this test alone."""
    settings.FOLDERS = Folders(tmp_path / "data")
    settings.FOLDERS.make()
    reads.forget()
    yield settings.FOLDERS
    rendering.close()


@pytest.fixture
def english(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def no_office() -> Any:
    raise AssertionError("a DOCX needs no LibreOffice")


def write_docx(lines: tuple[str, ...] = LINES) -> bytes:
    document = Docx()
    for line in lines:
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.fixture
def make_paper() -> Callable[..., Document]:
    """A document of one page whose lines stand one below the other, as intake leaves it before its blanks are known."""

    def make(lines: tuple[str, ...] = LINES, **about: Any) -> Document:
        document = make_document(
            original=write_docx(lines),
            family="word",
            title=about.pop("title", "修缮报告"),
            name="修缮报告.docx",
            **about,
        )
        text = "\n".join(lines)
        placed, start = [], 0
        for number, line in enumerate(lines):
            edges = tuple(0.1 + 0.02 * (at + 1) for at in range(len(line)))
            placed.append(Line(start, start + len(line), 0.1, 0.1 + 0.05 * number, 0.02 * len(line), 0.02, edges=edges))
            start += len(line) + 1
        document.pages.update(text=text, layout=pack(placed))
        return document

    return make


@pytest.fixture
def paper(make_paper: Callable[..., Document]) -> Document:
    """The same with its blanks found."""
    document = make_paper()
    find_blanks(document, no_office)
    return document
