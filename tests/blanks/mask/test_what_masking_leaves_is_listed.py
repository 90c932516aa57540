from __future__ import annotations

import json
import zipfile
from pathlib import Path

from fanwen.blanks.mask import Masking, mask
from tests.blanks.word_files import document_xml, paragraph, run, write_word


def reasons(path: Path) -> set[tuple[str, str]]:
    return {(left.reason, left.text) for left in Masking(path).listed().unjudged}


def test_hidden_and_deleted_text_is_listed(tmp_path: Path) -> None:
    body = paragraph(run("秘密王小华", "<w:vanish/>"), '<w:del w:id="1"><w:r><w:delText>旧文</w:delText></w:r></w:del>')
    assert {("hidden", "秘密王小华"), ("hidden", "旧文")} <= reasons(write_word(tmp_path / "a.docx", body))


def test_computed_text_is_listed_and_left(tmp_path: Path) -> None:
    body = paragraph('<w:fldSimple w:instr=" TOC ">', run("2025年总结"), "</w:fldSimple>", run("2024年"))
    path = write_word(tmp_path / "a.docx", body)
    report = mask(path, tmp_path / "m.docx", tmp_path / "k")
    assert ("computed", "2025年") in {(left.reason, left.text) for left in report.unjudged}
    assert [taken.text for taken in report.taken] == ["2024年"]


def test_links_alternative_texts_and_unknown_parts_are_listed(tmp_path: Path) -> None:
    drawing = '<w:r><w:drawing><wp:docPr xmlns:wp="urn:x" id="1" name="图" descr="王小华在讲话"/></w:drawing></w:r>'
    path = write_word(tmp_path / "a.docx", paragraph(drawing))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/charts/chart1.xml", "<c/>")
        archive.writestr("word/media/image1.png", b"png")
        archive.writestr("docProps/core.xml", "<c/>")
    found = {
        (left.reason, left.place if left.reason != "attribute" else left.text)
        for left in Masking(path).listed().unjudged
    }
    assert found == {
        ("attribute", "王小华在讲话"),
        ("attribute", "https://example.org/"),
        ("part", "word/charts/chart1.xml"),
        ("picture", "word/media/image1.png"),
        ("metadata", "docProps/core.xml"),
    }


def test_a_name_that_still_stands_in_the_file_is_listed(tmp_path: Path) -> None:
    drawing = '<w:r><w:drawing><wp:docPr xmlns:wp="urn:x" id="1" name="王小华的图"/></w:drawing></w:r>'
    path = write_word(tmp_path / "a.docx", paragraph(run("联系人：王小华"), drawing))
    report = mask(path, tmp_path / "m.docx", tmp_path / "k")
    assert ("repeated", "王小华") in {(left.reason, left.text) for left in report.unjudged}


def test_both_versions_of_a_text_box_and_comments_are_masked(tmp_path: Path) -> None:
    content = f"<w:txbxContent>{paragraph(run('王小华同志'))}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    comment = f'<w:comment w:id="1" w:author="丙">{paragraph(run("请王小华看"))}</w:comment>'
    path = write_word(tmp_path / "a.docx", paragraph(box), comments=comment)
    mask(path, tmp_path / "m.docx", tmp_path / "k")
    assert "王小华" not in document_xml(tmp_path / "m.docx")
    assert "王小华" not in document_xml(tmp_path / "m.docx", "word/comments.xml")


def test_a_repeated_name_is_one_field(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("联系人：王小华")) + paragraph(run("王小华到120所，120所")))
    taken = Masking(path).taken
    assert [one.field for one in taken if one.text == "王小华"] == ["f1", "f1"]
    assert len({one.field for one in taken if one.text == "120所"}) == 2


def test_metadata_is_cleared_on_request(tmp_path: Path) -> None:
    body = (
        '<w:p w:rsidR="00A1"><w:ins w:id="1" w:author="王小华" w:date="2024-01-01T00:00:00Z">'
        + run("文")
        + "</w:ins></w:p>"
    )
    path = write_word(tmp_path / "a.docx", body, settings='<w:rsids><w:rsidRoot w:val="00A1"/></w:rsids>')
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "docProps/core.xml",
            '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="urn:d"><dc:title>题</dc:title><dc:creator>王小华</dc:creator>'
            "<cp:lastModifiedBy>李明</cp:lastModifiedBy><cp:revision>12</cp:revision></cp:coreProperties>",
        )
        archive.writestr("docProps/app.xml", "<Properties><Company>明远公司</Company><Pages>1</Pages></Properties>")
    mask(path, tmp_path / "m.docx", tmp_path / "k", clear=True)
    with zipfile.ZipFile(tmp_path / "m.docx") as archive:
        everything = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any(word in text for text in everything.values() for word in ("王小华", "李明", "明远公司", "00A1"))
    assert "<cp:revision>1</cp:revision>" in everything["docProps/core.xml"]
    assert "<dc:title>题</dc:title>" in everything["docProps/core.xml"]
    assert '<w:ins w:id="1" w:author="Author"' in everything["word/document.xml"]


def test_the_key_is_for_its_owner_only_and_says_what_was_taken(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("共120所")))
    mask(path, tmp_path / "m.docx", tmp_path / "k")
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0
    (taken,) = json.loads((tmp_path / "k").read_text())["taken"]
    assert (taken["text"], taken["type"], taken["start"], taken["end"]) == ("120所", "number", 1, 5)
