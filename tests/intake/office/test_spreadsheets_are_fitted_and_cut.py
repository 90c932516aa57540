from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from fanwen.intake.office import Office
from fanwen.intake.types import Note

from .conftest import kind_of
from .reading import page_sizes, page_texts


def _book(path: Path, rows: int, columns: int) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in range(rows):
        sheet.append([f"r{row}c{column}" for column in range(columns)])
    book.save(path)
    return path


def test_all_columns_stand_on_one_page(office: Office, tmp_path: Path) -> None:
    source = _book(tmp_path / "wide.xlsx", 5, 60)
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    texts = page_texts(done.pdf)
    assert len(texts) == 1
    assert "r0c0" in texts[0]
    assert "r4c59" in texts[0]
    width, height = page_sizes(done.pdf)[0]
    assert width > height
    assert width > 60 * 25, "a wide sheet gets a wide page rather than letters too small to read"


def test_a_narrow_sheet_stays_upright(office: Office, tmp_path: Path) -> None:
    source = _book(tmp_path / "narrow.xlsx", 5, 3)
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    width, height = page_sizes(done.pdf)[0]
    assert width < height


def test_a_long_sheet_is_cut_and_says_so(office: Office, tmp_path: Path) -> None:
    source = _book(tmp_path / "long.xlsx", 1000, 2)
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf", sheet_pages=3)
    assert len(page_texts(done.pdf)) == 3
    assert done.notes == (Note("sheet_cut", {"limit": 3}),)


def test_a_sheet_of_just_the_limit_is_not_called_cut(office: Office, tmp_path: Path) -> None:
    source = _book(tmp_path / "long.xlsx", 1000, 2)
    pages = len(page_texts(office.convert(source, kind_of(source), tmp_path / "all.pdf").pdf))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf", sheet_pages=pages)
    assert len(page_texts(done.pdf)) == pages
    assert done.notes == ()


def test_a_value_in_the_very_last_row_does_not_make_a_million_rows_of_it(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "TOP"
    sheet["A1048576"] = "BOTTOM"
    source = tmp_path / "last.xlsx"
    book.save(source)
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf", timeout=60)
    assert "TOP" in page_texts(done.pdf)[0]
    assert done.notes == (Note("sheet_cut", {"limit": 200}),)


def test_an_empty_workbook_is_one_empty_page(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "empty.xlsx"
    Workbook().save(source)
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert page_texts(done.pdf) == [""]
