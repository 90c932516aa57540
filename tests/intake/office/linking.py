"""Documents that link to pictures and files outside of themselves, by every means of their format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation

from .conftest import edit_package

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = {
    "office": "office:1.0",
    "text": "text:1.0",
    "draw": "drawing:1.0",
    "table": "table:1.0",
    "svg": "svg-compatible:1.0",
    "style": "style:1.0",
    "of": "of:1.2",
}
NAMESPACES = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for key, name in NAMES.items())


def red_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    return out.getvalue()


def relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'


def make(folder: Path, format: str, base: str) -> Path:
    """A document in `folder` whose links begin with `base`, an address of a server or of a folder with bait in it."""
    path = folder / f"linking.{format}"
    MAKERS[format](path, base)
    return path


def _docx(path: Path, base: str) -> None:
    plain = path.with_name("plain.docx")
    document = Document()
    document.add_paragraph("BODY")
    document.add_picture(io.BytesIO(red_picture()))
    document.save(str(plain))
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    fields = (f"INCLUDEPICTURE &quot;{base}/bait.png&quot; \\d", f"INCLUDETEXT &quot;{base}/bait.docx&quot;")
    drawn = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:50pt;height:50pt">'
        f'<v:imagedata src="{base}/bait.png"/></v:shape></w:pict></w:r></w:p>'
    )
    more = "".join(field.format(code) for code in fields) + drawn

    def change(name: str, data: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            link = relation("rIdX", "image", f"{base}/bait.png")
            return data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
        if name == "word/document.xml":
            data = re.sub(rb'r:embed="[^"]*"', b'r:link="rIdX"', data)
            return data.replace(b"<w:sectPr", more.encode() + b"<w:sectPr", 1)
        if name == "word/settings.xml":
            template = f'<w:attachedTemplate xmlns:r="{RELATIONS}" r:id="rIdT"/>'
            return data.replace(b"<w:zoom", template.encode() + b"<w:zoom", 1)
        return data

    template = relation("rIdT", "attachedTemplate", f"{base}/bait.docx")
    more_parts = {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{PACKAGE}">{template}</Relationships>'}
    edit_package(plain, path, change, **more_parts)


def _xlsx(path: Path, base: str) -> None:
    plain = path.with_name("plain.xlsx")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = f'=_xlfn.WEBSERVICE("{base}/bait.txt")'
    sheet["A2"] = "BODY"
    sheet["A3"] = f"='{base}/[bait.xlsx]Sheet1'!A1"
    book.save(plain)

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/workbook.xml":
            reference = f'<externalReference xmlns:r="{RELATIONS}" r:id="rIdE"/>'
            after = f"</sheets><externalReferences>{reference}</externalReferences>"
            return data.replace(b"</sheets>", after.encode())
        if name == "xl/_rels/workbook.xml.rels":
            link = f'<Relationship Id="rIdE" Type="{RELATIONS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
            return data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
            part = f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/></Types>'
            return data.replace(b"</Types>", part.encode())
        if name.startswith("xl/worksheets/sheet"):
            cell = b'<row r="9"><c r="A9"><f>[1]Sheet1!A1</f></c></row></sheetData>'
            return data.replace(b"</sheetData>", cell)
        return data

    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = relation("rId1", "externalLinkPath", f"{base}/bait.xlsx")
    more = {
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{spreadsheet}"><externalBook xmlns:r="{RELATIONS}" '
        'r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>',
    }
    edit_package(plain, path, change, **more)


def _pptx(path: Path, base: str) -> None:
    plain = path.with_name("plain.pptx")
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "BODY"
    slide.shapes.add_picture(io.BytesIO(red_picture()), 0, 0)
    slides.save(str(plain))

    def change(name: str, data: bytes) -> bytes:
        if name == "ppt/slides/_rels/slide1.xml.rels":
            link = relation("rIdX", "image", f"{base}/bait.png")
            return data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
        if name == "ppt/slides/slide1.xml":
            return re.sub(rb'r:embed="[^"]*"', b'r:link="rIdX"', data)
        return data

    edit_package(plain, path, change)


def _opendocument(path: Path, mime: str, body: str, automatic: str = "", picture: str = "") -> None:
    entries = [("/", mime), ("content.xml", "text/xml")] + ([("Pictures/a.svg", "image/svg+xml")] if picture else [])
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", mime)
        package.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}">{listed}</manifest:manifest>'
        )
        package.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
            'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>{body}</office:body>"
            "</office:document-content>",
        )
        if picture:
            package.writestr("Pictures/a.svg", picture)


def _odt(path: Path, base: str) -> None:
    frame = '<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">{}</draw:frame>'
    load = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frames = (
        f'<draw:image xlink:href="{base}/bait.png" {load}/>',
        '<draw:image xlink:href="Pictures/a.svg"/>',
        f'<draw:object xlink:href="{base}/bait.docx" {load}/>',
        f'<draw:floating-frame xlink:href="{base}/bait.html" {load}/>',
    )
    _opendocument(
        path,
        "application/vnd.oasis.opendocument.text",
        f"<office:text><text:p>BODY{''.join(map(frame.format, frames))}</text:p>"
        '<text:p text:style-name="P1">background</text:p><text:section text:name="s">'
        f'<text:section-source xlink:href="{base}/bait.docx" xlink:type="simple"/><text:p>old</text:p></text:section>'
        "</office:text>",
        '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties>'
        f'<style:background-image xlink:href="{base}/bait.png"/></style:paragraph-properties></style:style>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">'
        f'<image xlink:href="{base}/bait.png" width="50" height="50"/></svg>',
    )


def _ods(path: Path, base: str) -> None:
    formulas = (
        f"of:=WEBSERVICE(&quot;{base}/bait.txt&quot;)",
        f"of:=['{base}/bait.ods'#$Sheet1.A1]",
        f"of:=DDE(&quot;soffice&quot;;&quot;{base}/bait.ods&quot;;&quot;a&quot;)",
    )
    cells = "".join(f'<table:table-cell table:formula="{formula}"/>' for formula in formulas)
    _opendocument(
        path,
        "application/vnd.oasis.opendocument.spreadsheet",
        '<office:spreadsheet><table:table table:name="T">'
        f'<table:table-source xlink:href="{base}/bait.csv" table:filter-name="Text - txt - csv (StarCalc)"/>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>BODY</text:p></table:table-cell>'
        f"{cells}</table:table-row></table:table></office:spreadsheet>",
    )


def _odp(path: Path, base: str) -> None:
    _opendocument(
        path,
        "application/vnd.oasis.opendocument.presentation",
        '<office:presentation><draw:page draw:name="p"><draw:frame svg:width="9cm" svg:height="3cm"><draw:text-box>'
        '<text:p>BODY</text:p></draw:text-box></draw:frame><draw:frame svg:width="3cm" svg:height="3cm">'
        f'<draw:image xlink:href="{base}/bait.png" xlink:type="simple"/></draw:frame></draw:page></office:presentation>',
    )


def _html(path: Path, base: str) -> None:
    path.write_text(
        f'<html><head><meta charset="utf-8"><link rel="stylesheet" href="{base}/bait.css"><style>@import url({base}/i.css);'
        f'body{{background-image:url({base}/bait.png)}}</style></head><body background="{base}/bait.png"><p>BODY'
        f'<img src="{base}/bait.png" width=50 height=50><img src={base}/bait.png><iframe src="{base}/bait.html"></iframe>'
        f'<object data="{base}/bait.html"></object><embed src="{base}/bait.html"></p></body></html>',
        "utf-8",
    )


def _rtf(path: Path, base: str) -> None:
    fields = f'INCLUDEPICTURE "{base}/bait.png" \\\\d', f'INCLUDETEXT "{base}/bait.docx"'
    body = "".join(rf"{{\field{{\*\fldinst {field}}}{{\fldrslt x}}}}" for field in fields)
    path.write_text(rf"{{\rtf1\ansi{{\*\template {base}/bait.dot}}BODY{body}\par}}", "ascii")


MAKERS = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "odt": _odt,
    "ods": _ods,
    "odp": _odp,
    "html": _html,
    "rtf": _rtf,
}
