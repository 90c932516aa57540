"""The formats Fanwen takes in: one row each, and what a file's name may hint at."""

from __future__ import annotations

from pathlib import PurePosixPath

from fanwen.intake.types import Family, Kind

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

_ROWS: tuple[tuple[str, Family, str], ...] = (
    ("doc", "word", "application/msword"),
    ("dot", "word", "application/msword"),
    ("wps", "word", "application/vnd.ms-works"),
    ("docx", "word", f"{_OOXML}wordprocessingml.document"),
    ("docm", "word", "application/vnd.ms-word.document.macroEnabled.12"),
    ("dotx", "word", f"{_OOXML}wordprocessingml.template"),
    ("rtf", "word", "application/rtf"),
    ("odt", "word", f"{_ODF}text"),
    ("ott", "word", f"{_ODF}text-template"),
    ("xls", "sheet", "application/vnd.ms-excel"),
    ("et", "sheet", "application/vnd.ms-excel"),
    ("xlsx", "sheet", f"{_OOXML}spreadsheetml.sheet"),
    ("xlsm", "sheet", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    ("ods", "sheet", f"{_ODF}spreadsheet"),
    ("csv", "sheet", "text/csv"),
    ("ppt", "slides", "application/vnd.ms-powerpoint"),
    ("pps", "slides", "application/vnd.ms-powerpoint"),
    ("dps", "slides", "application/vnd.ms-powerpoint"),
    ("pptx", "slides", f"{_OOXML}presentationml.presentation"),
    ("ppsx", "slides", f"{_OOXML}presentationml.slideshow"),
    ("odp", "slides", f"{_ODF}presentation"),
    ("pdf", "pdf", "application/pdf"),
    ("epub", "epub", "application/epub+zip"),
    ("txt", "text", "text/plain"),
    ("md", "text", "text/markdown"),
    ("html", "html", "text/html"),
    ("png", "image", "image/png"),
    ("jpeg", "image", "image/jpeg"),
    ("tiff", "image", "image/tiff"),
    ("webp", "image", "image/webp"),
)

KINDS: dict[str, Kind] = {format_: Kind(format_, family, mime) for format_, family, mime in _ROWS}

_HINTS = {"htm": "html", "xhtml": "html", "markdown": "md", "tsv": "csv", "jpg": "jpeg", "tif": "tiff", "text": "txt"}


def hint(name: str) -> str:
    """The format that a file's name claims, or its bare extension in lower case; a hint only, never proof.

    Characters that only change how a name is drawn (right-to-left marks, NULs, trailing dots and blanks) don't count.
    """
    seen = "".join(char for char in name if char.isprintable()).rstrip(" .")
    extension = PurePosixPath(seen.replace("\\", "/")).suffix[1:].lower()
    return _HINTS.get(extension, extension)
