"""Packing an office file anew with fixed dates, so that the same source gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import IO

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def settle(path: Path, date: datetime) -> None:
    """Rewrite the ZIP package at `path`: every member, and the document itself, dated `date`; workbooks inside too."""
    path.write_bytes(_settled(io.BytesIO(path.read_bytes()), date))


def _settled(file: IO[bytes], date: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in package.infolist():
            content = package.read(member)
            if member.filename == "docProps/core.xml":
                # openpyxl and XlsxWriter put in the time of writing, whatever they are told.
                content = _MODIFIED.sub(rb"\g<1>" + f"{date:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            elif member.filename.endswith(".xlsx"):
                content = _settled(io.BytesIO(content), date)
            info = zipfile.ZipInfo(member.filename, date.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return packed.getvalue()
