from __future__ import annotations

from pathlib import Path

import pytest

from fanwen.intake.office import Office
from fanwen.intake.types import IntakeError, Kind

from .conftest import kind_of


@pytest.mark.parametrize("format", ["odt", "docx", "doc", "xlsx", "xls", "ods"])
def test_a_password_is_named(office: Office, docx: Path, xlsx: Path, tmp_path: Path, format: str) -> None:
    source = docx if format in ("odt", "docx", "doc") else xlsx
    locked = tmp_path / f"locked.{format}"
    office.export(source, locked, format, kind=kind_of(source), password="kaimen")
    with pytest.raises(IntakeError) as refused:
        office.convert(locked, kind_of(locked), tmp_path / "out.pdf")
    assert refused.value.code == "password"
    assert refused.value.permanent
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("format", ["doc", "docx", "odt", "xls", "xlsx", "ppt", "pptx"])
def test_half_a_file_is_damaged(
    office: Office, docx: Path, xlsx: Path, pptx: Path, tmp_path: Path, format: str
) -> None:
    source = {"d": docx, "o": docx, "x": xlsx, "p": pptx}[format[0]]
    whole = source
    if source.suffix != f".{format}":
        whole = tmp_path / f"whole.{format}"
        office.export(source, whole, format, kind=kind_of(source))
    data = whole.read_bytes()
    half = tmp_path / f"half.{format}"
    half.write_bytes(data[: len(data) // 2])
    with pytest.raises(IntakeError) as refused:
        office.convert(half, kind_of(half), tmp_path / "out.pdf")
    assert refused.value.code == "damaged"


def test_something_else_under_an_office_name_fails_without_a_pdf(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "noise.docx"
    source.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    with pytest.raises(IntakeError) as refused:
        office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert refused.value.code in ("damaged", "conversion_failed")
    assert list(tmp_path.iterdir()) == [source]


def test_the_office_goes_on_after_a_refusal(office: Office, docx: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.rtf"
    broken.write_bytes(b"")
    with pytest.raises(IntakeError):
        office.convert(broken, Kind("docx", "word", ""), tmp_path / "no.pdf")
    assert office.convert(docx, kind_of(docx), tmp_path / "yes.pdf").pdf.exists()
