"""From the file to the blanks: what python-docx writes, read by the room's own reader."""

from pathlib import Path

import docx
import pytest
from docx.document import Document

from fanwen.blanks import detect, read_story
from fanwen.blanks.types import Blank


@pytest.fixture
def document() -> Document:
    return docx.Document()


def _blanks(document: Document, folder: Path) -> tuple[Blank, ...]:
    path = folder / "form.docx"
    document.save(str(path))
    return detect(read_story(path))


def test_a_rule_split_over_runs_is_one_blank(document: Document, tmp_path: Path) -> None:
    paragraph = document.add_paragraph("姓名：")
    for run in ("__", "___", "_"):
        paragraph.add_run(run).bold = run == "___"
    assert [blank.text for blank in _blanks(document, tmp_path)] == ["______"]


def test_underlined_spaces_split_over_runs_are_one_blank(document: Document, tmp_path: Path) -> None:
    paragraph = document.add_paragraph("兹证明")
    for run in ("   ", "\t", "  "):
        paragraph.add_run(run).underline = True
    paragraph.add_run("同志系我校教师。")
    (blank,) = _blanks(document, tmp_path)
    assert (blank.text, blank.kind, blank.type) == ("   \t  ", "rule", "person")


def test_plain_spaces_are_none(document: Document, tmp_path: Path) -> None:
    document.add_paragraph("兹证明        同志系我校教师。")
    assert _blanks(document, tmp_path) == ()


def test_a_form_has_its_cells(document: Document, tmp_path: Path) -> None:
    table = document.add_table(rows=3, cols=4)
    for row, texts in enumerate((("姓名", "", "性别", ""), ("工作单位", "", "", ""), ("备注", "", "", ""))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (1, 2):
        table.cell(row, 1).merge(table.cell(row, 3))
    blanks = _blanks(document, tmp_path)
    assert [(blank.label, blank.type, blank.where) for blank in blanks] == [
        ("姓名", "person", "table"),
        ("性别", "text", "table"),
        ("工作单位", "organization", "table"),
        ("备注", "text", "table"),
    ]


def test_a_list_has_a_blank_for_every_empty_cell_and_the_heads_units(document: Document, tmp_path: Path) -> None:
    table = document.add_table(rows=2, cols=3)
    for column, text in enumerate(("项目", "金额（万元）", "备注")):
        table.cell(0, column).text = text
    blanks = _blanks(document, tmp_path)
    assert [(blank.label, blank.unit) for blank in blanks] == [("项目", None), ("金额（万元）", "万元"), ("备注", None)]


def test_a_table_in_a_cell_does_not_make_the_cell_empty(document: Document, tmp_path: Path) -> None:
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "明细"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for column, text in enumerate(("品名", "数量")):
        inner.cell(0, column).text = text
    assert [blank.label for blank in _blanks(document, tmp_path)] == ["品名", "数量"]


def test_headers_come_first_and_footers_last(document: Document, tmp_path: Path) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "编号：____"
    section.footer.paragraphs[0].text = "打印人：____"
    document.add_paragraph("姓名：____")
    assert [blank.where for blank in _blanks(document, tmp_path)] == ["header", "body", "footer"]


def test_a_date_over_several_runs_is_one_field(document: Document, tmp_path: Path) -> None:
    paragraph = document.add_paragraph("日期：")
    for text in ("20", "__", "年", "_", "_", "月", "__", "日"):
        paragraph.add_run(text)
    blanks = _blanks(document, tmp_path)
    assert [(blank.text, blank.unit, blank.group) for blank in blanks] == [
        ("__", "年", "g1"),
        ("__", "月", "g1"),
        ("__", "日", "g1"),
    ]
