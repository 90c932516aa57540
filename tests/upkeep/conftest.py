from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pytest_django import DjangoDbBlocker

from tests.intake.pdf_writer import pdf, text
from tests.service import Service
from tests.upkeep.here import Library
from tests.upkeep.looking import wait_until_done

PHRASE = "白鹭县读书月启动仪式"


@pytest.fixture(autouse=True)
def real_databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests use the database of each data folder, not the one that pytest-django makes."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a DOCX, a text and a PDF, ready and indexed. Never changed: `library` is a copy."""
    files = tmp_path_factory.mktemp("files")
    notice = docx.Document()
    notice.add_paragraph(f"关于举办{PHRASE}的通知。")
    notice.save(str(files / "notice.docx"))
    (files / "plan.txt").write_text("四月的计划，五月的总结。\n", encoding="utf-8")
    (files / "report.pdf").write_bytes(pdf([text(72, 700, "Annual report of the library"), text(72, 700, "Page two")]))
    with Service(tmp_path_factory.mktemp("filled") / "data") as service:
        service.run("add", files)
        wait_until_done(Library(service.data))  # also what can wait
    return service.data


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Library:
    """A library with three documents that no service runs on."""
    shutil.copytree(filled, tmp_path / "data")
    return Library(tmp_path / "data")
