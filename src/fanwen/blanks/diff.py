"""Prove that a filled document differs from its template in nothing but the blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fanwen.blanks.compare import Other, PartComparison
from fanwen.blanks.detect import detect
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.tags import TAGS
from fanwen.blanks.docx.tokens import meaning
from fanwen.blanks.errors import FillError
from fanwen.blanks.marked import find_marked
from fanwen.blanks.markup.plain import parse
from fanwen.blanks.optional import Stretch
from fanwen.blanks.pptx.presentation import TAGS as SLIDE_TAGS
from fanwen.blanks.pptx.presentation import Presentation
from fanwen.blanks.read import OfficeDocument, open_document
from fanwen.blanks.repeats import find_repeats
from fanwen.blanks.rows_proof import parts_that_differ_in_more
from fanwen.blanks.shape import Growing, Shape, Shaped, added_rows, left_out, shaped
from fanwen.blanks.types import Blank
from fanwen.blanks.xlsx.compare import compare_workbooks
from fanwen.blanks.xlsx.rows_proof import sheets_that_differ_in_more
from fanwen.blanks.xlsx.workbook import Workbook
from fanwen.intake.office import Office


@dataclass(frozen=True)
class Changed:
    """A blank with what stood in it and what stands there now."""

    id: str
    name: str
    before: str
    after: str

    def to_dict(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Diff:
    changed: tuple[Changed, ...]
    others: tuple[Other, ...]
    shape: Shape = field(default_factory=Shape)
    """Rows that were added and passages that were left out, which is no other change."""

    @property
    def blanks_changed(self) -> int:
        return len(self.changed)

    @property
    def other_changes(self) -> list[dict[str, str]]:
        return [other.to_dict() for other in self.others]

    def to_dict(self) -> dict[str, Any]:
        return {
            "blanks_changed": self.blanks_changed,
            "other_changes": self.other_changes,
            "changed": [change.to_dict() for change in self.changed],
            "rows_added": dict(self.shape.rows),
            "passages_left_out": sorted(self.shape.off),
        }


def diff(
    template: Path,
    filled: Path,
    *,
    blanks: Sequence[Blank] | None = None,
    office: Office | None = None,
    passages: Sequence[Stretch] = (),
    shape: Shape | None = None,
) -> Diff:
    """Compare `filled` with `template`, part by part and paragraph by paragraph, blanks standing for any text.

    `shape` says how many rows were added and which of `passages` were left out. Without it, rows added to tables that may
    have any number are found by counting; whatever else was added or left out is another change. Raises `FillError`
    (``not_fillable``) for kinds of files that are never filled.
    """
    opened = open_document(template, office=office)
    other = open_document(filled, office=office)
    for one in (opened, other):
        if one.document is None:
            raise FillError("not_fillable", reason=one.story.reason)
    assert opened.document is not None
    assert other.document is not None
    document: OfficeDocument = opened.document
    found: Sequence[Blank] = detect(opened.story) if blanks is None else blanks
    repeats = find_repeats(opened.story, found)
    shape = added_rows(opened.story, other.story, repeats) if shape is None else shape
    serials: Mapping[str, str] = {}
    others: list[Other] = []
    if shape and isinstance(document, (WordDocument, Workbook, Presentation)):
        markings = find_marked(opened.story)
        made = shaped(document, found, repeats, passages, shape, markings)
        removed = left_out(passages, markings, shape)
        wrong = _wrong(document, made, removed)
        others += [Other(part, "structure", "", "") for part in wrong]
        document, found, serials = made.document, made.blanks, made.serials
    by_passage: dict[str, list[Blank]] = {}
    for blank in found:
        by_passage.setdefault(blank.passage, []).append(blank)
    taken, more = _compared(document, other.document, by_passage)
    others += more
    changed = []
    for blank in found:
        if blank.id in serials:
            if taken.get(blank.id, serials[blank.id]) not in (serials[blank.id], blank.text):
                others.append(Other(blank.passage, "text", serials[blank.id], taken[blank.id]))
        elif blank.id in taken and taken[blank.id] != blank.text:
            changed.append(Changed(blank.id, blank.name, blank.text, taken[blank.id]))
    return Diff(tuple(changed), tuple(others), shape)


def _wrong(document: Growing, made: Shaped, removed: Sequence[str]) -> list[str]:
    """Parts in which a document in its new shape differs in more than its shape."""
    if isinstance(document, Workbook):
        return sheets_that_differ_in_more(document.package, made.document.package, made.reshaped)
    assert not isinstance(made.document, Workbook)
    return parts_that_differ_in_more(document, made.document, made.reshaped, removed)


def _compared(
    document: OfficeDocument, other: OfficeDocument, blanks: Mapping[str, Sequence[Blank]]
) -> tuple[dict[str, str], list[Other]]:
    ours, theirs = document.package, other.package
    if isinstance(document, Workbook) and isinstance(other, Workbook):
        taken, others = compare_workbooks(document, other, blanks)
        seen = {document.main, *(cell.part for cell in document.cells.values()), *document.shared_parts}
    else:
        taken, others, seen = {}, [], set()
    for part in ours.names:
        if part in seen:
            continue
        if part not in theirs:
            others.append(Other(part, "removed", f"{len(ours.read(part))} bytes", ""))
        elif ours.read(part) == theirs.read(part):
            continue
        elif isinstance(document, (WordDocument, Presentation)) and part in document.sources:
            tags = TAGS if isinstance(document, WordDocument) else SLIDE_TAGS
            paragraphs = [paragraph for paragraph in document.paragraphs.values() if paragraph.part == part]
            compared = PartComparison(part, document.sources[part], tags, paragraphs, blanks, theirs.read(part))
            taken.update(compared.taken)
            others += compared.others
        elif isinstance(document, WordDocument) and _same_data(document, part, theirs.read(part), blanks):
            continue
        elif not _same_xml(part, ours.read(part), theirs.read(part)):
            others.append(Other(part, "part", f"{len(ours.read(part))} bytes", f"{len(theirs.read(part))} bytes"))
    for part in theirs.names:
        if part not in ours and part not in seen:
            others.append(Other(part, "added", "", f"{len(theirs.read(part))} bytes"))
    return taken, others


def _same_data(document: WordDocument, part: str, other: bytes, blanks: Mapping[str, Sequence[Blank]]) -> bool:
    """Whether a data part differs only in what the blanks' bound controls show."""
    shown = []
    for id_, found in blanks.items():
        for control in document.paragraphs[id_].controls if id_ in document.paragraphs else ():
            if any(blank.start < control.end and control.start < blank.end for blank in found):
                stored = document.bindings.stored(control)
                if stored is not None and stored.part == part:
                    shown.append(stored)
    return bool(shown) and document.bindings.same_but(part, other, shown)


def _same_xml(part: str, ours: bytes, theirs: bytes) -> bool:
    if not part.endswith((".xml", ".rels")):
        return False
    return bool(meaning(parse(ours)) == meaning(parse(theirs)))
