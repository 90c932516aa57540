"""Making the demo's files out of their sources."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fanwen.demo import catalogue, markup, sheets, slides, word
from fanwen.demo.catalogue import Entry
from fanwen.demo.scan import scan
from fanwen.demo.settle import settle
from fanwen.intake.office import Office
from fanwen.intake.sniff import sniff

# What each format is made from first; the office turns that into the rest.
_BASE = {
    "docx": "docx", "doc": "docx", "odt": "docx", "rtf": "docx", "pdf": "docx",
    "xlsx": "xlsx", "xls": "xlsx",
    "pptx": "pptx", "ppt": "pptx",
}  # fmt: skip
_WRITERS = {"docx": word.write, "xlsx": sheets.write, "pptx": slides.write}


@dataclass(frozen=True)
class DemoFile:
    """A demo document as a file at `path`, with what its uploader says about it."""

    path: Path
    title: str
    """Empty where the title is left to be proposed from the document."""
    category: tuple[str, str]
    tags: tuple[str, ...]
    uploader: str
    """A user name of the catalogue's uploaders."""
    uploaded_at: datetime
    """Local time without a zone."""
    blanks: bool


def build(target: Path, office: Office, *, names: Collection[str] | None = None) -> list[DemoFile]:
    """Make every demo file (or only those with `names`) in the folder `target`; raises as `build_each` does."""
    entries = [entry for entry in catalogue.read().entries if names is None or entry.name in names]
    return list(build_each(target, office, entries))


def build_each(target: Path, office: Office, entries: Iterable[Entry]) -> Iterator[DemoFile]:
    """Make the files of `entries` in the folder `target`, one at a time.

    Raises `fanwen.intake.types.IntakeError` where LibreOffice is missing or fails, and ValueError, naming the source,
    for a source that can't be read.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fanwen-demo-") as scratch:
        for entry in entries:
            path = target / entry.name
            try:
                _make(entry, path, office, Path(scratch))
            except ValueError as error:
                raise ValueError(f"{entry.source.name}: {error}") from error
            yield DemoFile(
                path, entry.title, entry.category, entry.tags, entry.uploader, entry.uploaded_at, entry.blanks
            )


def _make(entry: Entry, target: Path, office: Office, scratch: Path) -> None:
    source = markup.read(entry.source.read_text(encoding="utf-8"))
    if entry.format == "txt":
        target.write_bytes(source.body.encode(entry.encoding))
        return
    base_format = _BASE[entry.format]
    base = target if entry.format == base_format else scratch / f"{entry.source.stem}.{base_format}"
    author = source.head.get("author", "砚川县教育局办公室")
    _WRITERS[base_format](source, base, author=author, date=entry.uploaded_at)
    settle(base, entry.uploaded_at)
    if entry.format == "pdf":
        pdf = scratch / f"{entry.source.stem}.pdf" if entry.scan else target
        office.convert(base, sniff(base, base.name), pdf)
        if entry.scan:
            scan(pdf, target)
    elif base != target:
        office.export(base, target, entry.format)
