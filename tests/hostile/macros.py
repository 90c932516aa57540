"""Office files with macros, entities, and links that would load something from outside."""

from __future__ import annotations

from collections.abc import Iterator

from tests import ole_writer as ole
from tests.hostile.case import READY, Case, case
from tests.hostile.office import docx, docx_members, odt_members, relations, xlsx_members, zipped

_MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
_MACRO_SHEET = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="a"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/>'
    "</a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def cases(port: int) -> Iterator[Case]:
    outside = f"http://127.0.0.1:{port}/"
    macro = ole.build({"dir": b"x", "ThisDocument": b'Sub AutoOpen()\nShell "touch /tmp/macro"\nEnd Sub'})
    yield case(
        "docm with a macro", "a.docm", zipped({**docx_members(main=_MACRO_WORD), "word/vbaProject.bin": macro}), READY
    )
    sheet = xlsx_members('<row r="1"><c r="A1"><v>1</v></c></row>', main=_MACRO_SHEET)
    yield case("xlsm with a macro", "a.xlsm", zipped({**sheet, "xl/vbaProject.bin": macro}), READY)
    yield case("docx that reads a file by an entity", "a.docx", docx(prologue=_entity("file:///etc/passwd")), "damaged")
    yield case("docx that asks a server by an entity", "a.docx", docx(prologue=_entity(outside)), "damaged")
    yield case("docx that laughs a billion times", "a.docx", docx("<w:p/>", prologue=_laughs()), "damaged")
    utf16 = {"word/other.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + _entity(outside) + "<a/>").encode("utf-16")}
    yield case("docx with entities in UTF-16", "a.docx", docx(extra=utf16), "damaged")
    links = {"word/_rels/document.xml.rels": relations(("rId9", "image", outside + "a.png", True))}
    yield case("docx with a picture from outside", "a.docx", docx(_PICTURE, extra=links), READY)
    template = {
        "word/_rels/document.xml.rels": relations(("rId8", "settings", "settings.xml", False)),
        "word/settings.xml": '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        "word/_rels/settings.xml.rels": relations(("rId1", "attachedTemplate", outside + "a.dotm", True)),
    }
    yield case("docx with a template from outside", "a.docx", docx(extra=template), READY)
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "{0}" \\d</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText>DDEAUTO cmd "/c calc"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    yield case("docx with fields that fetch and run", "a.docx", docx(field.format(outside + "b.png")), READY)
    service = (
        f'<row r="1"><c r="A1"><f>WEBSERVICE("{outside}")</f></c><c r="B1"><f>DDE("cmd","/c calc","x")</f></c></row>'
    )
    yield case("xlsx that asks a web service", "a.xlsx", zipped(xlsx_members(service)), READY)
    picture = f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{outside}c.png"/></draw:frame></text:p>'
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" '
        'xlink:href="vnd.sun.star.script:evil.py$run?language=Python&amp;location=document"/></office:event-listeners></office:scripts>'
    )
    yield case(
        "odt with a picture from outside and a script on opening",
        "a.odt",
        zipped(odt_members(picture, scripts=event)),
        READY,
    )
    encrypted = odt_members("")
    encrypted["META-INF/manifest.xml"] = str(encrypted["META-INF/manifest.xml"]).replace(
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/>',
        'manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>',
    )
    yield case("odt with a password", "a.odt", zipped(encrypted), "password")


def _entity(address: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{address}">]>'


def _laughs() -> str:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{rows}]>'
