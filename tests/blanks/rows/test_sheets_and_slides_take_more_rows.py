"""Rows added to tables of workbooks and presentations: what stands below moves down, and all that names it follows."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pptx.util import Cm

from fanwen.blanks import Template, diff
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.package import Package
from fanwen.blanks.shape import Shape
from fanwen.blanks.xlsx.references import Moves, below, formula

ROWS = [{"品名": "纸", "数量": 5, "单价": 10}, {"品名": "笔", "数量": 7, "单价": "2"}, {"品名": "A&B <1>"}, {"数量": 4}]
THIN = Border(*(Side(style="thin"),) * 4)


def book() -> openpyxl.Workbook:
    """A head, one empty row with a formula of its own, a total, a line to sign, a second sheet that looks at the first."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "采购 单"
    for line in (["采购清单"], ["品名", "数量", "单价", "金额"], [None, None, None, "=B3*C3"], ["合计", "=SUM(B3:B3)"]):
        sheet.append(line)
    sheet["D4"] = '=SUM(D3:D3)+LOG10(100)&"B3"'
    sheet["A6"], sheet["B6"] = "经办人：", "=$D$4"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B6:D6")
    for column in "ABCD":
        for row in (2, 3, 4):
            sheet[f"{column}{row}"].border = THIN
    sheet.print_area = "A1:D6"
    sheet.print_title_rows = "1:2"
    validation = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    validation.add("B3")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("D3:D3", FormulaRule(formula=["D3>$D$4"], fill=PatternFill("solid", "FFFF00")))
    made.defined_names["总额"] = DefinedName("总额", attr_text="'采购 单'!$D$4")
    other = made.create_sheet("汇总")
    other["A1"], other["A2"], other["B3"] = "='采购 单'!D4", "=SUM('采购 单'!D3:D3)", "=B4"
    return made


def filled(tmp_path: Path, made: openpyxl.Workbook, rows: list[dict[str, Any]]) -> tuple[Any, Path, Path]:
    path, out = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    made.save(path)
    template = Template(path)
    (repeat,) = template.repeats
    template.fill({repeat.id: rows}, out)
    return openpyxl.load_workbook(out), path, out


def test_one_empty_row_of_a_sheet_takes_many(tmp_path: Path) -> None:
    made, path, out = filled(tmp_path, book(), ROWS)
    sheet = made["采购 单"]
    assert [[cell.value for cell in row] for row in sheet["A3:C6"]] == [
        ["纸", 5, 10],
        ["笔", 7, 2],
        ["A&B <1>", None, None],
        [None, 4, None],
    ]
    # every row reckons for itself, the total over all of them
    assert [sheet[f"D{row}"].value for row in range(3, 8)] == [
        *(f"=B{row}*C{row}" for row in range(3, 7)),
        '=SUM(D3:D6)+LOG10(100)&"B3"',
    ]
    assert sheet["B7"].value == "=SUM(B3:B6)"
    assert (sheet["A9"].value, sheet["B9"].value) == ("经办人：", "=$D$7")
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:D1", "B9:D9"]
    assert sheet.print_area == "'采购 单'!$A$1:$D$9"
    assert sheet.print_title_rows == "$1:$2"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["B3:B6"]
    assert [(str(one.sqref), one.rules[0].formula) for one in sheet.conditional_formatting] == [("D3:D6", ["D3>$D$7"])]
    assert made.defined_names["总额"].attr_text == "'采购 单'!$D$7"
    assert [made["汇总"][at].value for at in ("A1", "A2", "B3")] == [
        "='采购 单'!D7",
        "=SUM('采购 单'!D3:D6)",
        "=B4",
    ]
    assert all(sheet[f"{column}{row}"].border.left.style == "thin" for column in "ABCD" for row in range(2, 8))
    proof = diff(path, out)
    assert proof.other_changes == []
    assert proof.shape.rows == {"r1": 3}
    wrong = diff(path, out, shape=Shape({"r1": 2}))
    assert wrong.other_changes


@pytest.mark.parametrize("shown", [b"0", b"12.5"])
def test_what_a_row_computes_is_no_answer(tmp_path: Path, shown: bytes) -> None:
    book().save(tmp_path / "plain.xlsx")
    package, part = Package.open(tmp_path / "plain.xlsx"), "xl/worksheets/sheet1.xml"
    cached = package.read(part).replace(b"<f>B3*C3</f><v />", b"<f>B3*C3</f><v>%s</v>" % shown)
    cached = cached.replace(b"<f>B3*C3</f><v></v>", b"<f>B3*C3</f><v>%s</v>" % shown)
    assert b"<v>%s</v>" % shown in cached
    package.write(tmp_path / "t.xlsx", {part: cached})
    template = Template(tmp_path / "t.xlsx")
    template.fill({"r1": ROWS}, tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["采购 单"]
    assert [sheet[f"D{row}"].value for row in range(3, 7)] == [f"=B{row}*C{row}" for row in range(3, 7)]
    assert diff(tmp_path / "t.xlsx", tmp_path / "f.xlsx").other_changes == []


def test_the_order_of_computing_follows(tmp_path: Path) -> None:
    book().save(tmp_path / "plain.xlsx")
    package = Package.open(tmp_path / "plain.xlsx")
    listing = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    chain = (
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B4" i="1"/><c r="D3"/>'
        '<c r="A2" i="2"/></calcChain>'
    )
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in package.names:
            data = package.read(name)
            if name == listing:
                relation = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", relation.encode())
            archive.writestr(name, data)
        archive.writestr("xl/calcChain.xml", chain)
    Template(path).fill({"r1": ROWS}, tmp_path / "f.xlsx")
    assert b'<c r="B7" i="1"/><c r="D3"/><c r="A2" i="2"/>' in Package.open(tmp_path / "f.xlsx").read(
        "xl/calcChain.xml"
    )


def test_cells_merged_in_the_row_are_merged_in_every_row(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["姓名", "单位", None])
    sheet.append([None, None, None])
    sheet.append(["以上属实", None, None])
    for at in ("A1:A1", "B1:C1", "B2:C2"):
        if at != "A1:A1":
            sheet.merge_cells(at)
    for at in ("A1", "B1", "A2", "B2"):
        sheet[at].border = THIN
    again, path, out = filled(tmp_path, made, [{"姓名": "林河", "单位": "甲校"}, {"姓名": "周岚"}, {"单位": "乙校"}])
    sheet = again.active
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["B1:C1", "B2:C2", "B3:C3", "B4:C4"]
    assert [sheet[at].value for at in ("A2", "B2", "A3", "B4", "A5")] == ["林河", "甲校", "周岚", "乙校", "以上属实"]
    assert diff(path, out).other_changes == []


@pytest.mark.parametrize("what", ["comment", "filter", "link"])
def test_a_sheet_with_something_that_could_not_follow_keeps_its_rows(tmp_path: Path, what: str) -> None:
    made = book()
    sheet = made["采购 单"]
    if what == "comment":
        sheet["A6"].comment = Comment("签字", "甲")
    elif what == "filter":
        sheet.auto_filter.ref = "A2:D4"
    else:
        sheet["A6"].hyperlink = "https://example.org/"
    made.save(tmp_path / "t.xlsx")
    template = Template(tmp_path / "t.xlsx")
    assert [one.grows for one in template.repeats] == [False]
    template.fill({"r1": ROWS[:1]}, tmp_path / "f.xlsx")
    with pytest.raises(ValueProblem) as refused:
        template.filled({"r1": ROWS})
    assert refused.value.code == "no_more_rows"


def test_a_reference_to_several_sheets_is_refused_with_the_place(tmp_path: Path) -> None:
    made = book()
    made["汇总"]["A4"] = "=SUM('采购 单:汇总'!D4)"
    with pytest.raises(FillError) as refused:
        filled(tmp_path, made, ROWS)
    assert refused.value.code == "no_rows"
    assert "采购 单" in str(refused.value)


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 60), st.integers(0, 20))
def test_references_move_as_their_cells_do(after: int, times: int, row: int, height: int) -> None:
    moves = Moves({after: times})
    moved = row + (times if row > after else 0)
    end = row + height + (times if row + height >= after else 0)
    assert formula(f"$C{row}", moves, "甲", "甲") == f"$C{moved}"
    assert formula(f"C{row}", moves, "甲", "乙") == f"C{row}"
    if height:
        assert formula(f"SUM(甲!C{row}:D{row + height})", moves, "甲", "乙") == f"SUM(甲!C{moved}:D{end})"
    assert below(f"A{row}+$B${row}", times) == f"A{row + times}+$B${row}"
    assert formula(f'"C{row}"&TRUE&A:A', moves, "甲", "甲") == f'"C{row}"&TRUE&A:A'


def slides(path: Path) -> Path:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "负责人：____"
    table = slide.shapes.add_table(2, 3, Cm(1), Cm(5), Cm(20), Cm(3)).table
    for cell, head in zip(table.rows[0].cells, ("姓名", "职务", "电话"), strict=True):
        cell.text = head
    after = slide.shapes.add_textbox(Cm(1), Cm(12), Cm(10), Cm(2))
    after.text_frame.text = "日期：____"
    made.save(path)
    return path


def test_a_table_on_a_slide_takes_many_rows(tmp_path: Path) -> None:
    path, out = slides(tmp_path / "t.pptx"), tmp_path / "f.pptx"
    template = Template(path)
    (repeat,) = template.repeats
    assert repeat.grows
    rows = [{"姓名": "林河", "职务": "校长"}, {"姓名": "周岚"}, {"电话": "13800138000"}]
    name = next(field.id for field in template.fields if field.name.startswith("负责人"))
    template.fill({repeat.id: rows, name: "许之秋"}, out)
    shapes = list(pptx.Presentation(out).slides[0].shapes)
    table = next(shape.table for shape in shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["林河", "校长", ""],
        ["周岚", "", ""],
        ["", "", "13800138000"],
    ]
    assert shapes[0].text_frame.text == "负责人：许之秋"
    text = Package.open(out).read("ppt/slides/slide1.xml").decode()
    ids = [one.split('"')[0] for one in text.split('rowId val="')[1:]]
    assert len(ids) == len(set(ids))
    proof = diff(path, out)
    assert proof.other_changes == []
    assert proof.shape.rows == {"r1": 2}
    assert diff(path, out, shape=Shape({"r1": 1})).other_changes
