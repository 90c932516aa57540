"""Controls, fields, boxes, empty cells, text boxes, notes: each is filled as its kind asks, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fanwen.blanks import detect, diff, read_story
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.fill import Template
from fanwen.blanks.types import Blank
from tests.blanks.holes import blank, holes, numbered
from tests.blanks.word_files import document_xml, paragraph, run, table, write_word

_STYLES = '<w:style w:type="character" w:styleId="a3"><w:name w:val="Placeholder Text"/></w:style>'


def control(settings: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(instruction: str, shown: str, begin: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def filled(tmp_path: Path, body: str, value: Any, start: int, end: int, passage: int = 0, **said: Any) -> str:
    """The XML after the blank at these offsets was filled, with the proof that nothing else changed."""
    template = write_word(tmp_path / "t.docx", body, styles=_STYLES)
    blanks = numbered([blank(read_story(template).passages[passage], start, end, **said)])
    out = tmp_path / "o.docx"
    report = Template(template, blanks=blanks).fill({"b1": value}, out)
    assert report.filled == ("b1",)
    found = diff(template, out, blanks=blanks)
    assert found.other_changes == []
    assert found.blanks_changed == 1 or said.get("type") == "choice"
    return document_xml(out)


def test_a_prompting_control_stops_prompting_and_loses_its_grey(tmp_path: Path) -> None:
    body = paragraph(
        run("名："), control("<w:showingPlcHdr/><w:text/>", run("单击输入", '<w:rStyle w:val="a3"/><w:b/>'))
    )
    xml = filled(tmp_path, body, "张明", 2, 6)
    assert control("<w:text/>", run("张明", "<w:b/>")) in xml


def test_an_empty_control_gets_a_run_with_its_own_properties(tmp_path: Path) -> None:
    body = paragraph(run("名："), control("<w:rPr><w:b/></w:rPr><w:showingPlcHdr/><w:text/>", ""))
    xml = filled(tmp_path, body, "张明", 2, 2)
    assert "<w:sdtContent><w:r><w:rPr><w:b/></w:rPr><w:t>张明</w:t></w:r></w:sdtContent>" in xml


def test_a_control_around_a_paragraph_is_filled(tmp_path: Path) -> None:
    xml = filled(tmp_path, control("<w:showingPlcHdr/>", paragraph(run("请输入"))), "正文", 0, 3)
    assert control("", paragraph(run("正文"))) in xml


def test_a_list_takes_one_of_its_entries_only(tmp_path: Path) -> None:
    entries = '<w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="男" w:value="1"/></w:dropDownList>'
    body = paragraph(control(entries, run("请选择")))
    assert ">男<" in filled(tmp_path, body, "男", 0, 3, type="choice")
    with pytest.raises(ValueProblem, match="男"):
        filled(tmp_path, body, "别的", 0, 3, type="choice")


def test_a_date_control_is_written_in_its_own_format(tmp_path: Path) -> None:
    settings = '<w:showingPlcHdr/><w:date><w:dateFormat w:val="yyyy/MM/dd"/></w:date>'
    assert ">2026/03/05<" in filled(
        tmp_path, paragraph(control(settings, run("选择日期"))), "2026-3-5", 0, 4, type="date"
    )


@pytest.mark.parametrize(("value", "state", "mark"), [(True, "1", "☒"), (False, "0", "☐")])
def test_a_checkbox_control_sets_its_state_and_its_mark(tmp_path: Path, value: bool, state: str, mark: str) -> None:
    was = "☐" if value else "☒"
    settings = f'<w14:checkbox><w14:checked w14:val="{int(not value)}"/></w14:checkbox>'
    xml = filled(
        tmp_path, paragraph(control(settings, run(was)), run("同意")), value, 0, 1, type="choice", kind="checkbox"
    )
    assert f'<w14:checked w14:val="{state}"/>' in xml
    assert f"<w:t>{mark}</w:t>" in xml


def test_a_checkbox_field_is_ticked_by_its_state(tmp_path: Path) -> None:
    begin = '<w:ffData><w:name w:val="c"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox></w:ffData>'
    body = paragraph(
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        run("同意"),
    )
    xml = filled(tmp_path, body, "是", 0, 1, type="choice", kind="form_field")
    assert '<w:default w:val="0"/><w:checked w:val="1"/></w:checkBox>' in xml
    assert read_story(tmp_path / "o.docx").passages[0].text == "☑同意"


def test_a_symbol_box_is_ticked_in_its_own_font(tmp_path: Path) -> None:
    body = paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', run("同意"))
    xml = filled(tmp_path, body, True, 0, 1, type="choice", kind="checkbox")
    assert '<w:sym w:font="Wingdings" w:char="F0FE"/>' in xml


def test_a_text_field_keeps_its_field(tmp_path: Path) -> None:
    body = paragraph(field(" FORMTEXT ", "\u2002" * 5, '<w:ffData><w:name w:val="n"/><w:textInput/></w:ffData>'))
    xml = filled(tmp_path, body, "张明", 0, 5)
    assert "FORMTEXT" in xml
    assert xml.count("w:fldChar ") == 3
    assert ">张明<" in xml


def test_a_merge_field_is_locked_so_that_an_update_does_not_undo_it(tmp_path: Path) -> None:
    xml = filled(tmp_path, paragraph(field(" MERGEFIELD 名 ", "«名»")), "张明", 0, 3)
    assert '<w:fldChar w:fldCharType="begin" w:fldLock="true">' in xml
    xml = filled(
        tmp_path, paragraph(f'<w:fldSimple w:instr=" MERGEFIELD 名 ">{run("«名»")}</w:fldSimple>'), "张明", 0, 3
    )
    assert '<w:fldSimple w:instr=" MERGEFIELD 名 " w:fldLock="true">' in xml


def test_merge_fields_tags_and_controls_go_by_their_own_names(tmp_path: Path) -> None:
    body = paragraph(
        field(" MERGEFIELD 甲名 ", "«甲名»"),
        run("和{{ 乙名 }}和"),
        control('<w:tag w:val="c3"/><w:showingPlcHdr/>', run("输入")),
    )
    path = write_word(tmp_path / "t.docx", body)
    Template(path).fill({"甲名": "一", "乙名": "二", "c3": "三"}, tmp_path / "o.docx")
    assert read_story(tmp_path / "o.docx").passages[0].text == "一和二和三"


@pytest.mark.parametrize(
    "empty", ["<w:p/>", "<w:p></w:p>", "<w:p><w:pPr><w:rPr><w:ins w:id='1'/><w:i/></w:rPr></w:pPr></w:p>"]
)
def test_an_empty_cell_is_filled_with_the_properties_of_its_mark(tmp_path: Path, empty: str) -> None:
    xml = filled(tmp_path, table([paragraph(run("名")), empty]), "张明", 0, 0, passage=1)
    properties = "<w:rPr><w:i/></w:rPr>" if "w:i/" in empty else ""
    assert f"<w:r>{properties}<w:t>张明</w:t></w:r></w:p>" in xml


def test_text_behind_a_label_joins_the_labels_run(tmp_path: Path) -> None:
    assert run("姓名：张明", "<w:b/>") in filled(tmp_path, paragraph(run("姓名：", "<w:b/>")), "张明", 3, 3)


def test_text_behind_a_link_does_not_join_the_link(tmp_path: Path) -> None:
    body = paragraph(f'<w:hyperlink r:id="rIdLink">{run("网址：")}</w:hyperlink>')
    assert "</w:hyperlink><w:r><w:t>example</w:t></w:r></w:p>" in filled(tmp_path, body, "example", 3, 3)


@pytest.mark.parametrize(
    "space", [run("    ", '<w:u w:val="single"/>'), '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>']
)
def test_an_underlined_space_keeps_its_line(tmp_path: Path, space: str) -> None:
    length = 1 if "tab" in space else 4
    xml = filled(tmp_path, paragraph(run("名"), space, run("印")), "张明", 1, 1 + length)
    assert '<w:rPr><w:u w:val="single"/></w:rPr><w:t' in xml.split("印")[0]
    assert ">张明<" in xml


def test_both_versions_of_a_text_box_are_filled(tmp_path: Path) -> None:
    content = f"<w:txbxContent>{paragraph(run('名_'))}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert filled(tmp_path, paragraph(box), "张明", 1, 2, passage=1).count("名张明") == 2


def test_headers_footers_and_notes_are_filled(tmp_path: Path) -> None:
    line = paragraph(run("编号_"))
    path = write_word(
        tmp_path / "t.docx", line, header1=line, footer1=line, footnotes=f'<w:footnote w:id="2">{line}</w:footnote>'
    )
    blanks = holes(read_story(path))
    Template(path, blanks=blanks).fill({f"b{n}": str(n) for n in range(1, 5)}, tmp_path / "o.docx")
    found = [(passage.where, passage.text) for passage in read_story(tmp_path / "o.docx").passages]
    assert found == [("header", "编号1"), ("body", "编号2"), ("footer", "编号3"), ("footnote", "编号4")]
    assert diff(path, tmp_path / "o.docx", blanks=blanks).other_changes == []


@pytest.mark.parametrize(
    ("body", "start", "end", "code"),
    [
        (paragraph(f'<w:fldSimple w:instr=" DATE ">{run("2020")}</w:fldSimple>'), 0, 4, "computed"),
        (paragraph(run("一"), '<w:r><w:br w:type="page"/></w:r>', run("二")), 0, 3, "page_break"),
        (paragraph(run("一")), 0, 9, "gone"),
    ],
)
def test_what_can_not_be_done_safely_names_its_place(
    tmp_path: Path, body: str, start: int, end: int, code: str
) -> None:
    path = write_word(tmp_path / "t.docx", body)
    template = Template(path, blanks=numbered([blank(read_story(path).passages[0], start, end)]))
    with pytest.raises(FillError) as error:
        template.fill({"b1": "x"}, tmp_path / "o.docx")
    assert error.value.code == code
    assert "word/document.xml#0" in str(error.value)
    assert not (tmp_path / "o.docx").exists()


def test_overlapping_blanks_are_refused(tmp_path: Path) -> None:
    path = write_word(tmp_path / "t.docx", paragraph(run("____")))
    passage = read_story(path).passages[0]
    template = Template(path, blanks=numbered([blank(passage, 0, 3), blank(passage, 2, 4)]))
    with pytest.raises(FillError) as error:
        template.filled({"b1": "x", "b2": "y"})
    assert error.value.code == "overlap"


def test_a_detected_form_is_filled_by_names(tmp_path: Path) -> None:
    lines = ["姓名：____", "会议日期：____年__月__日", "投入资金__万元，近_亿元。", "性别：□男 □女"]
    path = write_word(tmp_path / "t.docx", "".join(paragraph(run(line)) for line in lines))
    found: list[Blank] = list(detect(read_story(path)))
    values = {"姓名": "张明", "会议日期": "2026-11-23", "投入资金": "1200万元", "性别": "女"}
    Template(path).fill(values, tmp_path / "o.docx")
    assert [passage.text for passage in read_story(tmp_path / "o.docx").passages] == [
        "姓名：张明",
        "会议日期：2026年11月23日",
        "投入资金1200万元，近_亿元。",
        "性别：□男 ☑女",
    ]
    assert diff(path, tmp_path / "o.docx", blanks=found).other_changes == []
