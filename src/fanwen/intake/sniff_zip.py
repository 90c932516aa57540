"""ZIP archives: Office Open XML, OpenDocument and EPUB, told apart by their own declarations.

Office Open XML names the content type of the part that its relationships call the document (ECMA-376 part 2);
OpenDocument and EPUB begin with a member `mimetype` (ODF 1.2 part 3, 3.3; EPUB OCF 3.3).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import BinaryIO

from lxml import etree

from fanwen.intake.archive import MAX_DECLARATION, open_zip, read_member
from fanwen.intake.formats import KINDS
from fanwen.intake.types import IntakeError, Kind

_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "docm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xlsm",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml": "pptx",
    "application/vnd.ms-powerpoint.presentation.macroenabled.main+xml": "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": "ppsx",
    "application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml": "ppsx",
}
_MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "ott",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.presentation-template": "odp",
    "application/epub+zip": "epub",
}
_DOCUMENT_RELATION = re.compile(r"/relationships/officeDocument$")
_FONT_ENCODINGS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def kind(file: BinaryIO) -> Kind:
    """The kind of a ZIP archive. Raises `IntakeError`: `damaged`, `archive_bomb`, `password`, `unknown_format`."""
    try:
        return _kind(open_zip(file))
    except IntakeError:
        raise
    except (zipfile.BadZipFile, OSError, etree.XMLSyntaxError, ValueError, NotImplementedError, EOFError) as error:
        raise IntakeError("damaged") from error


def _kind(archive: zipfile.ZipFile) -> Kind:
    members = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise IntakeError("password")
    if "[Content_Types].xml" in members:
        return _office_open(archive)
    if "mimetype" in members:
        mimetype = read_member(archive, "mimetype", 200).decode("ascii", "replace").strip().lower()
        if mimetype in _MIMETYPES:
            return _declared(archive, members, _MIMETYPES[mimetype])
        raise IntakeError("unknown_format", detected=mimetype[:60])
    if "META-INF/container.xml" in members:
        return _declared(archive, members, "epub")
    if "word/document.xml" in members or "xl/workbook.xml" in members or "ppt/presentation.xml" in members:
        raise IntakeError("damaged")
    raise IntakeError("unknown_format", detected="ZIP")


def _declared(archive: zipfile.ZipFile, members: set[str], format_: str) -> Kind:
    if format_ == "epub":
        _check_rights(archive, members)
    elif "META-INF/manifest.xml" in members:
        if b"encryption-data" in read_member(archive, "META-INF/manifest.xml", MAX_DECLARATION):
            raise IntakeError("password")
    elif "content.xml" not in members:
        raise IntakeError("damaged")
    return KINDS[format_]


def _check_rights(archive: zipfile.ZipFile, members: set[str]) -> None:
    """Only fonts may be encoded in a book that anyone may read."""
    if "META-INF/encryption.xml" not in members:
        return
    data = read_member(archive, "META-INF/encryption.xml", MAX_DECLARATION)
    methods = re.findall(rb"EncryptionMethod[^>]*Algorithm\s*=\s*[\"']([^\"']+)", data)
    if any(method not in _FONT_ENCODINGS for method in methods):
        raise IntakeError("password")


def _office_open(archive: zipfile.ZipFile) -> Kind:
    types = _parse(read_member(archive, "[Content_Types].xml", MAX_DECLARATION))
    overrides = {
        element.get("PartName", "").lower(): element.get("ContentType", "").lower()
        for element in types.iter("{*}Override")
    }
    defaults = {
        element.get("Extension", "").lower(): element.get("ContentType", "").lower()
        for element in types.iter("{*}Default")
    }
    if "_rels/.rels" in archive.namelist():
        relations = _parse(read_member(archive, "_rels/.rels", MAX_DECLARATION))
        for element in relations.iter("{*}Relationship"):
            if _DOCUMENT_RELATION.search(element.get("Type", "")):
                part = "/" + posixpath.normpath(element.get("Target", "").lstrip("/")).lower()
                declared = overrides.get(part) or defaults.get(part.rpartition(".")[2], "")
                if declared in _MAIN_PARTS:
                    return KINDS[_MAIN_PARTS[declared]]
    for declared in overrides.values():
        if declared in _MAIN_PARTS:
            return KINDS[_MAIN_PARTS[declared]]
    detected = "Visio" if any("visio" in declared for declared in overrides.values()) else "Office Open XML"
    if any("sheet.binary" in declared for declared in overrides.values()):
        detected = "XLSB"
    raise IntakeError("unknown_format", detected=detected)


def _parse(data: bytes) -> etree._Element:
    """XML without entities, network or external definitions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise IntakeError("damaged")
    return root
