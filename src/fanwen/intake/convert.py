"""Any kind of file into the PDF that its pages are read from."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import olefile

from fanwen.intake import pdf
from fanwen.intake.archive import check_ole, verify_zip
from fanwen.intake.converters.book import book_page
from fanwen.intake.converters.picture import picture_pdf
from fanwen.intake.converters.table import plain_table
from fanwen.intake.converters.text import markdown_page, text_page
from fanwen.intake.converters.web import html_page
from fanwen.intake.formats import KINDS
from fanwen.intake.office import Office
from fanwen.intake.types import Conversion, IntakeError, Kind, Note, Properties

_PAGE_WRITERS: dict[str, Callable[[Path, Path], tuple[Properties, tuple[Note, ...]]]] = {
    "txt": text_page,
    "md": markdown_page,
    "html": html_page,
    "epub": book_page,
}


def convert(
    path: Path, kind: Kind, target: Path, *, office: Callable[[], Office], scratch: Path, sheet_pages: int = 200
) -> Conversion:
    """Make the PDF of the file at `path`, which `sniff` found to be of `kind`.

    A PDF is its own rendition: `Conversion.pdf` is `path` and `target` is not written. Pictures become pages without
    LibreOffice; everything else asks `office` for one, so that nothing starts it needlessly. `scratch` is a folder for
    temporary files, which are gone at the end; `sheet_pages` limits what a table is laid out to.

    Raises `IntakeError` with any code of `fanwen.intake.causes`. `target` exists only after success.
    """
    started = time.monotonic()
    macros = _guard(path)
    if kind.family == "pdf":
        return Conversion(path, pdf.properties(path), seconds=time.monotonic() - started)
    scratch.mkdir(parents=True, exist_ok=True)
    desk = Path(tempfile.mkdtemp(prefix="convert-", dir=scratch))
    try:
        made = _convert(path, kind, desk, office, sheet_pages)
        if macros:
            made = replace(made, notes=(*made.notes, Note("macros")))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made.pdf, target)
        return replace(made, pdf=target, seconds=time.monotonic() - started)
    finally:
        shutil.rmtree(desk, ignore_errors=True)


def _guard(path: Path) -> bool:
    """Look into a container before any converter does. Whether it holds macros.

    Raises `IntakeError`: `damaged`, `archive_bomb`, `empty`.
    """
    with path.open("rb") as file:
        head = file.read(8)
        if not head:
            raise IntakeError("empty")
        if head.startswith(b"PK"):
            return any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in verify_zip(file))
        if head == olefile.MAGIC:
            check_ole(file)
            return _ole_holds_macros(path)
    return False


def _ole_holds_macros(path: Path) -> bool:
    try:
        with olefile.OleFileIO(path) as ole:
            return any(entry[0] in ("Macros", "_VBA_PROJECT_CUR") for entry in ole.listdir(storages=True))
    except OSError as error:
        raise IntakeError("damaged", detail=str(error)) from error


def _convert(path: Path, kind: Kind, desk: Path, office: Callable[[], Office], sheet_pages: int) -> Conversion:
    made = desk / "made.pdf"
    if kind.family == "image":
        picture_pdf(path, kind, made)
        return Conversion(made)
    if kind.format in _PAGE_WRITERS:
        page = desk / "page.html"
        properties, notes = _PAGE_WRITERS[kind.format](path, page)
        done = office().convert(page, KINDS["html"], made)
        return replace(done, properties=properties, notes=(*notes, *done.notes))
    if kind.format == "csv":
        table = desk / "table.csv"
        notes = plain_table(path, table, pages=sheet_pages)
        done = office().convert(table, kind, made, sheet_pages=sheet_pages)
        return replace(done, properties=Properties(), notes=notes or done.notes)
    return office().convert(path, kind, made, sheet_pages=sheet_pages)
