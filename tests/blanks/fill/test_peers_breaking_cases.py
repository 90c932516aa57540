"""The documents on which other template engines lose or change text, each by name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fanwen.blanks import read_story
from fanwen.blanks.diff import diff
from fanwen.blanks.fill import fill
from tests.blanks.holes import holes
from tests.blanks.word_files import document_xml, paragraph, run, table, write_word

_TAG = r"\{\{\s*[^{}]+?\s*\}\}"
_AFTER = paragraph(run("下一段")) + table([paragraph(run("表格"))])


def filled(tmp_path: Path, body: str, value: Any, pattern: str = _TAG, **parts: str) -> str:
    """The document's XML after its only blank was filled; nothing else may have changed."""
    template = write_word(tmp_path / "template.docx", body + _AFTER, **parts)
    blanks = holes(read_story(template), pattern)
    assert len(blanks) == 1
    out = tmp_path / "filled.docx"
    fill(template, {"b1": value}, out, blanks=blanks)
    found = diff(template, out, blanks=blanks)
    assert found.other_changes == []
    assert found.blanks_changed == 1
    xml = document_xml(out)
    assert "下一段" in xml
    assert "w:sectPr" in xml
    return xml


def test_bold_braces_italic_name_and_underlined_closing_braces_keep_their_runs(tmp_path: Path) -> None:
    body = paragraph(run("前{{", "<w:b/>"), run(" name ", "<w:i/>"), run("}}后", '<w:u w:val="single"/>'))
    xml = filled(tmp_path, body, "张明")
    assert run("前张明", "<w:b/>") in xml.replace("<w:t>", '<w:t xml:space="preserve">')
    assert '<w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">后</w:t>' in xml


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('<w:hyperlink r:id="rIdLink">', "</w:hyperlink>"),
        ('<w:ins w:id="7" w:author="甲" w:date="2024-01-01T00:00:00Z">', "</w:ins>"),
        ("<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ],
    ids=["hyperlink", "insertion", "inline content control"],
)
def test_a_tag_that_crosses_a_boundary_loses_nothing(tmp_path: Path, opening: str, closing: str) -> None:
    body = paragraph(run("前{{ na"), opening, run("me }}链接"), closing, run("后"))
    xml = filled(tmp_path, body, "张明")
    assert opening in xml
    assert closing in xml
    assert re.sub("<[^>]+>", "", xml).strip() == "前张明链接后下一段表格"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('<w:hyperlink r:id="rIdLink">', "</w:hyperlink>"), ('<w:ins w:id="7" w:author="甲">', "</w:ins>")],
    ids=["hyperlink", "insertion"],
)
def test_a_tag_that_ends_outside_a_boundary_loses_nothing(tmp_path: Path, opening: str, closing: str) -> None:
    body = paragraph(run("前"), opening, run("链接{{ na"), closing, run("me }}后"))
    xml = filled(tmp_path, body, "张明")
    assert re.sub("<[^>]+>", "", xml).strip() == "前链接张明后下一段表格"


def test_ampersands_and_angle_brackets_are_text(tmp_path: Path) -> None:
    filled(tmp_path, paragraph(run("单位：{{ name }}")), "A&B <1>")
    assert read_story(tmp_path / "filled.docx").passages[0].text == "单位：A&B <1>"


@pytest.mark.parametrize("literal", ["{%", "{#", "%}", "{% if %}", "{{", "}}"])
def test_literal_template_marks_in_the_text_stay(tmp_path: Path, literal: str) -> None:
    filled(tmp_path, paragraph(run(f"折扣 {literal} 和"), run("____")), "一", pattern="_+")
    assert read_story(tmp_path / "filled.docx").passages[0].text == f"折扣 {literal} 和一"


@pytest.mark.parametrize("value", ["{{ 7*7 }}", "{% for x in y %}", "${1+1}", "=1+1", "\\1 \\g<0>", "%s {0}"])
def test_values_are_never_evaluated(tmp_path: Path, value: str) -> None:
    filled(tmp_path, paragraph(run("值：{{ name }}。")), value)
    assert read_story(tmp_path / "filled.docx").passages[0].text == f"值：{value}。"


def test_a_name_with_brackets_is_no_call(tmp_path: Path) -> None:
    filled(tmp_path, paragraph(run("共{{ 总投入(万元) }}万元")), "1200")
    assert read_story(tmp_path / "filled.docx").passages[0].text == "共1200万元"


def test_a_missing_value_leaves_the_tag_and_says_so(tmp_path: Path) -> None:
    template = write_word(tmp_path / "t.docx", paragraph(run("{{ a }}和{{ b }}")))
    blanks = holes(read_story(template), _TAG)
    report = fill(template, {"b1": "甲"}, tmp_path / "o.docx", blanks=blanks)
    assert report.filled == ("b1",)
    assert report.left == ("b2",)
    assert read_story(tmp_path / "o.docx").passages[0].text == "甲和{{ b }}"


def test_comment_ranges_stay_around_the_same_text(tmp_path: Path) -> None:
    start, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    body = paragraph(run("前"), start, run("被批注{{ na"), run("me }}"), end, run("后"))
    xml = filled(tmp_path, body, "值", comments='<w:comment w:id="3" w:author="乙"><w:p/></w:comment>')
    between = xml[xml.index(start) : xml.index(end)]
    assert re.sub("<[^>]+>", "", between) == "被批注值"


def test_breaks_and_tabs_in_a_tagged_paragraph_stay(tmp_path: Path) -> None:
    body = paragraph(
        "<w:r><w:t>一</w:t><w:tab/><w:t>二{{ na</w:t><w:t>me }}</w:t><w:br/><w:t>三</w:t></w:r>",
        '<w:r><w:br w:type="page"/></w:r>',
    )
    xml = filled(tmp_path, body, "值")
    assert "<w:t>一</w:t><w:tab/><w:t>二值</w:t><w:t></w:t><w:br/><w:t>三</w:t></w:r>" in xml
    assert '<w:br w:type="page"/>' in xml


def test_bookmarks_fields_and_drawings_in_a_tagged_paragraph_stay(tmp_path: Path) -> None:
    kept = (
        '<w:bookmarkStart w:id="1" w:name="标记"/>',
        '<w:r><w:drawing><wp:inline xmlns:wp="urn:x"><wp:extent cx="1" cy="2"/></wp:inline></w:drawing></w:r>',
        '<w:bookmarkEnd w:id="1"/>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    xml = filled(tmp_path, paragraph(run("{{ na"), *kept, run("me }}尾"), page), "值")
    for markup in (*kept, page):
        assert markup in xml


def test_parts_without_a_blank_are_the_same_bytes(tmp_path: Path) -> None:
    template = write_word(tmp_path / "t.docx", paragraph(run("_")), header1=paragraph(run("页眉")), styles="<w:style/>")
    fill(template, {"b1": "值"}, tmp_path / "o.docx", blanks=holes(read_story(template)))
    with zipfile.ZipFile(template) as before, zipfile.ZipFile(tmp_path / "o.docx") as after:
        assert before.namelist() == after.namelist()
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            assert (old.date_time, old.compress_type) == (new.date_time, new.compress_type)
            if old.filename != "word/document.xml":
                assert before.read(old) == after.read(new)
