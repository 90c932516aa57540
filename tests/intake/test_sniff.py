from __future__ import annotations

import io
from pathlib import Path

import pytest

from fanwen.intake.formats import KINDS, hint
from fanwen.intake.sniff import sniff
from fanwen.intake.types import IntakeError
from tests import ole_writer as ole
from tests.hostile.books import book
from tests.hostile.office import docx, docx_members, odt_members, xlsx_members, zipped
from tests.hostile.pictures import png
from tests.intake.pdf_writer import pdf

_OPEN_XML = "application/vnd.openxmlformats-officedocument."


@pytest.fixture
def format_of(tmp_path: Path):
    def format_of(name: str, data: bytes) -> str:
        path = tmp_path / "file"
        path.write_bytes(data)
        return sniff(path, name).format

    return format_of


@pytest.mark.parametrize(
    ("main", "format_"),
    [
        (f"{_OPEN_XML}wordprocessingml.document.main+xml", "docx"),
        (f"{_OPEN_XML}wordprocessingml.template.main+xml", "dotx"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "docm"),
        (f"{_OPEN_XML}spreadsheetml.sheet.main+xml", "xlsx"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
        (f"{_OPEN_XML}presentationml.presentation.main+xml", "pptx"),
        (f"{_OPEN_XML}presentationml.slideshow.main+xml", "ppsx"),
    ],
)
def test_office_open_xml_is_known_by_its_content_type_whatever_its_name(format_of, main, format_):
    data = zipped(docx_members(main=main))
    for name in ("a.docx", "a.xls", "a.txt", "a", ""):
        assert format_of(name, data) == format_


@pytest.mark.parametrize("format_", ["odt", "ott", "ods", "odp"])
def test_opendocument_is_known_by_its_mimetype(format_of, format_):
    members = {**odt_members(""), "mimetype": KINDS[format_].mime}
    assert format_of("a.doc", zipped(members)) == format_


def test_a_workbook_and_a_book_are_known(format_of):
    assert format_of("a.zip", zipped(xlsx_members(""))) == "xlsx"
    assert format_of("a.zip", zipped(book("<html/>"))) == "epub"


@pytest.mark.parametrize(
    ("name", "streams", "format_"),
    [
        ("a.doc", {"WordDocument": ole.word()}, "doc"),
        ("a.wps", {"WordDocument": ole.word()}, "wps"),
        ("a.doc", {"WordDocument": ole.word(0x0001)}, "dot"),
        ("a.xls", {"WordDocument": ole.word()}, "doc"),
        ("a.xls", {"Workbook": ole.workbook()}, "xls"),
        ("a.et", {"Workbook": ole.workbook()}, "et"),
        ("a.doc", {"Workbook": ole.workbook()}, "xls"),
        ("a.ppt", {"PowerPoint Document": b"x", "Current User": ole.current_user(0xE391C05F)}, "ppt"),
        ("a.pps", {"PowerPoint Document": b"x"}, "pps"),
        ("a.dps", {"PowerPoint Document": b"x"}, "dps"),
    ],
)
def test_compound_files_are_known_by_their_streams_and_share_names_by_hint(format_of, name, streams, format_):
    assert format_of(name, ole.build(streams)) == format_


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.doc", b"{\\rtf1\\ansi hello}", "rtf"),
        ("a.doc", b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "html"),
        ("a.doc", b"<!-- saved -->\n<HTML><body>x</body></HTML>", "html"),
        ("a.xls", b"<meta charset=utf-8><table><tr><td>1</td></tr></table>", "html"),
        ("a.htm", b"<p>hello</p>", "html"),
        ("a.txt", b"a < b and b > c", "txt"),
        ("a.md", b"# hello", "md"),
        ("a.markdown", b"# hello", "md"),
        ("a.csv", b"a,b\n1,2\n", "csv"),
        ("a.tsv", b"a\tb\n1\t2\n", "csv"),
        ("a.json", b'{"a": 1}', "txt"),
        ("README", b"hello", "txt"),
        ("a.docx", b"plain words", "txt"),
        ("a.html", b"plain words", "txt"),
        ("a.pdf", b"plain words", "txt"),
        ("a.jpg", png(9, 9), "png"),
        ("a.docx", pdf([b""]), "pdf"),
    ],
)
def test_other_files_are_known_by_content_and_text_by_hint(format_of, name, data, format_):
    assert format_of(name, data) == format_


@pytest.mark.parametrize("format_", ["jpeg", "tiff", "webp", "png"])
def test_pictures_are_known(format_of, format_):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, format_.upper())
    assert format_of("a.bin", out.getvalue()) == format_


@pytest.mark.parametrize(
    "text", ["通知", "关于放假的通知", "序号,姓名\n1,李明", "（一）总则", "春眠不觉晓", "甲方：\t乙方："]
)
@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_short_chinese_texts_are_text(format_of, text, encoding):
    assert format_of("a.txt", text.encode(encoding)) == "txt"


@pytest.mark.parametrize(("data", "detected"), [(b"GIF89a" + bytes(50), "GIF"), (b"BM" + bytes(60), "")])
def test_an_unknown_format_is_named(format_of, data, detected):
    with pytest.raises(IntakeError) as caught:
        format_of("a.docx", data)
    assert caught.value.code == "unknown_format"
    assert detected.lower() in caught.value.params["detected"].lower()
    assert caught.value.params["detected"]


def test_every_format_of_the_library_has_a_kind():
    wanted = (
        "doc docx docm dot dotx wps rtf odt ott txt md html xls xlsx xlsm et ods csv ppt pptx pps ppsx dps odp pdf epub "
        "png jpeg tiff webp"
    )
    assert set(wanted.split()) == set(KINDS)
    assert all(kind.format == name and "/" in kind.mime for name, kind in KINDS.items())


def test_a_hint_is_an_extension_without_tricks():
    assert hint("A.HTM") == "html"
    assert hint("a.docx\u202e") == "docx"
    assert hint("a.txt. ") == "txt"
    assert hint("dir.doc/a") == ""
    assert hint("") == ""


def test_a_docx_is_not_read_beyond_its_declarations(format_of):
    assert format_of("a.docx", docx(extra={"word/media/a.bin": bytes(3_000_000)})) == "docx"
