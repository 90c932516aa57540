import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model

from fanwen.blanks.app.evidence import evidence_of
from fanwen.cli.blanks import command
from fanwen.config.folders import Folders
from fanwen.intake.app.models import Stage
from fanwen.library.models import Document, Original, Page
from fanwen.search.app import changes
from fanwen.search.app.live import engine
from fanwen.search.app.writer import IndexWriter

_SENTENCE = "全县教育系统开展读书节活动，受到群众的普遍"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> Iterator[Folders]:
    settings.FOLDERS = Folders(tmp_path)
    settings.FOLDERS.make()
    yield settings.FOLDERS
    engine().close()


def add(title: str, text: str, key: int) -> Document:
    document = Document.objects.create(
        title=title,
        uploader=get_user_model().objects.get_or_create(username="lin")[0],
        original=Original.objects.create(sha256=f"{key:064x}", size=1),
        original_name=f"{title}.docx",
        page_count=1,
        status=Document.Status.READY,
        format="docx",
    )
    Page.objects.create(document=document, number=1, width=595, height=842, text=text)
    Stage.objects.create(document=document, name="indexed")
    changes.note(document.number)
    return document


@pytest.mark.django_db
def test_documents_like_it_say_which_word_was_lost(folders: Folders) -> None:
    asked = add("读书节活动总结", _SENTENCE + "_。", 1)
    for key in (2, 3):
        add(f"读书节活动简报{key}", _SENTENCE + "赞许。", key)
    writer = IndexWriter(folders.index)
    writer.step()
    path = folders.original(asked.original_id)
    path.parent.mkdir(parents=True)
    word = docx.Document()
    word.add_paragraph(_SENTENCE + "_。")
    word.save(str(path))

    result = CliRunner().invoke(command, [asked.number, "--json"])

    assert result.exit_code == 0, result.output
    (blank,) = json.loads(result.stdout)
    assert (blank["role"], blank["suggestion"]) == ("elision", "赞许")


@pytest.mark.django_db
def test_evidence_is_the_text_of_the_documents_named() -> None:
    first = add("甲", "学校精心组织活动", 1)
    add("乙", "学校精心策划活动", 2)
    assert evidence_of([first.number]).between("精心", "活动") == {"组织": 1}
    assert evidence_of([]).between("精心", "活动") == {}
