from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fanwen.blanks import read_story
from fanwen.blanks.package import Package
from fanwen.intake.types import IntakeError
from tests.blanks.word_files import paragraph, run, write_word


def rewritten(tmp_path: Path, part: str, data: bytes) -> Path:
    path = write_word(tmp_path / "a.docx", paragraph(run("文")), styles="<w:style/>")
    out = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return out


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>',
        "<a><b></a>",
        "",
    ],
    ids=["outside entity", "growing entity", "not XML", "empty"],
)
def test_a_part_with_entities_or_no_xml_is_damaged(tmp_path: Path, part: str, text: str) -> None:
    with pytest.raises(IntakeError) as error:
        read_story(rewritten(tmp_path, part, text.encode()))
    assert error.value.code == "damaged"


def test_a_part_that_unpacks_to_far_too_much_is_a_bomb(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as error:
        Package.open(rewritten(tmp_path, "word/styles.xml", b" " * (40 * 2**20)))
    assert error.value.code == "archive_bomb"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/Document.xml", "<b/>")
    path.write_bytes(path.read_bytes().replace(b"word/Document.xml", b"word/document.xml"))
    with pytest.raises(IntakeError) as error:
        Package.open(path)
    assert error.value.code == "damaged"


def test_deep_nesting_is_refused_and_not_a_crash(tmp_path: Path) -> None:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    deep = start + b"<w:tbl><w:tr><w:tc>" * 3000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises(IntakeError):
        read_story(rewritten(tmp_path, "word/document.xml", deep + b"</w:body></w:document>"))
