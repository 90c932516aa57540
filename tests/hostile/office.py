"""The smallest office documents, with room for what a case puts into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def zipped(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(*rows: tuple[str, str, str, bool]) -> str:
    """Relationships: (id, the last part of the type, target, whether it is outside)."""
    return (
        f'<Relationships xmlns="{RELATIONS}">'
        + "".join(
            f'<Relationship Id="{id_}" Type="{R}/{type_}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
            for id_, type_, target, outside in rows
        )
        + "</Relationships>"
    )


def types(main: str, part: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


def docx_members(body: str = "", *, prologue: str = "", main: str = _MAIN) -> dict[str, bytes | str]:
    document = f'{prologue}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": types(main, "word/document.xml"),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": document,
    }


def docx(body: str = "", *, extra: Mapping[str, bytes | str] | None = None, prologue: str = "") -> bytes:
    return zipped({**docx_members(body, prologue=prologue), **(extra or {})})


def xlsx_members(rows: str, *, main: str = _WORKBOOK) -> dict[str, bytes | str]:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {
        "[Content_Types].xml": types(main, "xl/workbook.xml").replace(
            "</Types>",
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml", False)),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml", False)),
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{R}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
    }


def odt_members(body: str, *, scripts: str = "") -> dict[str, bytes | str]:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>',
        "content.xml": f'<office:document-content {names} office:version="1.2">{scripts}<office:body><office:text><text:p>正文</text:p>'
        f"{body}</office:text></office:body></office:document-content>",
    }
