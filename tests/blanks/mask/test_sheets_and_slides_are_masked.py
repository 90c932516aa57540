"""Masking of spreadsheets and presentations."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import mask, read_story, unmask
from fanwen.blanks.diff import diff
from fanwen.blanks.fill import Template
from fanwen.blanks.package import Package
from tests.blanks.mask.test_a_masked_file_comes_back_byte_for_byte import same_parts, sentences


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "台账"
    sheet.append(["联系人：王小华", "电话：13800138000", "投入1,200.5万元"])
    sheet.append(["联系人：王小华", 1200, "=B2*2"])
    sheet.append(["备注：由王小华负责", "学习", 0.5])
    hidden = made.create_sheet("王小华后台")
    hidden["A1"] = "只在后台"
    hidden.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    made.save(path)
    # the result that a spreadsheet program would have kept
    package = Package.open(path)
    part = "xl/worksheets/sheet1.xml"
    package.write(path, {part: package.read(part).replace(b"<f>B2*2</f><v></v>", b"<f>B2*2</f><v>2400</v>")})
    return path


def written(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())


def test_a_workbook_loses_its_facts_in_every_part_and_gets_them_back(book: Path, tmp_path: Path) -> None:
    report = mask(book, tmp_path / "m.xlsx", tmp_path / "k")
    texts = [passage.text for passage in read_story(tmp_path / "m.xlsx").passages]
    assert texts[:5] == ["联系人：_", "电话：_", "投入_万元", "联系人：_", "_"]
    assert "备注：由_负责" in texts
    assert "13800138000" not in written(tmp_path / "m.xlsx")
    left = {(one.reason, one.text) for one in report.unjudged}
    assert ("hidden", "王小华后台") in left
    assert ("computed", "2400") in left
    assert ("repeated", "王小华") in left  # the name of the hidden sheet
    unmask(tmp_path / "m.xlsx", tmp_path / "k", tmp_path / "u.xlsx")
    assert same_parts(book, tmp_path / "u.xlsx")


def test_a_masked_workbook_is_a_template(book: Path, tmp_path: Path) -> None:
    mask(book, tmp_path / "m.xlsx", tmp_path / "k", clear=True)
    template = Template(tmp_path / "m.xlsx")
    template.fill({template.fields[0].id: "李明"}, tmp_path / "f.xlsx")
    assert diff(tmp_path / "m.xlsx", tmp_path / "f.xlsx").other_changes == []


def test_a_presentation_is_masked(tmp_path: Path) -> None:
    made = pptx.Presentation()
    for title in ("2025年3月1日工作汇报", "全县120所学校"):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "联系人：王小华"
    made.slides[0].notes_slide.notes_text_frame.text = "王小华的讲稿"
    made.save(tmp_path / "a.pptx")
    report = mask(tmp_path / "a.pptx", tmp_path / "m.pptx", tmp_path / "k")
    texts = [passage.text for passage in read_story(tmp_path / "m.pptx").passages]
    assert texts == ["_年_月_日工作汇报", "联系人：_", "全县_所学校", "联系人：_"]
    assert "王小华" not in written(tmp_path / "m.pptx")
    assert len({taken.field for taken in report.taken if taken.text == "王小华"}) == 1
    unmask(tmp_path / "m.pptx", tmp_path / "k", tmp_path / "u.pptx")
    assert same_parts(tmp_path / "a.pptx", tmp_path / "u.pptx")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(sentences | st.integers(0, 10**6), min_size=1, max_size=4), min_size=1, max_size=5), st.booleans()
)
def test_unmasking_gives_every_part_of_a_workbook_back(rows: list[list[str | int]], doubtful: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append([f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row])
        made.save(folder / "a.xlsx")
        report = mask(folder / "a.xlsx", folder / "m.xlsx", folder / "k", doubtful=doubtful)
        unmask(folder / "m.xlsx", folder / "k", folder / "u.xlsx")
        assert same_parts(folder / "a.xlsx", folder / "u.xlsx")
        texts = {passage.id: passage.text for passage in read_story(folder / "a.xlsx").passages}
        for taken in report.taken:
            assert texts[taken.passage][taken.start : taken.end] == taken.text
