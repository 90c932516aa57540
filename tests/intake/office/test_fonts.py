from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from fanwen.intake.fonts import FOLDER
from fanwen.intake.fonts.families import installed, replacement
from fanwen.intake.office import Office, missing

from .conftest import kind_of


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("宋体", "NotoSerifCJK"),
        ("SimSun", "NotoSerifCJK"),
        ("仿宋", "NotoSerifCJK"),
        ("仿宋_GB2312", "NotoSerifCJK"),
        ("FangSong", "NotoSerifCJK"),
        ("方正小标宋_GBK", "NotoSerifCJKsc-Bold"),
        ("方正小标宋简体", "NotoSerifCJKsc-Bold"),
        ("黑体", "NotoSansCJK"),
        ("SimHei", "NotoSansCJK"),
        ("微软雅黑", "NotoSansCJK"),
        ("Microsoft YaHei", "NotoSansCJK"),
        ("等线", "NotoSansCJK"),
        ("楷体", "UKai"),
        ("楷体_GB2312", "UKai"),
        ("KaiTi", "UKai"),
        ("Times New Roman", "LiberationSerif"),
        ("Arial", "LiberationSans"),
        ("Calibri", "Carlito"),
        ("Cambria", "Caladea"),
    ],
)
def test_the_nearest_free_font_stands_in(wanted: str, given: str) -> None:
    assert replacement(wanted).startswith(given)


def test_every_name_is_mapped_once() -> None:
    names = etree.parse(str(FOLDER / "fonts.conf")).xpath("//alias/family/text()")
    assert len(names) == len(set(names)) > 100


@pytest.fixture
def families_anew() -> Iterator[None]:
    installed.cache_clear()
    yield
    installed.cache_clear()


def test_installed_families_are_known_in_every_language(
    families_anew: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = tmp_path / "fc-list"
    listing.write_text("#!/bin/sh\nprintf 'WenQuanYi Zen Hei,文泉驿正黑\\nNoto Serif CJK SC\\n'\n", encoding="utf-8")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert installed() == {"wenquanyi zen hei", "文泉驿正黑", "noto serif cjk sc"}


def test_what_setup_installs_is_there(families_anew: None) -> None:
    assert {"noto serif cjk sc", "noto sans cjk sc"} <= installed()


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fonts") / "dressed.docx"
    document = Document()
    for family in ("仿宋_GB2312", "楷体", "Noto Sans CJK SC"):
        run = document.add_paragraph().add_run("青溪县水利站 Water")
        run.font.name = "Calibri"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), family)
    # Named by a style that nothing in the document has.
    document.styles["Quote"].font.name = "Georgia"
    document.save(str(path))
    return path


@pytest.mark.parametrize("format", ["docx", "doc", "rtf", "odt"])
def test_fonts_that_were_replaced_are_told(office: Office, dressed: Path, tmp_path: Path, format: str) -> None:
    assert missing() == ""
    source = dressed
    if format != "docx":
        source = tmp_path / f"dressed.{format}"
        office.export(dressed, source, format, kind=kind_of(dressed))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert {"仿宋_GB2312", "楷体", "Calibri"} <= set(done.fonts_missing)
    assert "Noto Sans CJK SC" not in done.fonts_missing, "it is installed"
    assert "Georgia" not in done.fonts_missing, "nothing is set in it"


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods", "pptx", "ppt", "odp"])
def test_fonts_of_sheets_and_slides_are_told(office: Office, tmp_path: Path, format: str) -> None:
    source = (_sheet if format in ("xlsx", "xls", "ods") else _slides)(tmp_path)
    if source.suffix != f".{format}":
        made = tmp_path / f"made.{format}"
        office.export(source, made, format, kind=kind_of(source))
        source = made
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert "楷体" in done.fonts_missing


def _sheet(folder: Path) -> Path:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "水位表"
    sheet["A1"].font = Font(name="楷体")
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def _slides(folder: Path) -> Path:
    from pptx import Presentation

    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    run = slide.shapes.title.text_frame.paragraphs[0].add_run()
    run.text = "水利汇报"
    properties = run._r.get_or_add_rPr()
    for tag in ("latin", "ea"):
        element = properties.makeelement(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{tag}", {})
        element.set("typeface", "楷体")
        properties.append(element)
    slides.save(str(folder / "slides.pptx"))
    return folder / "slides.pptx"
