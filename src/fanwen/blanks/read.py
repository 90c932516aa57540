"""Open a file of any kind that holds blanks: known by its content, older formats by way of the office."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fanwen.blanks.change import Change
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.package import Package
from fanwen.blanks.pdf_story import pdf_story
from fanwen.blanks.pptx.presentation import Presentation
from fanwen.blanks.story import Story
from fanwen.blanks.text_story import text_story
from fanwen.blanks.xlsx.workbook import Workbook
from fanwen.intake.office import Office
from fanwen.intake.sniff import sniff
from fanwen.intake.types import Kind


class OfficeDocument(Protocol):
    """A document that can be filled."""

    package: Package

    @property
    def story(self) -> Story: ...

    def rendered(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, bytes]:
        """The parts that `changes` (by passage id) alter, with their new bytes."""
        ...


@dataclass(frozen=True)
class Opened:
    story: Story
    document: OfficeDocument | None
    """None where the story can't be filled; its `reason` says why."""


def read_story(path: Path, *, name: str = "", office: Office | None = None) -> Story:
    """The document at `path` as passages and marks.

    `name` is what the file is called, where `path` does not say it. DOC, WPS, RTF and ODT go through `office`; without one, one is started for this file and ended again. Raises
    `IntakeError` for a file that can't be read and `BlanksError` (``not_office``) for a kind that holds no blanks.
    """
    return open_document(path, name=name, office=office).story


def open_document(path: Path, *, name: str = "", office: Office | None = None) -> Opened:
    """As `read_story`, with the document to fill."""
    kind = sniff(path, name or path.name)
    reader = _READERS.get(kind.format)
    if reader is not None:
        document = reader(Package.open(path), kind.format)
        return Opened(document.story, document)
    if kind.family == "word":
        document = WordDocument(_through_office(path, kind, office))
        return Opened(document.story, document)
    if kind.format == "pdf":
        return Opened(pdf_story(path), None)
    if kind.family == "text" or kind.format == "csv":
        return Opened(text_story(path, kind.format), None)
    raise BlanksError("not_office", format=kind.format.upper())


def _through_office(path: Path, kind: Kind, office: Office | None) -> Package:
    with tempfile.TemporaryDirectory(prefix="fanwen-") as folder:
        scratch = Path(folder)
        target = scratch / "converted.docx"
        with nullcontext(office) if office is not None else closing(Office(scratch)) as converter:
            converter.to_docx(path, target, kind=kind)
        return Package.open(target)


_READERS: dict[str, Callable[[Package, str], OfficeDocument]] = {
    "docx": WordDocument,
    "docm": WordDocument,
    "dotx": WordDocument,
    "xlsx": Workbook,
    "xlsm": Workbook,
    "pptx": Presentation,
    "ppsx": Presentation,
}
