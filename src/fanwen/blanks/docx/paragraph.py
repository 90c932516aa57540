"""A paragraph as read: its characters, each with the element it stands in, and the marks over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fanwen.blanks.markup.nodes import Node
from fanwen.blanks.story import Cell, Mark, Where

AtomKind = Literal[
    "text",  # w:t or m:t: any number of characters
    "element",  # one character drawn by an element of its own: tab, line break, hyphen
    "page_break",
    "symbol",  # w:sym
    "form_box",  # the box of a FORMCHECKBOX; `node` is its w:checkBox
]


@dataclass(slots=True)
class Atom:
    """The characters ``text[start:start + len(text)]`` of a paragraph and the element that holds them."""

    start: int
    text: str
    node: Node
    kind: AtomKind
    run: Node | None
    computed: bool = False
    """In the result of a field that is computed anew, such as a page number."""
    special: bool = False
    """In a hyperlink, a field or a content control: not a place to put neighbouring text into."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Control:
    """A content control over ``text[start:end]``, or a paragraph that stands wholly in one."""

    start: int
    end: int
    node: Node
    content: Node | None
    kind: str


@dataclass(slots=True)
class FieldSpan:
    """A merge field or text form field whose result is ``text[start:end]``; `begin` is its fldChar or fldSimple."""

    start: int
    end: int
    begin: Node
    kind: str


@dataclass(slots=True)
class Paragraph:
    id: str
    part: str
    node: Node
    where: Where
    text: str = ""
    atoms: list[Atom] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    fields: list[FieldSpan] = field(default_factory=list)
    twins: list[Paragraph] = field(default_factory=list)
    """The same paragraph written again for older programs (``mc:Fallback``)."""
    unread: list[str] = field(default_factory=list)
    """Text in it that a reader does not see: hidden, or deleted with changes tracked."""
    cell: Cell | None = None
    style: str = ""
    container: str = ""
    listed: str = ""
