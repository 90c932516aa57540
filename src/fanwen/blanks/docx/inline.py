"""A paragraph's characters and marks, from its runs and what wraps them.

Text that a reader does not see is not text here: deletions, hidden runs, instructions of fields. Complex fields
(begin, instruction, separator, result, end) may run over many paragraphs, so their state outlives a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.docx.controls import box_checked, control_data, control_kind, form_data, is_on
from fanwen.blanks.docx.paragraph import Atom, Control, FieldSpan, Paragraph
from fanwen.blanks.docx.styles import Styles, underline_of
from fanwen.blanks.docx.symbols import symbol
from fanwen.blanks.markup.nodes import Node
from fanwen.blanks.story import Mark, MarkKind

_MERGE_NAME = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_LINK_TARGET = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_ONE_CHARACTER = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_XML_SPACES = " \t\r\n"
_PRESERVE = "http://www.w3.org/XML/1998/namespace space"


@dataclass(slots=True)
class OpenField:
    begin: Node
    instruction: str = ""
    shown: bool = False
    """Past its separator: what follows is displayed."""
    start: int = 0


class InlineReader:
    """Reads the paragraphs of one part in order. `targets` maps relationship ids to hyperlink targets."""

    def __init__(self, styles: Styles, targets: Mapping[str, str], later: Callable[[Node, Paragraph], None]) -> None:
        self._styles = styles
        self._targets = targets
        self._later = later
        self._fields: list[OpenField] = []

    def read(self, paragraph: Paragraph, style: str) -> None:
        """Fill in text, atoms, marks, controls and fields. Text boxes anchored here are handed to `later`."""
        self._paragraph = paragraph
        self._pieces: list[str] = []
        self._length = 0
        self._boxes = 0
        self._special = 0
        self._style_underlines = bool(style) and self._styles.underlines(style)
        for open_field in self._fields:
            open_field.start = 0
        self._children(paragraph.node)
        for open_field in self._fields:
            if open_field.shown:
                self._field_marks(open_field, paragraph)
        paragraph.text = "".join(self._pieces)
        paragraph.marks = _joined(paragraph.marks)

    def _children(self, node: Node) -> None:
        for child in node.children:
            tag = child.tag
            if tag == "w:r":
                self._run(child)
            elif tag == "w:hyperlink":
                target = self._targets.get(child.attribute("id"), "") or child.attribute("anchor")
                self._wrapped(child, "hyperlink", {"target": target}, special=True)
            elif tag in ("w:ins", "w:moveTo"):
                self._wrapped(child, "inserted", {})
            elif tag in ("w:del", "w:moveFrom"):
                self._unread(child)
            elif tag == "w:sdt":
                self._control(child)
            elif tag == "w:fldSimple":
                self._simple_field(child)
            elif tag == "m:t":
                self._text(child, None)
            elif tag == "mc:AlternateContent":
                self._alternate(child, None)
            elif tag == "w:txbxContent":
                self._box(child)

    def _alternate(self, node: Node, run: Node | None) -> None:
        """What programs of today show. The other version is read for its text only where that shows nothing known;
        its text boxes are always collected, to be paired with the ones shown."""
        choice = node.child("mc:Choice")
        fallback = node.child("mc:Fallback")
        before = (self._length, self._boxes)
        for version in (choice, fallback):
            if version is not None and (self._length, self._boxes) == before:
                self._run_children(version, run, underlined=False)
            elif version is not None:
                for box in version.descendants():
                    if box.tag == "w:txbxContent":
                        self._box(box)

    def _box(self, node: Node) -> None:
        self._boxes += 1
        self._later(node, self._paragraph)

    def _run(self, run: Node) -> None:
        properties = run.child("w:rPr")
        underlined = self._style_underlines
        if properties is not None:
            if is_on(properties.child("w:vanish")):
                self._unread(run)
                return
            said = underline_of(properties)
            if said is None:
                style = properties.child("w:rStyle")
                underlined = underlined or (style is not None and self._styles.underlines(style.attribute("val")))
            else:
                underlined = said
        self._run_children(run, run, underlined)

    def _run_children(self, node: Node, run: Node | None, underlined: bool) -> None:
        start = self._length
        for child in node.children:
            tag = child.tag
            if tag in ("w:t", "m:t"):
                self._text(child, run)
            elif tag == "w:fldChar":
                self._field_character(child, run)
            elif tag == "w:instrText":
                if self._fields:
                    self._fields[-1].instruction += child.text
            elif tag in _ONE_CHARACTER:
                breaks = tag == "w:br" and child.attribute("type") in ("page", "column")
                self._add(_ONE_CHARACTER[tag], child, run, "page_break" if breaks else "element")
            elif tag == "w:sym":
                self._add(symbol(child.attribute("font"), child.attribute("char")), child, run, "symbol")
            elif tag == "w:txbxContent":
                self._box(child)
            elif tag == "mc:AlternateContent":
                self._alternate(child, run)
            elif tag == "w:r":  # the base text of a ruby
                self._run(child)
            elif tag == "w:delText":
                self._paragraph.unread.append(child.text)
            elif tag == "w:rt":
                self._unread(child)
        if underlined and self._length > start:
            self._mark(start, "underline", {})

    def _text(self, node: Node, run: Node | None) -> None:
        text = shown_text(node.text, node.attributes.get(_PRESERVE) == "preserve")
        self._add(text, node, run, "text")

    def _add(self, text: str, node: Node, run: Node | None, kind: Any) -> None:
        computed = False
        special = self._special > 0
        for open_field in self._fields:
            if not open_field.shown:
                return
            special = True
            computed = computed or _field_kind(open_field.instruction) == "field"
        self._paragraph.atoms.append(Atom(self._length, text, node, kind, run, computed, special))
        self._pieces.append(text)
        self._length += len(text)

    def _mark(self, start: int, kind: MarkKind, data: dict[str, Any]) -> None:
        self._paragraph.marks.append(Mark(start, self._length, kind, data))

    def _wrapped(self, node: Node, kind: MarkKind, data: dict[str, Any], *, special: bool = False) -> None:
        start = self._length
        self._special += special
        self._children(node)
        self._special -= special
        if self._length > start:
            self._mark(start, kind, data)

    def _control(self, node: Node) -> None:
        start = self._length
        content = node.child("w:sdtContent")
        self._special += 1
        if content is not None:
            self._children(content)
        self._special -= 1
        self._mark(start, "control", control_data(node))
        self._paragraph.controls.append(Control(start, self._length, node, content, control_kind(node)))

    def _simple_field(self, node: Node) -> None:
        field = OpenField(node, node.attribute("instr"), shown=True, start=self._length)
        self._fields.append(field)
        self._children(node)
        self._fields.pop()
        self._field_marks(field, self._paragraph)

    def _field_character(self, node: Node, run: Node | None) -> None:
        kind = node.attribute("fldCharType")
        if kind == "begin":
            self._fields.append(OpenField(node))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
            self._fields[-1].start = self._length
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if _field_kind(field.instruction) == "form_field" and not field.shown:
                field.start = self._length
            form = field.begin.child("w:ffData")
            box = form.child("w:checkBox") if form else None
            if box is not None:
                self._add("☑" if box_checked(box) else "□", box, run, "form_box")
            self._field_marks(field, self._paragraph)

    def _field_marks(self, field: OpenField, paragraph: Paragraph) -> None:
        kind = _field_kind(field.instruction)
        if kind == "field" and self._length == field.start:
            return
        data: dict[str, Any] = {}
        if kind == "merge_field":
            found = _MERGE_NAME.match(field.instruction)
            data = {"name": (found.group(1) or found.group(2)) if found else ""}
        elif kind == "form_field":
            data = form_data(field.instruction, field.begin)
        elif kind == "hyperlink":
            found = _LINK_TARGET.match(field.instruction)
            data = {"target": (found.group(1) or found.group(2) or "") if found else ""}
        self._mark(field.start, kind, data)
        if kind in ("merge_field", "form_field"):
            paragraph.fields.append(FieldSpan(field.start, self._length, field.begin, kind))

    def _unread(self, node: Node) -> None:
        for child in node.descendants():
            if child.tag in ("w:t", "w:delText") and child.text:
                self._paragraph.unread.append(child.text)


def shown_text(text: str, preserve: bool) -> str:
    """What is seen of a text element's characters: blanks at its ends only when they are preserved."""
    if not preserve:
        text = text.strip(_XML_SPACES)
    if "\n" in text or "\r" in text or "\t" in text:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text


def _field_kind(instruction: str) -> MarkKind:
    word = instruction.split(None, 1)[0].upper() if instruction.strip() else ""
    if word == "MERGEFIELD":
        return "merge_field"
    if word in ("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"):
        return "form_field"
    return "hyperlink" if word == "HYPERLINK" else "field"


def _joined(marks: list[Mark]) -> list[Mark]:
    """In order, neighbouring underlines as one: a rule drawn by several runs is one rule."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    joined: list[Mark] = []
    last: int | None = None
    for mark in ordered:
        if mark.kind == "underline":
            if last is not None and joined[last].end == mark.start:
                joined[last] = Mark(joined[last].start, mark.end, "underline")
                continue
            last = len(joined)
        joined.append(mark)
    return joined
