"""Changes to paragraphs as splices of the bytes they stand in.

Text goes into the element that holds the range's first character, so it takes that run's properties; the range's other
characters are taken out of theirs. Runs, fields, links, tracked changes and controls stay where they are. What can't be
done so is a `FillError` that names the place.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from fanwen.blanks.change import Change
from fanwen.blanks.docx.binding import Bindings, Stored
from fanwen.blanks.docx.boxes import tick
from fanwen.blanks.docx.insert import insert
from fanwen.blanks.docx.paragraph import Atom, FieldSpan, Paragraph
from fanwen.blanks.docx.placeholder import fills, leave_placeholder
from fanwen.blanks.docx.runs import needs_preserve, text_markup
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices, checked, escape

_Edits = dict[int, tuple[Atom, list[tuple[int, int, str]]]]


class ParagraphEditor:
    """Collects the splices of the paragraphs of one part. `dim` holds the ids of styles that only mark a prompt."""

    def __init__(self, source: Source, dim: frozenset[str], bindings: Bindings) -> None:
        self.source = source
        self.dim = dim
        self.bindings = bindings
        self.bound: list[tuple[Stored, str]] = []
        """Data elsewhere that bound controls show, with what it has to say."""
        self.splices = Splices("")

    def change(self, paragraph: Paragraph, changes: Sequence[Change]) -> None:
        """Make `changes` in the paragraph and in its twins. Raises `FillError` and `ValueProblem`."""
        place = place_of(paragraph)
        self.splices = Splices(place)
        ordered = sorted(changes)
        for one, other in itertools.pairwise(ordered):
            if other.start < one.end:
                raise FillError("overlap", place=place)
        for version in (paragraph, *paragraph.twins):
            self._change(version, ordered, place)
        self._bind(paragraph, ordered, place)

    def _change(self, paragraph: Paragraph, changes: Sequence[Change], place: str) -> None:
        edits: _Edits = {}
        for change in changes:
            if not 0 <= change.start <= change.end <= len(paragraph.text):
                raise FillError("gone", place=place)
            if change.checked is not None and tick(self.source, self.splices, paragraph, change, place):
                continue
            text = checked(change.text, change.name or place)
            leave_placeholder(self.source, self.splices, paragraph, change, self.dim)
            _lock_fields(self.source, self.splices, paragraph.fields, change)
            touched = [atom for atom in paragraph.atoms if atom.start < change.end and atom.end > change.start]
            if not touched:
                insert(self.source, self.splices, paragraph, change.start, text, place, edits)
                continue
            for atom in touched:
                if atom.computed:
                    raise FillError("computed", place=place)
                if atom.kind == "page_break":
                    raise FillError("page_break", place=place)
                if atom.kind == "form_box":
                    raise FillError("no_tick" if change.checked is not None else "gone", place=place)
                span = (max(change.start, atom.start) - atom.start, min(change.end, atom.end) - atom.start)
                edits.setdefault(atom.node.start, (atom, []))[1].append((*span, text))
                text = ""
        for atom, pieces in edits.values():
            self._rewrite(atom, pieces)

    def _bind(self, paragraph: Paragraph, changes: Sequence[Change], place: str) -> None:
        """Note what the data of bound controls has to say. Raises `FillError` (``bound``) where it can't be told."""
        self.bound = []
        for control in paragraph.controls:
            settings = control.node.child("w:sdtPr")
            if settings is None or settings.child("w:dataBinding") is None:
                continue
            inside = [change for change in changes if fills(control, change)]
            if not inside:
                continue
            stored = self.bindings.stored(control)
            within = [node for node in control.content.descendants() if node.tag == "w:p"] if control.content else []
            if stored is None or len(within) > 1:
                raise FillError("bound", place=place)
            text, at = "", control.start
            for change in inside:
                text += paragraph.text[at : change.start] + checked(change.text, change.name or place)
                at = change.end
            self.bound.append((stored, text + paragraph.text[at : control.end]))

    def _rewrite(self, atom: Atom, pieces: list[tuple[int, int, str]]) -> None:
        """The element of `atom` with `pieces` (start, end, text) of its characters replaced."""
        source, node = self.source, atom.node
        text = atom.text
        for start, end, new in sorted(pieces, reverse=True):
            text = text[:start] + new + text[end:]
        if atom.kind != "text":
            self.splices.replace(node.start, source.end(node), text_markup(source.prefix(node), text))
            return
        tag_end = source.open_end(node)
        opening = source.data[node.start : tag_end]
        if source.is_empty_tag(node):
            opening = opening[:-2].rstrip() + b">"
        if needs_preserve(text) and b"xml:space" not in opening:
            opening = opening[:-1] + b' xml:space="preserve">'
        name = source.prefix(node) + "t"
        if "\n" in text or "\t" in text:
            first, rest = _first_piece(text)
            body = escape(first).encode() + f"</{name}>".encode() + text_markup(source.prefix(node), rest)
        else:
            body = escape(text).encode() + f"</{name}>".encode()
        self.splices.replace(node.start, source.end(node), opening + body)


def place_of(paragraph: Paragraph) -> str:
    """What an error calls the paragraph: its id and the beginning of its text."""
    text = paragraph.text.strip()
    return f"{paragraph.id} “{text[:20]}{'…' if len(text) > 20 else ''}”" if text else paragraph.id


def render(
    sources: Mapping[str, Source],
    paragraphs: Mapping[str, Paragraph],
    changes: Mapping[str, Sequence[Change]],
    dim: frozenset[str],
    bindings: Bindings,
) -> dict[str, list[tuple[int, int, bytes]]]:
    """By part, the splices (start, end, bytes; in order) that make `changes` (by paragraph id)."""
    by_part: dict[str, Splices] = {}
    editors: dict[str, ParagraphEditor] = {}
    for id_, wanted in changes.items():
        if not wanted:
            continue
        if id_ not in paragraphs:
            raise FillError("gone", place=id_)
        paragraph = paragraphs[id_]
        editor = editors.setdefault(paragraph.part, ParagraphEditor(sources[paragraph.part], dim, bindings))
        editor.change(paragraph, wanted)
        together = by_part.setdefault(paragraph.part, Splices(paragraph.part))
        for splice in editor.splices.ordered():
            together.replace(*splice)
        for stored, text in editor.bound:
            by_part.setdefault(stored.part, Splices(place_of(paragraph))).replace(*bindings.splice(stored, text))
    return {part: splices.ordered() for part, splices in by_part.items()}


def _first_piece(text: str) -> tuple[str, str]:
    for index, character in enumerate(text):
        if character in "\n\t":
            return text[:index], text[index:]
    return text, ""


def _lock_fields(source: Source, splices: Splices, fields: list[FieldSpan], change: Change) -> None:
    """Lock a filled merge field: an update without its data source would bring «name» back (ECMA-376, w:fldLock)."""
    for span in fields:
        within = span.start <= change.start and change.end <= span.end
        if span.kind == "merge_field" and within and not span.begin.attribute("fldLock"):
            at = source.open_end(span.begin) - (2 if source.is_empty_tag(span.begin) else 1)
            lock = f' {source.prefix(span.begin)}fldLock="true"'.encode()
            splices.replace(at, at, lock)
