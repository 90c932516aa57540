from __future__ import annotations

import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from pptx import Presentation

from fanwen.demo import DemoFile, build, catalogue
from fanwen.intake.office import Office
from fanwen.intake.sniff import sniff

FORMATS = {"doc", "docx", "ppt", "pptx", "xls", "xlsx", "odt", "rtf", "pdf", "txt"}


def test_there_are_at_least_forty_documents_in_ten_formats(files: list[DemoFile]) -> None:
    assert len(files) >= 40
    assert {file.path.suffix[1:] for file in files} == FORMATS


def test_no_source_is_left_out_and_none_used_twice() -> None:
    used = Counter(entry.source for entry in catalogue.read().entries)
    assert set(used) == set(catalogue.SOURCES.iterdir())
    assert set(used.values()) == {1}


def test_every_file_is_by_its_content_what_its_name_says(files: list[DemoFile]) -> None:
    found = {file.path.name: sniff(file.path, file.path.name).format for file in files}
    assert found == {name: name.rpartition(".")[2] for name in found}


def test_names_are_told_apart(files: list[DemoFile]) -> None:
    assert len({file.path.name for file in files}) == len(files)
    titles = [file.title for file in files if file.title]
    assert len(set(titles)) == len(titles)


def test_categories_have_two_levels(files: list[DemoFile]) -> None:
    assert all(parent and child and "/" not in child for parent, child in (file.category for file in files))
    assert len({file.category[0] for file in files}) >= 5


def test_every_document_has_tags_and_a_known_uploader(files: list[DemoFile]) -> None:
    known = {uploader.username for uploader in catalogue.read().uploaders}
    assert all(file.tags and file.uploader in known for file in files)


def test_uploads_are_spread_over_two_years(files: list[DemoFile]) -> None:
    months = {(file.uploaded_at.year, file.uploaded_at.month) for file in files}
    assert len(months) >= 18
    assert all(datetime(2024, 11, 1) <= file.uploaded_at <= datetime(2026, 11, 23) for file in files)


def test_one_text_is_in_gb18030(paths: dict[str, Path]) -> None:
    raw = paths["老街片区停水通知.txt"].read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.decode("gb18030").startswith("关于鹭坪镇老街片区临时停水的通知")


def test_the_scan_is_a_picture_without_text(paths: dict[str, Path]) -> None:
    with pypdfium2.PdfDocument(paths["桐坑石拱桥修缮验收记录（扫描件）.pdf"]) as pdf:
        page = pdf[0]
        assert page.get_textpage().get_text_range() == ""
        assert [type(thing) for thing in page.get_objects()] == [pypdfium2.PdfImage]
        assert 590 < page.get_width() < 600, "A4"


def test_one_document_is_long_enough_for_view_more(paths: dict[str, Path]) -> None:
    with pypdfium2.PdfDocument(paths["书香砚川全民阅读三年行动方案.pdf"]) as pdf:
        assert len(pdf) >= 12
        assert "听见砚川" in "".join(page.get_textpage().get_text_range() for page in pdf)


def test_one_deck_has_ten_slides_with_charts_and_notes(paths: dict[str, Path]) -> None:
    slides = Presentation(str(paths["校园网络与信息安全培训.pptx"])).slides
    assert len(slides) >= 10
    assert all(slide.shapes.title is not None and slide.shapes.title.text_frame.text for slide in slides)
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    assert any(slide.has_notes_slide for slide in slides)


def test_one_spreadsheet_is_long_and_sums_up(paths: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(paths["实验小学固定资产台账.xlsx"])["台账"]
    assert sheet.max_row > 300
    assert sheet.cell(sheet.max_row, 6).value == f"=SUM(F3:F{sheet.max_row - 1})"
    for row in range(3, sheet.max_row):
        assert sheet.cell(row, 6).value == f"=D{row}*E{row}"


def test_a_source_gives_the_same_bytes_again(paths: dict[str, Path], tmp_path: Path, office: Office) -> None:
    names = ["图书采购合同范文.docx", "2026年教育经费预算表.xlsx", "七年级家长会课件.pptx", "午后十分钟广播稿.txt"]
    for file in build(tmp_path, office, names=names):
        again, first = file.path.read_bytes(), paths[file.path.name].read_bytes()
        assert again == first, _difference(file.path, paths[file.path.name])


def _difference(one: Path, other: Path) -> str:
    if not zipfile.is_zipfile(one):
        return one.name
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        return f"{one.name}: {[name for name in first.namelist() if first.read(name) != second.read(name)]}"
