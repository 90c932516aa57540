"""Boxes that are ticked by setting a state instead of a character."""

from __future__ import annotations

from fanwen.blanks.change import Change
from fanwen.blanks.docx.controls import is_on
from fanwen.blanks.docx.paragraph import Atom, Control, Paragraph
from fanwen.blanks.docx.symbols import EMPTY, TICKED
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, escape

_DEFAULT_STATES = {True: ("2612", "MS Gothic"), False: ("2610", "MS Gothic")}


def tick(source: Source, splices: Splices, paragraph: Paragraph, change: Change, place: str) -> bool:
    """Tick or clear the box at `change`; False when it is a plain character, to be replaced like any text."""
    for control in paragraph.controls:
        if control.kind == "checkbox" and control.start <= change.start and change.end <= control.end:
            _tick_control(source, splices, control, paragraph, bool(change.checked), place)
            return True
    for atom in paragraph.atoms:
        if atom.start < change.end and change.start < atom.end:
            if atom.kind == "form_box":
                _tick_form(source, splices, atom.node, bool(change.checked))
                return True
            if atom.kind == "symbol":
                _tick_symbol(source, splices, atom, bool(change.checked), place)
                return True
    return False


def _tick_form(source: Source, splices: Splices, box: Node, checked: bool) -> None:
    prefix = source.prefix(box)
    markup = f'<{prefix}checked {prefix}val="{int(checked)}"/>'.encode()
    present = box.child("w:checked")
    if present is not None:
        if is_on(present) != checked:
            splices.replace(present.start, source.end(present), markup)
    elif source.is_empty_tag(box):
        end = source.open_end(box)
        splices.replace(end - 2, end, b">" + markup + f"</{prefix}checkBox>".encode())
    else:
        splices.replace(box.stop, box.stop, markup)


def _tick_symbol(source: Source, splices: Splices, atom: Atom, checked: bool, place: str) -> None:
    node = atom.node
    code = (TICKED if checked else EMPTY).get(node.attribute("font").strip().lower())
    if code is None:
        raise FillError("no_tick", place=place)
    old = node.attribute("char").encode()
    raw = source.raw(node)
    for quote in (b'"', b"'"):
        written = b"char=" + quote + old + quote
        if written in raw:
            new = f"F0{code:02X}".encode()
            splices.replace(node.start, source.end(node), raw.replace(written, b"char=" + quote + new + quote, 1))
            return
    raise FillError("no_tick", place=place)


def _tick_control(
    source: Source, splices: Splices, control: Control, paragraph: Paragraph, checked: bool, place: str
) -> None:
    properties = control.node.child("w:sdtPr")
    box = properties.child("w14:checkbox") if properties else None
    atoms = [atom for atom in paragraph.atoms if control.start <= atom.start and atom.end <= control.end and atom.text]
    if box is None or len(atoms) != 1 or len(atoms[0].text) != 1:
        raise FillError("no_tick", place=place)
    prefix = source.prefix(box)
    present = box.child("w14:checked")
    markup = f'<{prefix}checked {prefix}val="{int(checked)}"/>'.encode()
    if present is not None:
        if is_on(present) == checked:
            return
        splices.replace(present.start, source.end(present), markup)
    elif source.is_empty_tag(box):
        end = source.open_end(box)
        splices.replace(end - 2, end, b">" + markup + f"</{prefix}checkbox>".encode())
    else:  # the state stands first (MS-DOCX 2.6.3)
        at = source.open_end(box)
        splices.replace(at, at, markup)
    _draw(source, splices, box, atoms[0], checked)


def _draw(source: Source, splices: Splices, box: Node, atom: Atom, checked: bool) -> None:
    state = box.child("w14:checkedState" if checked else "w14:uncheckedState")
    code, font = _DEFAULT_STATES[checked]
    if state is not None:
        code, font = state.attribute("val") or code, state.attribute("font") or font
    node, prefix = atom.node, source.prefix(atom.node)
    if atom.kind == "symbol":
        markup = f'<{prefix}sym {prefix}font="{escape(font)}" {prefix}char="{code}"/>'
    else:
        markup = f"<{prefix}t>{escape(chr(int(code, 16)))}</{prefix}t>"
    splices.replace(node.start, source.end(node), markup.encode())
