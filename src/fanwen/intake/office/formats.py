"""Which LibreOffice filter reads a file and which writes one. LibreOffice is never left to guess."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal

import olefile

from ..types import IntakeError, Kind

Container = Literal["zip", "ole", "other"]

ZIP_FILTERS = {
    "word": "MS Word 2007 XML",
    "sheet": "Calc MS Excel 2007 XML",
    "slides": "Impress MS PowerPoint 2007 XML",
}
OLE_FILTERS = {"word": "MS Word 97", "sheet": "MS Excel 97", "slides": "MS PowerPoint 97"}
NAMED_FILTERS = {
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "ott": "writer8_template",
    "ods": "calc8",
    "ots": "calc8_template",
    "odp": "impress8",
    "otp": "impress8_template",
    "html": "HTML (StarWriter)",
    "csv": "Text - txt - csv (StarCalc)",
}
OLD_WORD = {"MS WinWord 6.0": range(0x65, 0x68), "MS Word 95": range(0x68, 0xC1)}
"""Filters by the version of the file information block ([MS-DOC] 2.5.15): Word 6 and 95 are read by other code."""

EXPORTS = {
    "doc": "MS Word 97",
    "docx": "MS Word 2007 XML",
    "dotx": "MS Word 2007 XML Template",
    "odt": "writer8",
    "rtf": "Rich Text Format",
    "txt": "Text (encoded)",
    "xls": "MS Excel 97",
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "ppt": "MS PowerPoint 97",
    "pptx": "Impress MS PowerPoint 2007 XML",
    "odp": "impress8",
}
PDF_EXPORTS = {
    "word": "writer_pdf_Export",
    "html": "writer_pdf_Export",
    "sheet": "calc_pdf_Export",
    "slides": "impress_pdf_Export",
}


def container(path: Path) -> Container:
    """What the file is packed in, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return "zip"
    return "ole" if head == olefile.MAGIC else "other"


def import_filter(path: Path, kind: Kind) -> str:
    """The filter that reads `path`. Raises `IntakeError` ``unknown_format`` when LibreOffice is not the one to read it."""
    packed = container(path)
    if packed == "ole" and kind.family in OLE_FILTERS:
        return _ole_filter(path, kind)
    if kind.format in NAMED_FILTERS:
        return NAMED_FILTERS[kind.format]
    if packed == "zip" and kind.family in ZIP_FILTERS:
        return ZIP_FILTERS[kind.family]
    raise IntakeError("unknown_format", detected=kind.format)


def _ole_filter(path: Path, kind: Kind) -> str:
    try:
        with olefile.OleFileIO(path) as ole:
            if ole.exists("EncryptedPackage"):
                return ZIP_FILTERS[kind.family]
            if kind.family == "sheet" and not ole.exists("Workbook"):
                return "MS Excel 95"
            if kind.family == "word":
                version = int.from_bytes(ole.openstream("WordDocument").read(4)[2:4], "little")
                return next((name for name, range_ in OLD_WORD.items() if version in range_), OLE_FILTERS["word"])
    except OSError as error:
        raise IntakeError("damaged", detail=str(error)) from error
    return OLE_FILTERS[kind.family]


def filter_options(path: Path, kind: Kind) -> str:
    """Options of the import filter: for CSV (UTF-8) its separator and every column as text, as it stands in the file.

    Read as numbers, identity numbers and telephone numbers would lose digits and leading zeros.
    """
    if kind.format != "csv":
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        sample = file.read(16384)
    try:
        separator = csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        separator = ","
    text_columns = "/".join(f"{column}/2" for column in range(1, 257))
    # https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html; 76 is UTF-8.
    return f"{ord(separator)},34,76,1,{text_columns},0,false,false,false"
