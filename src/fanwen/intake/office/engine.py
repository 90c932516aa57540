"""`Office`: documents in, PDFs (or other office formats) out, through one resident LibreOffice."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

from .. import sandbox as sandboxing
from ..fonts.families import replaced
from ..types import Conversion, IntakeError, Kind, Note, Properties
from . import external, formats
from .fonts_wanted import wanted
from .limits import Limits, time_limit
from .process import OfficeProcess

PDF_OPTIONS: dict[str, Any] = {
    "UseTaggedPDF": False,
    "ExportBookmarks": False,
    # Drawn, not made fields of: the page images show what is drawn.
    "ExportFormFields": False,
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportNotesPages": False,
    "ExportHiddenSlides": False,
    "UseLosslessCompression": False,
    "Quality": 90,
    "ReduceImageResolution": True,
    # The widest page image is about 1,600 pixels: 195 an inch on A4.
    "MaxImageResolution": 200,
}
"""https://wiki.documentfoundation.org/Macros/Python_Guide/PDF_export_filter_data"""


class Office:
    """One LibreOffice that stays, started when first needed, replaced when it is used up, gone when it dies.

    Not for several threads at once. `scratch` is a folder of its own, made if missing and emptied by `close`.
    Without `sandbox`, or where `fanwen.intake.sandbox.available` says that there is none, limits and the neutralising
    of outside links still hold.
    """

    def __init__(self, scratch: Path, *, sandbox: bool = True, limits: Limits | None = None) -> None:
        self.scratch = scratch.absolute()
        self._sandboxed = sandbox and not sandboxing.available()
        self._limits = limits or Limits()
        self._process: OfficeProcess | None = None
        self._documents = 0

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def sandboxed(self) -> bool:
        """Whether LibreOffice runs in the bubblewrap sandbox."""
        return self._sandboxed

    @property
    def confined(self) -> frozenset[str]:
        """What the kernel takes from the running LibreOffice besides the sandbox: "files", "network"; empty when none runs."""
        return self._process.confined if self._process else frozenset()

    @property
    def sockets(self) -> frozenset[Path]:
        """Sockets of the running LibreOffice that others can see: they are in its own /tmp when sandboxed."""
        return frozenset(self._process.sockets) if self._process else frozenset()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run now, the bridge's first; LibreOffice is the last."""
        return self._process.pids() if self._process else ()

    def convert(
        self, source: Path, kind: Kind, target: Path, *, timeout: float | None = None, sheet_pages: int = 200
    ) -> Conversion:
        """Make the PDF `target` of `source`, within `timeout` seconds (by default `limits.time_limit`).

        Comments and tracked changes don't show, hidden slides are left out, sheets are fitted to page width and cut
        after `sheet_pages` pages. `html` and `csv` must be UTF-8. Raises `IntakeError`: ``password``, ``damaged``,
        ``conversion_failed``, ``unknown_format``, ``timeout``; and ``converter_died``, after which the next call starts
        a new LibreOffice; ``converter_missing``.
        """
        started = time.monotonic()
        layout = kind.family if kind.format != "csv" else "sheet"
        if layout not in formats.PDF_EXPORTS:
            raise IntakeError("unknown_format", detected=kind.format)
        answer = self._run(
            source,
            kind,
            target,
            timeout=timeout,
            export=formats.PDF_EXPORTS[layout],
            export_options=PDF_OPTIONS,
            layout=layout,
            pages=sheet_pages,
        )
        notes = [Note(code) for code in answer["notes"]]
        if answer["cut"]:
            notes.append(Note("sheet_cut", {"limit": sheet_pages}))
        fonts = replaced(answer["fonts"], target)
        found = answer["properties"]
        properties = Properties(found["title"], found["subject"], tuple(found["keywords"]), found["author"])
        return Conversion(target, properties, fonts, tuple(notes), time.monotonic() - started)

    def to_docx(self, source: Path, target: Path, *, timeout: float | None = None, kind: Kind | None = None) -> None:
        """Store the text document `source` as DOCX. Raises as `convert` does."""
        self.export(source, target, "docx", timeout=timeout, kind=kind)

    def export(
        self,
        source: Path,
        target: Path,
        format: str,
        *,
        timeout: float | None = None,
        kind: Kind | None = None,
        password: str = "",
    ) -> None:
        """Store `source` as it is in another office `format` (a key of `formats.EXPORTS`) of the same family.

        `kind` is found by content when it is not given. `password` protects the result. Raises as `convert` does.
        """
        if kind is None:
            from ..sniff import sniff

            kind = sniff(source, source.name)
        self._run(
            source,
            kind,
            target,
            timeout=timeout,
            export=formats.EXPORTS[format],
            password=password,
        )

    def close(self) -> None:
        """End LibreOffice and empty the scratch folder."""
        self._stop()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _run(
        self,
        source: Path,
        kind: Kind,
        target: Path,
        *,
        timeout: float | None,
        export: str,
        export_options: dict[str, Any] | None = None,
        layout: str = "",
        pages: int = 0,
        password: str = "",
    ) -> dict[str, Any]:
        seconds = timeout or time_limit(kind, source.stat().st_size)
        desk = self.scratch / "desk"
        shutil.rmtree(desk, ignore_errors=True)
        desk.mkdir(parents=True)
        try:
            # A copy under a name of ours: LibreOffice never sees the original nor what its uploader called it.
            copy = desk / f"document.{kind.format}"
            shutil.copyfile(source, copy)
            notes = ["external_links"] if external.neutralise(copy, kind) else []
            made = desk / f"made{target.suffix}"
            request = {
                "source": str(copy),
                "filter": formats.import_filter(copy, kind),
                "filter_options": formats.filter_options(copy, kind),
                "target": str(made),
                "export": export,
                "export_options": export_options or {},
                "layout": layout,
                "pages": pages,
                "password": password,
                "limits": {
                    "cpu": round(seconds) * 2,
                    "memory": self._limits.address_space,
                    "file": self._limits.file_size,
                },
            }
            answer = self._ask(request, seconds)
            _judge(answer, copy)
            _deliver(made, target, pdf=bool(layout))
            return {**answer, "notes": notes, "fonts": wanted(copy, kind) if layout else ()}
        finally:
            shutil.rmtree(desk, ignore_errors=True)

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        if self._process is None or not self._process.alive():
            self._stop()
            self._process = OfficeProcess(self.scratch / "office", self._limits, sandboxed=self._sandboxed)
            self._documents = 0
        self._documents += 1
        try:
            answer = self._process.ask(request, seconds)
        except IntakeError:
            self._process = None
            raise
        if self._documents >= self._limits.documents or answer["memory"] >= self._limits.resident:
            self._stop()
        return answer


def _judge(answer: dict[str, Any], copy: Path) -> None:
    """Raise what the bridge's `answer` about `copy` amounts to, if that is not a success."""
    error = answer.get("error")
    if error is None:
        return
    if error == "password":
        raise IntakeError("password")
    if error == "damaged" or (formats.container(copy) == "zip" and not zipfile.is_zipfile(copy)):
        raise IntakeError("damaged", detail=answer["detail"])
    raise IntakeError("conversion_failed", detail=answer["detail"])


def _deliver(made: Path, target: Path, *, pdf: bool) -> None:
    """Move the result to its place in one step, after a look at whether it is one."""
    if not made.exists() or (pdf and not _is_pdf(made)):
        raise IntakeError("conversion_failed", detail="LibreOffice wrote no result")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # A rename where both are on one disk, else a copy.
        shutil.move(made, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"
