"""Formats that differ from a common one in their declaration or their name alone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import olefile
import openpyxl
import pptx
import pytest

from fanwen.intake.convert import convert
from fanwen.intake.office import Office
from fanwen.intake.pdf import read_pages
from fanwen.intake.sniff import sniff

WORDS = "青禾镇借阅登记"


def _docx(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(WORDS)
    document.save(str(path))


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = WORDS
    book.save(path)


def _pptx(path: Path) -> None:
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = WORDS
    show.save(str(path))


_OOXML: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "dotx": (_docx, "wordprocessingml.document.main", "wordprocessingml.template.main"),
    "xlsm": (
        _xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ),
    "ppsx": (_pptx, "presentationml.presentation.main", "presentationml.slideshow.main"),
}
_NAMED = {
    "pps": (_pptx, "ppt"),
    "wps": (_docx, "doc"),
    "et": (_xlsx, "xls"),
    "dps": (_pptx, "ppt"),
}


def _declared_as(source: Path, target: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for item in read.infolist():
            content = read.read(item)
            if item.filename == "[Content_Types].xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            written.writestr(item, content)


def _reads(path: Path, format: str, office: Office, tmp_path: Path) -> None:
    kind = sniff(path, path.name)
    assert kind.format == format
    made = convert(path, kind, tmp_path / "made.pdf", office=lambda: office, scratch=tmp_path / "scratch")
    assert WORDS in "".join(page.text for page in read_pages(made.pdf, limit=10))


@pytest.mark.parametrize("format", _OOXML)
def test_a_package_is_known_by_what_it_declares(format: str, office: Office, tmp_path: Path) -> None:
    write, old, new = _OOXML[format]
    write(tmp_path / "plain")
    _declared_as(tmp_path / "plain", tmp_path / f"a.{format}", old, new)
    _reads(tmp_path / f"a.{format}", format, office, tmp_path)


@pytest.mark.parametrize("format", _NAMED)
def test_an_older_file_is_known_by_its_name_where_its_content_is_the_same(
    format: str, office: Office, tmp_path: Path
) -> None:
    write, exported = _NAMED[format]
    write(tmp_path / "plain")
    office.export(tmp_path / "plain", tmp_path / f"a.{format}", exported)
    _reads(tmp_path / f"a.{format}", format, office, tmp_path)


def test_a_word_template_is_known_by_its_flag(office: Office, tmp_path: Path) -> None:
    _docx(tmp_path / "plain")
    path = tmp_path / "a.dot"
    office.export(tmp_path / "plain", path, "doc")
    with olefile.OleFileIO(path, write_mode=True) as ole:
        stream = bytearray(ole.openstream("WordDocument").read())
        stream[10] |= 1  # fDot of the file information block, MS-DOC 2.5.2
        ole.write_stream("WordDocument", bytes(stream))
    _reads(path, "dot", office, tmp_path)


def test_an_opendocument_template_is_read(office: Office, tmp_path: Path) -> None:
    _docx(tmp_path / "plain")
    office.export(tmp_path / "plain", tmp_path / "plain.odt", "odt")
    with zipfile.ZipFile(tmp_path / "plain.odt") as read, zipfile.ZipFile(tmp_path / "a.ott", "w") as written:
        for item in read.infolist():
            content = read.read(item)
            if item.filename in {"mimetype", "META-INF/manifest.xml"}:
                content = content.replace(b"opendocument.text", b"opendocument.text-template")
            written.writestr(item, content)
    _reads(tmp_path / "a.ott", "ott", office, tmp_path)
