from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from fanwen.intake.office import Office

from .conftest import edit_package, kind_of
from .reading import page_texts

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Function Ran
  Ran = "MACRO" &amp; "RAN"
End Function
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
PARTS = {
    "Basic/script-lc.xml": LIBRARIES,
    "Basic/Standard/script-lb.xml": LIBRARY,
    "Basic/Standard/Module1.xml": MODULE,
}


def with_macro(plain: Path, path: Path) -> None:
    """A spreadsheet with a cell that shows what a Basic function of the document answers, and stores no value for it."""

    def change(name: str, data: bytes) -> bytes:
        if name == "META-INF/manifest.xml":
            entries = "".join(
                f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>' for part in PARTS
            )
            return data.replace(b"</manifest:manifest>", f"{entries}</manifest:manifest>".encode())
        if name == "content.xml":
            cell = rb'<table:table-cell table:formula="of:=SUM[^>]*>.*?</table:table-cell>'
            data, found = re.subn(cell, b'<table:table-cell table:formula="of:=RAN()"/>', data, flags=re.S)
            assert found == 1
        return data

    edit_package(plain, path, change, **PARTS)


def test_a_macro_that_a_cell_calls_does_not_run(either_office: Office, xlsx: Path, tmp_path: Path) -> None:
    plain, source = tmp_path / "plain.ods", tmp_path / "macro.ods"
    either_office.export(xlsx, plain, "ods", kind=kind_of(xlsx))
    with_macro(plain, source)
    done = either_office.convert(source, kind_of(source), tmp_path / "out.pdf")
    text = page_texts(done.pdf)[0]
    assert "项目3" in text
    assert "MACRORAN" not in text


@pytest.mark.parametrize("format", ["docm"])
def test_a_macro_document_is_read_all_the_same(office: Office, tmp_path: Path, format: str) -> None:
    document = Document()
    document.add_paragraph("正文")
    document.save(str(tmp_path / "plain.docx"))

    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            data = data.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
            kind = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            return data.replace(b"</Types>", kind)
        if name == "word/_rels/document.xml.rels":
            link = (
                b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                b'Target="vbaProject.bin"/></Relationships>'
            )
            return data.replace(b"</Relationships>", link)
        return data

    source = tmp_path / f"macro.{format}"
    edit_package(tmp_path / "plain.docx", source, change, **{"word/vbaProject.bin": b"not a real project"})
    assert page_texts(office.convert(source, kind_of(source), tmp_path / "out.pdf").pdf) == ["正文"]
