"""Compound files (OLE): Word, Excel and PowerPoint as they were until 2003, and WPS Office's formats, which are the same.

Which one it is, and whether it is encrypted, stands in the first bytes of its main stream ([MS-DOC] 2.5.2, [MS-XLS]
2.4.117, [MS-PPT] 2.3.2, [MS-OFFCRYPTO] 2.3).
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import olefile

from fanwen.intake.archive import check_ole
from fanwen.intake.formats import KINDS, hint
from fanwen.intake.types import IntakeError, Kind

_WORD, _SHEET, _SLIDES = {"doc", "dot", "wps"}, {"xls", "et"}, {"ppt", "pps", "dps"}
_OTHERS = {
    "visiodocument": "Visio",
    "__properties_version1.0": "Outlook message",
    "quill": "Publisher",
    "contents": "Works",
    "fileheader": "HWP",
    "!_stringdata": "Windows Installer",
}
_FILEPASS, _BOUNDSHEET, _EOF = 0x2F, 0x85, 0x0A
_PPT_ENCRYPTED = 0xF3D1C4DF
_RECORDS_READ = 200


def kind(file: BinaryIO, name: str) -> Kind:
    """The kind of a compound file. Raises `IntakeError`: `damaged`, `password`, `unknown_format`."""
    check_ole(file)
    file.seek(0)
    try:
        with olefile.OleFileIO(file) as ole:
            return _kind(ole, name)
    except IntakeError:
        raise
    except Exception as error:  # olefile raises many types on damaged files, IndexError and struct.error among them
        raise IntakeError("damaged") from error


def _kind(ole: olefile.OleFileIO, name: str) -> Kind:
    streams = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True) if len(entry) == 1}
    if "encryptedpackage" in streams:
        raise IntakeError("password")
    claimed = hint(name)
    if "worddocument" in streams:
        flags = _word_flags(ole)
        if claimed == "wps":
            return KINDS["wps"]
        return KINDS["dot" if flags & 0x0001 else "doc"]
    for stream in ("workbook", "book"):
        if stream in streams:
            _check_workbook(ole, stream)
            return KINDS[claimed if claimed in _SHEET else "xls"]
    if "powerpoint document" in streams:
        _check_slides(ole, streams)
        return KINDS[claimed if claimed in _SLIDES else "ppt"]
    for stream, seems in _OTHERS.items():
        if stream in streams:
            raise IntakeError("unknown_format", detected=seems)
    raise IntakeError("unknown_format", detected="OLE")


def _word_flags(ole: olefile.OleFileIO) -> int:
    """The flags A..M of the FIB; checks its signature and that it is not encrypted."""
    with ole.openstream("WordDocument") as stream:
        head = stream.read(32)
    if len(head) < 32:
        raise IntakeError("damaged")
    signature, flags = struct.unpack_from("<H8xH", head)
    if signature not in (0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699):
        raise IntakeError("damaged")
    if flags & 0x0100:
        raise IntakeError("password")
    return int(flags)


def _check_workbook(ole: olefile.OleFileIO, stream_name: str) -> None:
    """Read record heads up to the first sheet's: a FILEPASS record means that the rest is encrypted."""
    with ole.openstream(stream_name) as stream:
        for index in range(_RECORDS_READ):
            head = stream.read(4)
            if len(head) < 4:
                if index == 0:
                    raise IntakeError("damaged")
                return
            record, length = struct.unpack("<HH", head)
            if index == 0 and record not in (0x0809, 0x0409, 0x0209, 0x0009):
                raise IntakeError("damaged")
            if record == _FILEPASS:
                raise IntakeError("password")
            if record in (_BOUNDSHEET, _EOF):
                return
            stream.seek(length, 1)


def _check_slides(ole: olefile.OleFileIO, streams: set[str]) -> None:
    if "current user" not in streams:
        return
    with ole.openstream("Current User") as stream:
        head = stream.read(16)
    if len(head) == 16 and struct.unpack_from("<12xI", head)[0] == _PPT_ENCRYPTED:
        raise IntakeError("password")
