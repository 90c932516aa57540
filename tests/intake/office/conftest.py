from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from fanwen.intake.office import Office
from fanwen.intake.types import Kind

FAMILIES = {"docx": "word", "docm": "word", "doc": "word", "wps": "word", "rtf": "word", "odt": "word"}
FAMILIES |= {"xlsx": "sheet", "xls": "sheet", "et": "sheet", "ods": "sheet", "csv": "sheet"}
FAMILIES |= {"pptx": "slides", "ppt": "slides", "pps": "slides", "dps": "slides", "odp": "slides", "html": "html"}


def kind_of(path: Path) -> Kind:
    """The kind a test's file is, by its name: telling it from the content is sniff's work."""
    name = path.suffix[1:]
    return Kind(name, FAMILIES[name], "")  # type: ignore[arg-type]


def edit_package(source: Path, target: Path, change: Callable[[str, bytes], bytes], **more: bytes | str) -> None:
    """Copy a package with every part changed by `change(name, data)` and `more` parts added."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in package.infolist():
            made.writestr(entry, change(entry.filename, package.read(entry)))
        for name, data in more.items():
            made.writestr(name, data)


@pytest.fixture(scope="session")
def docx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sources") / "通知.docx"
    document = Document()
    document.core_properties.title = "关于召开春季座谈会的通知"
    document.core_properties.author = "青溪县文化馆"
    document.core_properties.keywords = "通知; 座谈会"
    document.add_heading("关于召开春季座谈会的通知", 1)
    document.add_paragraph("各乡镇、各单位：定于三月五日召开座谈会。")
    document.save(str(path))
    return path


@pytest.fixture(scope="session")
def xlsx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sources") / "台账.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 6):
        sheet.append([f"项目{row}", row * 10, "已完成"])
    sheet["D1"] = "=SUM(B1:B5)"
    book.save(path)
    return path


@pytest.fixture(scope="session")
def pptx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sources") / "汇报.pptx"
    slides = Presentation()
    for text in ("工作汇报", "下一步打算"):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = text
    slides.save(str(path))
    return path


@pytest.fixture(params=[True, False], ids=["sandboxed", "unsandboxed"], scope="session")
def either_office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), sandbox=request.param) as office:
        yield office
