from __future__ import annotations

from pathlib import Path

from fanwen.blanks import read_story
from fanwen.blanks.story import Cell, Passage
from tests.blanks.word_files import paragraph, run, table, write_word


def passages(tmp_path: Path, body: str, **parts: str) -> tuple[Passage, ...]:
    return read_story(write_word(tmp_path / "a.docx", body, **parts)).passages


def test_header_body_footer_footnotes_and_endnotes_come_in_this_order(tmp_path: Path) -> None:
    found = passages(
        tmp_path,
        paragraph(run("正文")),
        footer1=paragraph(run("页脚")),
        header1=paragraph(run("页眉")),
        endnotes=f'<w:endnote w:id="2">{paragraph(run("尾注"))}</w:endnote>',
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("脚注"))}</w:footnote>',
    )
    assert [(one.where, one.text) for one in found] == [
        ("header", "页眉"),
        ("body", "正文"),
        ("footer", "页脚"),
        ("footnote", "脚注"),
        ("endnote", "尾注"),
    ]


def test_a_text_box_is_read_once_where_it_is_anchored(tmp_path: Path) -> None:
    content = f"<w:txbxContent>{paragraph(run('框中_'))}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = passages(tmp_path, paragraph(run("前"), box, run("后")) + paragraph(run("下")))
    assert [(one.where, one.text) for one in found] == [("body", "前后"), ("textbox", "框中_"), ("body", "下")]


def test_cells_have_grid_places_with_spans_and_nested_tables_their_own_number(tmp_path: Path) -> None:
    inner = table([paragraph(run("内"))])
    rows = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
        '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc><w:tc><w:tcPr/><w:p/></w:tc>"
        "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    )
    found = passages(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    assert [(one.text, one.cell) for one in found if one.cell] == [
        ("", Cell(0, 0, 0, 1, 2)),
        ("", Cell(0, 0, 2, 2, 1)),
        ("内", Cell(1, 0, 0, 1, 1, parent=0)),
        ("", Cell(0, 1, 0)),
        ("", Cell(0, 1, 1)),
    ]


def test_deleted_and_hidden_text_is_no_text_and_inserted_text_is_marked(tmp_path: Path) -> None:
    body = paragraph(
        run("留"),
        '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("增")}</w:ins>',
        run("藏", "<w:vanish/>"),
        f'<w:moveFrom w:id="3">{run("移")}</w:moveFrom>',
    )
    (found,) = passages(tmp_path, body)
    assert found.text == "留增"
    assert [(mark.kind, mark.start, mark.end) for mark in found.marks] == [("inserted", 1, 2)]


def test_tabs_breaks_hyphens_and_symbols_are_characters(tmp_path: Path) -> None:
    inside = (
        '<w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0A8"/>'
        '<w:sym w:font="Wingdings 2" w:char="0052"/>'
    )
    (found,) = passages(
        tmp_path, f'<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r>{inside}</w:r></w:p>'
    )
    assert found.text == "\t\n\u2011□☑"


def test_underlines_of_neighbouring_runs_and_of_styles_are_one_mark(tmp_path: Path) -> None:
    style = (
        '<w:style w:type="character" w:styleId="a3"><w:name w:val="Rule"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="a4"><w:name w:val="Rule2"/><w:basedOn w:val="a3"/></w:style>'
    )
    body = paragraph(
        run("名："),
        run("  ", '<w:u w:val="single"/>'),
        run("  ", '<w:rStyle w:val="a4"/>'),
        run("x", '<w:u w:val="none"/>'),
    )
    (found,) = passages(tmp_path, body, styles=style)
    assert [(mark.kind, mark.start, mark.end) for mark in found.marks] == [("underline", 2, 6)]


def test_fields_say_what_they_are(tmp_path: Path) -> None:
    def field(instruction: str, shown: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction[:4]}</w:instrText></w:r><w:r><w:instrText>{instruction[4:]}</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    simple = f'<w:fldSimple w:instr=" MERGEFIELD Name ">{run("«N»")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="rIdLink">{run("网址")}</w:hyperlink>'
    body = paragraph(field(' MERGEFIELD "姓 名" ', "«姓名»"), simple, field(" PAGE ", "3"), link)
    (found,) = passages(tmp_path, body)
    assert found.text == "«姓名»«N»3网址"
    assert [(mark.kind, mark.start, mark.end, mark.data) for mark in found.marks] == [
        ("merge_field", 0, 4, {"name": "姓 名"}),
        ("merge_field", 4, 7, {"name": "Name"}),
        ("field", 7, 8, {}),
        ("hyperlink", 8, 10, {"target": "https://example.org/"}),
    ]


def test_a_field_that_runs_over_paragraphs_marks_each(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    body = (
        paragraph(begin, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("第一章"))
        + paragraph(run("第二章"))
        + paragraph(run("尾"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("外"))
    )
    found = passages(tmp_path, body)
    assert [[(mark.kind, mark.start, mark.end) for mark in one.marks] for one in found] == [
        [("field", 0, 3)],
        [("field", 0, 3)],
        [("field", 0, 1)],
    ]


def test_content_controls_say_their_kind_and_whether_they_only_prompt(tmp_path: Path) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="性别"/><w:tag w:val="sex"/><w:showingPlcHdr/><w:dropDownList>'
        '<w:listItem w:displayText="请选择" w:value=""/><w:listItem w:displayText="男" w:value="m"/>'
        f'<w:listItem w:value="女"/></w:dropDownList></w:sdtPr><w:sdtContent>{run("请选择")}</w:sdtContent></w:sdt>'
    )
    (found,) = passages(tmp_path, paragraph(control))
    data = found.marks[0].data
    assert (data["kind"], data["placeholder"], data["alias"], data["tag"]) == ("dropdown", True, "性别", "sex")
    assert data["choices"] == ["男", "女"]


def test_strict_documents_and_utf16_parts_are_read_alike(tmp_path: Path) -> None:
    import zipfile

    path = write_word(tmp_path / "a.docx", paragraph(run("严格_")))
    strict = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/document.xml":
                text = text.replace(
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                ).replace("UTF-8", "UTF-16")
                new.writestr(name, text.encode("utf-16"))
            else:
                new.writestr(name, text)
    assert [one.text for one in read_story(strict).passages] == ["严格_"]
