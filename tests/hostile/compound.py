"""Compound files (OLE) that are cut, run in circles, or are encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from tests import ole_writer as ole
from tests.hostile.case import READY, Case, case


def cases(port: int) -> Iterator[Case]:
    whole = ole.build({"WordDocument": ole.word(), "1Table": b"table"})
    failed = ("damaged", "conversion_failed", "converter_died", "timeout")
    yield case("doc of its header alone", "a.doc", whole[:512], "damaged")
    yield case("doc cut within its header", "a.doc", whole[:100], "damaged")
    yield case("doc cut in half", "a.doc", whole[: len(whole) // 2], "damaged")
    yield case("doc whose stream runs in a circle", "a.doc", _circle(3), "damaged")
    yield case("doc whose stream points at itself", "a.doc", _circle(0), "damaged")
    yield case("doc whose stream leaves the file", "a.doc", _leaves(), "damaged")
    yield case("doc whose two streams share sectors", "a.doc", _shared(), "damaged")
    yield case("doc whose table list runs in a circle", "a.doc", _difat(), "damaged")
    yield case("doc whose directory runs in a circle", "a.doc", _directory_circle(whole), "damaged")
    yield case("doc whose entries are each other's children", "a.doc", _tree_circle(), READY, "unknown_format", *failed)
    yield case("doc with a sound head and nothing behind", "a.doc", whole, READY, *failed)
    yield case("doc with a password", "a.doc", ole.build({"WordDocument": ole.word(0x0100)}), "password")
    yield case(
        "docx with a password", "a.docx", ole.build({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "password"
    )
    yield case("xls with a password", "a.xls", ole.build({"Workbook": ole.workbook((0x2F, bytes(54)))}), "password")
    slides = {"PowerPoint Document": b"x", "Current User": ole.current_user(0xF3D1C4DF)}
    yield case("ppt with a password", "a.ppt", ole.build(slides), "password")
    yield case("installer called doc", "a.doc", ole.build({"!_StringData": b"x"}), "unknown_format")
    yield case("compound file of nothing known", "a.wps", ole.build({"Other": b"x"}), "unknown_format")
    yield case("xls without a first record", "a.xls", ole.build({"Workbook": b"\xff" * 100}), "damaged")


def _circle(last: int) -> bytes:
    """The first stream has eight sectors, 0 to 7; its sector `last` is followed by the first."""
    return ole.build({"WordDocument": ole.word(), "1Table": b"x"}, fat_changes={last: 0})


def _leaves() -> bytes:
    return ole.build({"WordDocument": ole.word()}, fat_changes={2: 9999})


def _shared() -> bytes:
    return ole.build({"WordDocument": ole.word(), "1Table": b"x"}, fat_changes={3: 11})


def _difat() -> bytes:
    """A header that sends on to a sector of table places which names itself as the next."""
    sector = (ole.FREE).to_bytes(4, "little") * 127 + (0).to_bytes(4, "little")
    return ole.header(1, [1], difat=0, difat_count=1000) + sector + bytes(512)


def _directory_circle(whole: bytes) -> bytes:
    directory = int.from_bytes(whole[48:52], "little")
    return ole.build({"WordDocument": ole.word(), "1Table": b"table"}, fat_changes={directory: directory})


def _tree_circle() -> bytes:
    return ole.build({"WordDocument": ole.word(), "1Table": b"x"}, child_of_first=1)
