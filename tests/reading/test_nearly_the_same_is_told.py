from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from docx import Document as Docx

from fanwen.blanks.app.models import Origin
from fanwen.intake.app.alike import alike
from fanwen.intake.app.models import Band, Task
from fanwen.intake.app.process import Desk, process
from fanwen.intake.app.receive import receive
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document
from tests.factories import make_user
from tests.intake.test_likeness import report


@pytest.fixture
def take(tmp_path: Path) -> Iterator[Callable[..., Document]]:
    """Take a file in and through its stages."""
    desk = Desk(tmp_path / "scratch")

    def take(data: bytes, name: str, **about: Any) -> Document:
        document = receive([data], name, **about).document
        process(Task.objects.get(document=document), desk, lambda: False)
        document.refresh_from_db()
        return document

    yield take
    desk.close()


def docx(paragraphs: list[str], path: Path) -> bytes:
    document = Docx()
    document.add_heading("年度工作总结", 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path.read_bytes()


def doc(source: bytes, tmp_path: Path) -> bytes:
    """The same as a Word 97 file, by LibreOffice."""
    from fanwen.intake.formats import KINDS
    from fanwen.intake.office import Office

    made = tmp_path / "made.docx"
    made.write_bytes(source)
    with Office(tmp_path / "office") as office:
        office.export(made, tmp_path / "made.doc", "doc", kind=KINDS["docx"])
    return (tmp_path / "made.doc").read_bytes()


def test_the_same_text_as_doc_docx_and_plain_text(take: Callable[..., Document], tmp_path: Path) -> None:
    text = report(5, paragraphs=20)
    first = take(docx(text, tmp_path / "a.docx"), "a.docx")
    others = [
        take(doc(docx(text, tmp_path / "a.docx"), tmp_path), "b.doc"),
        take("\n".join(text).encode(), "c.txt"),
        take(docx([*text[:7], "这一段写的是夜间值守的安排。", *text[8:]], tmp_path / "d.docx"), "d.docx"),
    ]
    stranger = take(docx(report(6, paragraphs=20), tmp_path / "e.docx"), "e.docx")
    found = alike([first, stranger], AnonymousUser())
    assert {other.document for other in found[first.pk]} == set(others)
    assert found.get(stranger.pk, []) == []


def test_it_is_shown_where_the_uploader_looks_and_to_nobody_else(
    english: Client, take: Callable[..., Document]
) -> None:
    lin = make_user("lin")
    text = report(7, paragraphs=12)
    first = take("\n".join(text).encode(), "first.txt", title="值守总结")
    edited = take("\n".join([*text, "又及：灯标已换新。"]).encode(), "edited.txt", uploader=lin)
    english.force_login(lin)
    row = english.get(f"/upload/progress/?d={edited.number}").json()["rows"]
    assert "Nearly the same is in the library" in row
    assert f'href="/d/{first.number}/">值守总结' in row
    assert "% of the text" in row
    assert "upload-attention" not in row  # a remark; a library of filled-in forms is full of them
    assert "Nearly the same" in english.get(edited.get_absolute_url()).content.decode()
    assert "Nearly the same" not in Client().get(edited.get_absolute_url()).content.decode()


def test_documents_made_from_one_template_are_no_news(take: Callable[..., Document]) -> None:
    text = report(10, paragraphs=12)
    template, one, two, other = (take("\n".join([*text, f"第{at}份。"]).encode(), f"{at}.txt") for at in range(4))
    for made in (one, two):
        Origin.objects.create(document=made, template=template)
    found = alike([template, one, two], AnonymousUser())
    assert [[near.document for near in found[each.pk]] for each in (template, one, two)] == [[other]] * 3


def test_what_one_may_not_read_is_not_named(english: Client, take: Callable[..., Document]) -> None:
    lin, other = make_user("lin"), make_user()
    text = report(8, paragraphs=12)
    take("\n".join(text).encode(), "private.txt", uploader=other, private=True)
    mine = take("\n".join([*text, "又及。"]).encode(), "mine.txt", uploader=lin)
    assert alike([mine], lin).get(mine.pk, []) == []
    assert len(alike([mine], other)[mine.pk]) == 1


def test_a_deleted_document_leaves_no_bands(take: Callable[..., Document]) -> None:
    document = take("\n".join(report(9)).encode(), "a.txt")
    assert Band.objects.exists()
    delete_document(document)
    assert not Band.objects.exists()


def test_many_documents_take_as_few_queries_as_one(
    take: Callable[..., Document], django_assert_max_num_queries: Any
) -> None:
    documents = [take("\n".join([*report(10, 20), f"又及{at}。"]).encode(), f"{at}.txt") for at in range(6)]
    with django_assert_max_num_queries(5):
        found = alike(documents, AnonymousUser())
    assert all(len(found[document.pk]) == 3 for document in documents)
