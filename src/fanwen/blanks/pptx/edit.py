"""Changes to the paragraphs of slides, as splices: text goes into the run that holds its first character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanwen.blanks.change import Change
from fanwen.blanks.docx.edit import place_of
from fanwen.blanks.docx.paragraph import Atom, Paragraph
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices, checked, escape

_END_NAME = re.compile(rb"endParaRPr")


def change(source: Source, splices: Splices, paragraph: Paragraph, changes: Sequence[Change]) -> None:
    """Make `changes` in `paragraph`. Raises `FillError` (``single_line`` for text with line ends) and `ValueProblem`."""
    place = place_of(paragraph)
    texts: dict[int, str] = {}
    atoms: dict[int, Atom] = {}
    for one in sorted(changes, reverse=True):
        if not 0 <= one.start <= one.end <= len(paragraph.text):
            raise FillError("gone", place=place)
        text = checked(one.text, one.name or place)
        if "\n" in text:
            raise FillError("single_line", place=place)
        touched = _touched(paragraph, one)
        if not touched:
            _add_run(source, splices, paragraph, one.start, text, place)
            continue
        for atom in touched:
            if atom.computed or atom.kind != "text":
                raise FillError("computed" if atom.computed else "page_break", place=place)
            old = texts.get(atom.node.start, atom.text)
            low, high = max(0, one.start - atom.start), min(len(atom.text), one.end - atom.start)
            texts[atom.node.start] = old[:low] + text + old[high:]
            atoms[atom.node.start] = atom
            text = ""
    for start, text in texts.items():
        node = atoms[start].node
        name = source.prefix(node) + node.tag.rpartition(":")[2]
        splices.replace(start, source.end(node), f"<{name}>{escape(text)}</{name}>".encode())


def _touched(paragraph: Paragraph, one: Change) -> list[Atom]:
    if one.start < one.end:
        return [atom for atom in paragraph.atoms if atom.start < one.end and one.start < atom.end]
    plain = [atom for atom in paragraph.atoms if atom.kind == "text" and not atom.computed]
    before = [atom for atom in plain if atom.end == one.start]
    return before[-1:] or [atom for atom in plain if atom.start == one.start][:1]


def _add_run(source: Source, splices: Splices, paragraph: Paragraph, at: int, text: str, place: str) -> None:
    """A run at the end of a paragraph, with the properties that its end has."""
    if at != len(paragraph.text):
        raise FillError("computed", place=place)
    node = paragraph.node
    prefix = source.prefix(node)
    end = node.child("a:endParaRPr")
    properties = b""
    if end is not None:
        raw = source.raw(end)
        properties = _END_NAME.sub(b"rPr", raw, count=1)
        if not source.is_empty_tag(end):
            head, _, tail = properties.rpartition(b"endParaRPr")
            properties = head + b"rPr" + tail
    run = f"<{prefix}r>".encode() + properties + f"<{prefix}t>{escape(text)}</{prefix}t></{prefix}r>".encode()
    if end is not None:
        splices.replace(end.start, end.start, run)
    elif source.is_empty_tag(node):
        opening = source.data[node.start : source.open_end(node) - 2].rstrip() + b">"
        splices.replace(node.start, source.open_end(node), opening + run + f"</{prefix}p>".encode())
    else:
        splices.replace(node.stop, node.stop, run)
