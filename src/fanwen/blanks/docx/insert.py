"""Text put where there is none: an empty cell, an empty control, behind a label."""

from __future__ import annotations

import re

from fanwen.blanks.docx.paragraph import Atom, Paragraph
from fanwen.blanks.docx.runs import text_markup
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices

_NAME = re.compile(rb"<([^\s/>]+)")
_MARK_ONLY = re.compile(rb"^(?:\w+:)?(?:ins|del|moveFrom|moveTo|rPrChange)$")

_Edits = dict[int, tuple[Atom, list[tuple[int, int, str]]]]


def insert(
    source: Source, splices: Splices, paragraph: Paragraph, offset: int, text: str, place: str, edits: _Edits
) -> None:
    """Put `text` at `offset`: into the text before it, else into that after it, else into a run of its own with the
    properties that the paragraph gives its mark. A neighbour in a link, field or control is left alone."""
    if not text:
        return
    for control in paragraph.controls:
        if control.start == control.end == offset and control.content is not None:
            _into_control(source, splices, paragraph, control.content, text)
            return
    before = [atom for atom in paragraph.atoms if atom.end == offset and atom.text]
    after = [atom for atom in paragraph.atoms if atom.start == offset and atom.text]
    span = _field_at(paragraph, offset)
    for atom, at in [*((atom, len(atom.text)) for atom in before[-1:]), *((atom, 0) for atom in after[:1])]:
        if atom.special or atom.kind == "form_box" or atom.run is None:
            continue
        if atom.kind == "text":
            edits.setdefault(atom.node.start, (atom, []))[1].append((at, at, text))
        else:
            where = source.end(atom.node) if at else atom.node.start
            splices.replace(where, where, text_markup(source.prefix(atom.node), text))
        return
    if span is not None or offset != len(paragraph.text):
        raise FillError("computed", place=place)
    _append_run(source, splices, paragraph.node, text)


def _field_at(paragraph: Paragraph, offset: int) -> Node | None:
    """An empty field at `offset`, whose result would have to be made up."""
    for field in paragraph.fields:
        if field.start == field.end == offset:
            return field.begin
    return None


def _append_run(source: Source, splices: Splices, paragraph: Node, text: str) -> None:
    """A run at the paragraph's end; an empty paragraph tag is opened for it."""
    prefix = source.prefix(paragraph)
    runs = paragraph.all("w:r")
    if runs and source.is_empty_tag(runs[-1]):
        runs = []
    if runs and runs[-1] is paragraph.children[-1] and not _holds_field(runs[-1]):
        at = runs[-1].stop
        splices.replace(at, at, text_markup(prefix, text))
        return
    run = _run(source, prefix, _mark_properties(source, paragraph), text)
    _put_last(source, splices, paragraph, run)


def _into_control(source: Source, splices: Splices, paragraph: Paragraph, content: Node, text: str) -> None:
    inside = any(node is paragraph.node for node in content.descendants())
    if inside:  # a control around whole paragraphs: its empty paragraph is the place
        _append_run(source, splices, paragraph.node, text)
        return
    prefix = source.prefix(paragraph.node)
    runs = content.all("w:r")
    if runs and not source.is_empty_tag(runs[-1]):
        splices.replace(runs[-1].stop, runs[-1].stop, text_markup(prefix, text))
        return
    control = content.parent
    settings = control.child("w:sdtPr") if control is not None else None
    own = settings.child("w:rPr") if settings is not None else None
    properties = source.raw(own) if own is not None else _mark_properties(source, paragraph.node)
    _put_last(source, splices, content, _run(source, prefix, properties, text))


def _put_last(source: Source, splices: Splices, parent: Node, markup: bytes) -> None:
    if not source.is_empty_tag(parent):
        splices.replace(parent.stop, parent.stop, markup)
        return
    end = source.open_end(parent)
    name = _name(source.data[parent.start : end])
    opening = source.data[parent.start : end - 2].rstrip() + b">"
    splices.replace(parent.start, end, opening + markup + b"</" + name + b">")


def _run(source: Source, prefix: str, properties: bytes, text: str) -> bytes:
    return f"<{prefix}r>".encode() + properties + text_markup(prefix, text) + f"</{prefix}r>".encode()


def _mark_properties(source: Source, paragraph: Node) -> bytes:
    """The run properties of the paragraph's mark, as Word gives them to what is typed into an empty paragraph."""
    settings = paragraph.child("w:pPr")
    properties = settings.child("w:rPr") if settings is not None else None
    if properties is None or source.is_empty_tag(properties):
        return b""
    raw = source.raw(properties)
    for node in reversed(properties.children):
        if _MARK_ONLY.match(_name(source.data[node.start : node.start + 80])):
            raw = raw[: node.start - properties.start] + raw[source.end(node) - properties.start :]
    return raw


def _name(tag: bytes) -> bytes:
    found = _NAME.match(tag)
    return found.group(1) if found else b""


def _holds_field(run: Node) -> bool:
    return any(node.tag in ("w:fldChar", "w:instrText") for node in run.children)
