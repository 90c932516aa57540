"""With a real LibreOffice: DOC, ODT and RTF become DOCX and are filled; a PDF is made of a filled document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanwen.blanks import diff, mask, read_story, unmask
from fanwen.blanks.fill import Template
from fanwen.cli import group
from fanwen.intake.office import Office, missing
from fanwen.intake.pdf import read_pages
from tests.blanks.word_files import paragraph, run, table, write_word

pytestmark = pytest.mark.skipif(bool(missing()), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture
def form(tmp_path: Path) -> Path:
    body = paragraph(run("会议日期："), run("____", "<w:b/>"), run("年__月__日")) + paragraph(
        run("全县共有中小学_所。")
    )
    return write_word(
        tmp_path / "form.docx", body + table([paragraph(run("姓名")), "<w:p/>"]), header1=paragraph(run("页眉"))
    )


@pytest.mark.parametrize("format_", ["doc", "odt", "rtf"])
def test_an_older_format_is_filled(office: Office, form: Path, tmp_path: Path, format_: str) -> None:
    older = tmp_path / f"form.{format_}"
    office.export(form, older, format_)
    out = tmp_path / "out.docx"
    template = Template(older, office=office)
    template.fill({"会议日期": "2026-11-23", "姓名": "张明"}, out)
    texts = [passage.text for passage in read_story(out).passages]
    assert "会议日期：2026年11月23日" in texts
    assert "张明" in texts
    found = diff(older, out, office=office)
    assert found.other_changes == []
    assert found.blanks_changed == 4


def test_a_masked_doc_comes_back_as_the_docx_it_was_masked_as(office: Office, tmp_path: Path) -> None:
    finished = write_word(tmp_path / "a.docx", paragraph(run("王小华同志2025年到120所学校")))
    older = tmp_path / "a.doc"
    office.export(finished, older, "doc")
    mask(older, tmp_path / "m.docx", tmp_path / "k", office=office)
    assert [passage.text for passage in read_story(tmp_path / "m.docx").passages] == ["_同志_年到_所学校"]
    unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx")
    assert [passage.text for passage in read_story(tmp_path / "u.docx").passages] == ["王小华同志2025年到120所学校"]


def test_the_command_makes_a_pdf_of_the_filled_document(form: Path, tmp_path: Path) -> None:
    arguments = [
        "fill",
        str(form),
        "--values",
        '{"会议日期": "2026-11-23"}',
        "-o",
        str(tmp_path / "o.pdf"),
        "--pdf",
        "--json",
    ]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["pdf"] == str(tmp_path / "o.pdf")
    text = "".join(page.text for page in read_pages(tmp_path / "o.pdf", limit=10))
    assert "会议日期：2026年11月23日" in text.replace(" ", "")
    assert not (tmp_path / "o.docx").exists()
