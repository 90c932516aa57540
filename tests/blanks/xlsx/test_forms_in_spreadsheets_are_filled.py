from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from fanwen.blanks import diff, read_story
from fanwen.blanks.errors import FillError
from fanwen.blanks.fill import Template
from fanwen.blanks.story import Cell
from fanwen.blanks.types import Blank
from tests.blanks.holes import blank, numbered


@pytest.fixture
def form(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "登记表"
    sheet["A1"] = "登记表（____年度）"
    sheet.merge_cells("A1:C1")
    sheet["A2"], sheet["B2"] = "姓名", None
    sheet["A3"], sheet["B3"] = "人数", None
    for name in ("B2", "B3"):
        sheet[name].border = Border(bottom=Side("thin"))
    sheet["B3"].font = Font(bold=True)
    sheet["C3"] = "=B3*2"
    sheet["A4"] = CellRichText("共", TextBlock(InlineFont(b=True), "__"), "所")
    sheet["A5"] = 12.5
    hidden = book.create_sheet("后台")
    hidden["A1"] = "___"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "made.xlsx")
    form = tmp_path / "form.xlsx"
    with zipfile.ZipFile(tmp_path / "made.xlsx") as made, zipfile.ZipFile(form, "w") as archive:
        for name in made.namelist():
            archive.writestr(name, made.read(name).replace(b' fullCalcOnLoad="1"', b""))
    return form


def blanks_of(path: Path, *places: tuple[str, int, int]) -> list[Blank]:
    passages = {passage.id: passage for passage in read_story(path).passages}
    return numbered(
        blank(passages[f"xl/worksheets/sheet1.xml#{reference}"], start, end) for reference, start, end in places
    )


def cells(path: Path) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(path, rich_text=True).worksheets[0]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_visible_cells_are_passages_with_their_places(form: Path) -> None:
    story = read_story(form)
    found = {passage.id.partition("#")[2]: passage for passage in story.passages}
    assert story.format == "xlsx"
    assert {name: passage.text for name, passage in found.items() if passage.text} == {
        "A1": "登记表（____年度）",
        "A2": "姓名",
        "A3": "人数",
        "A4": "共__所",
        "A5": "12.5",
    }
    assert found["A1"].cell == Cell(0, 0, 0, 1, 3)
    assert found["B2"].text == ""
    assert [mark.kind for mark in found["C3"].marks] == ["field"]
    assert "B1" not in found


def test_only_the_blanks_change(form: Path, tmp_path: Path) -> None:
    blanks = blanks_of(form, ("A1", 4, 8), ("B2", 0, 0), ("B3", 0, 0), ("A4", 1, 3))
    values = {"b1": "2026", "b2": "A&B <1>\n二", "b3": {"text": "350"}, "b4": "12"}
    out = tmp_path / "out.xlsx"
    Template(form, blanks=blanks).fill(values, out)
    after = cells(out)
    assert after["A1"] == "登记表（2026年度）"
    assert after["B2"] == "A&B <1>\n二"
    assert after["B3"] == 350
    assert str(after["A4"]) == "共12所"
    assert after["C3"] == "=B3*2"
    found = diff(form, out, blanks=blanks)
    assert (found.blanks_changed, found.other_changes) == (4, [])
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(out) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert changed == ["xl/worksheets/sheet1.xml", "xl/workbook.xml"]
        assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")


def test_rich_text_keeps_its_runs(form: Path, tmp_path: Path) -> None:
    blanks = blanks_of(form, ("A4", 1, 3))
    Template(form, blanks=blanks).fill({"b1": "12"}, tmp_path / "out.xlsx")
    rich = cells(tmp_path / "out.xlsx")["A4"]
    assert [(str(part), isinstance(part, TextBlock) and bool(part.font.b)) for part in rich] == [
        ("共", False),
        ("12", True),
        ("所", False),
    ]


@pytest.mark.parametrize(
    ("value", "kept"),
    [("350", 350), ("-3.5", -3.5), ("007", "007"), ("11010119900307783X", "11010119900307783X"), ("1234567890123456789", "1234567890123456789")],
)  # fmt: skip
def test_figures_stay_figures_and_numbers_of_things_stay_text(
    form: Path, tmp_path: Path, value: str, kept: Any
) -> None:
    Template(form, blanks=blanks_of(form, ("B2", 0, 0))).fill({"b1": value}, tmp_path / "out.xlsx")
    assert cells(tmp_path / "out.xlsx")["B2"] == kept


def test_a_formula_is_never_overwritten(form: Path, tmp_path: Path) -> None:
    with pytest.raises(FillError) as error:
        Template(form, blanks=blanks_of(form, ("C3", 0, 0))).fill({"b1": "1"}, tmp_path / "out.xlsx")
    assert error.value.code == "formula"
    assert "登记表!C3" in str(error.value)


def test_another_change_is_named_by_its_cell(form: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(form)
    book.worksheets[0]["A2"] = "名字"
    book.save(tmp_path / "out.xlsx")
    found = diff(form, tmp_path / "out.xlsx", blanks=blanks_of(form, ("B2", 0, 0)))
    assert {"place": "登记表!A2", "kind": "text", "before": "姓名", "after": "名字"} in found.other_changes
