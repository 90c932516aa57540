from __future__ import annotations

from pathlib import Path

import pytest

from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError, Kind

from .conftest import kind_of
from .reading import page_sizes, page_texts


@pytest.mark.parametrize("format", ["docx", "doc", "odt", "rtf"])
def test_a_text_document(office: Office, docx: Path, tmp_path: Path, format: str) -> None:
    source = docx
    if format != "docx":
        source = tmp_path / f"source.{format}"
        office.export(docx, source, format, kind=kind_of(docx))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert done.pdf == tmp_path / "out.pdf"
    assert "各乡镇、各单位：定于三月五日召开座谈会。" in page_texts(done.pdf)[0]
    assert done.properties.title == "关于召开春季座谈会的通知"
    assert done.properties.author == "青溪县文化馆"
    assert done.seconds > 0


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_a_spreadsheet(office: Office, xlsx: Path, tmp_path: Path, format: str) -> None:
    source = xlsx
    if format != "xlsx":
        source = tmp_path / f"source.{format}"
        office.export(xlsx, source, format, kind=kind_of(xlsx))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    text = page_texts(done.pdf)[0]
    assert "项目3" in text
    assert "150" in text, "formulas without a stored value are calculated"
    assert done.notes == ()


@pytest.mark.parametrize("format", ["pptx", "ppt", "odp"])
def test_slides(office: Office, pptx: Path, tmp_path: Path, format: str) -> None:
    source = pptx
    if format != "pptx":
        source = tmp_path / f"source.{format}"
        office.export(pptx, source, format, kind=kind_of(pptx))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert page_texts(done.pdf) == ["工作汇报", "下一步打算"]


@pytest.mark.parametrize(("name", "inside"), [("wps", "doc"), ("et", "xls"), ("dps", "ppt")])
def test_a_wps_office_file(
    office: Office, docx: Path, xlsx: Path, pptx: Path, tmp_path: Path, name: str, inside: str
) -> None:
    source = {"doc": docx, "xls": xlsx, "ppt": pptx}[inside]
    old = tmp_path / f"source.{name}"
    office.export(source, old, inside, kind=kind_of(source))
    done = office.convert(old, kind_of(old), tmp_path / "out.pdf")
    assert any(word in page_texts(done.pdf)[0] for word in ("座谈会", "项目3", "工作汇报"))


def test_html_is_laid_out_on_a4_pages(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text("<html><body><h1>青溪简报</h1>" + "<p>修桥补路，惠及乡里。</p>" * 100 + "</body></html>", "utf-8")
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    sizes = page_sizes(done.pdf)
    assert len(sizes) > 1
    assert all(size == pytest.approx((595, 842), abs=1) for size in sizes)
    assert "青溪简报" in page_texts(done.pdf)[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_keeps_every_digit(office: Office, tmp_path: Path, separator: str) -> None:
    source = tmp_path / "table.csv"
    rows = [["姓名", "编号", "金额"], ["赵一", "110000199901010012345", "0012"], ["钱二", "=1+1", "3.50"]]
    source.write_text("\n".join(separator.join(row) for row in rows), "utf-8")
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    text = page_texts(done.pdf)[0]
    for value in ("110000199901010012345", "0012", "=1+1", "3.50"):
        assert value in text


def test_an_old_document_becomes_a_docx(office: Office, docx: Path, tmp_path: Path) -> None:
    office.export(docx, tmp_path / "old.doc", "doc", kind=kind_of(docx))
    office.to_docx(tmp_path / "old.doc", tmp_path / "new.docx")
    done = office.convert(tmp_path / "new.docx", kind_of(docx), tmp_path / "out.pdf")
    assert "定于三月五日召开座谈会" in page_texts(done.pdf)[0]


def test_a_format_that_is_not_libreoffices_is_refused(office: Office, docx: Path, tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        office.convert(docx, Kind("png", "image", "image/png"), tmp_path / "out.pdf")
    assert refused.value.code == "unknown_format"
