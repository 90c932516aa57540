"""The Markdown-like format of the demo's sources, parsed into blocks.

A source starts with a YAML head between two lines `---`. Paragraphs are parted by empty lines; the lines of a paragraph
are joined. How a paragraph starts says what it is:

    # title   ## ### ####  headings    - item    ~ small print
    << flush left    >> to the right    >< centred    = red letterhead
    | cells | of a table row |    (a row of dashes closes the head; `<` joins a cell to the left one, `^` to the one above)
    !table widths=2,3,5 label=1    column widths as parts, label columns shaded; for the table that follows
    !pagebreak    !rule    !redrule    !slide KIND    !chart KIND    !box ... !end

`fanwen.demo.inline` says what may stand inside a paragraph or cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_PREFIXES = {
    "# ": "title",
    "## ": "heading 1",
    "### ": "heading 2",
    "#### ": "heading 3",
    "- ": "item",
    "~ ": "small",
    "<< ": "flush",
    ">> ": "right",
    ">< ": "centre",
    "= ": "letterhead",
}
_CELL_BORDER = re.compile(r"\|(?![^{}]*\})")
_HEAD_BORDER = re.compile(r"[|\s:-]+")


@dataclass(frozen=True)
class Paragraph:
    style: str
    text: str


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    head: int
    """How many rows are the head."""
    options: dict[str, str] = field(default_factory=dict)

    def numbers(self, option: str) -> list[float]:
        return [float(part) for part in self.options[option].split(",")] if option in self.options else []


@dataclass(frozen=True)
class Command:
    name: str
    argument: str = ""


@dataclass(frozen=True)
class Box:
    """A text box, anchored at the paragraph before it."""

    paragraphs: tuple[Paragraph, ...]


Block = Paragraph | Table | Command | Box


@dataclass(frozen=True)
class Source:
    head: dict[str, Any]
    body: str

    def blocks(self) -> list[Block]:
        return list(_blocks(self.body))


def read(text: str) -> Source:
    """Split the head from the body; raises ValueError when there is no head."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError("a source starts with a head between two lines of ---")
    return Source(yaml.safe_load(parts[1]) or {}, parts[2].lstrip("\n"))


def _blocks(body: str) -> Iterator[Block]:
    options: dict[str, str] = {}
    box: list[Paragraph] | None = None
    for group in re.split(r"\n\s*\n", body.strip("\n")):
        lines = group.split("\n")
        while lines and lines[0].startswith("!"):
            name, _, argument = lines.pop(0)[1:].partition(" ")
            if name == "table":
                options = dict(part.split("=", 1) for part in argument.split())
            elif name == "box":
                box = []
            elif name == "end":
                yield Box(tuple(box or ()))
                box = None
            else:
                yield Command(name, argument)
        if not lines:
            continue
        if lines[0].startswith("|"):
            yield _table(lines, options)
            options = {}
            continue
        for paragraph in _paragraphs(lines):
            if box is None:
                yield paragraph
            else:
                box.append(paragraph)


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    """A line with a prefix starts a paragraph; a line without goes on with the one before."""
    style, text = "", ""
    for line in lines:
        prefix = next((prefix for prefix in _PREFIXES if line.startswith(prefix)), None)
        if prefix is not None or not style:
            if style:
                yield Paragraph(style, text)
            style = _PREFIXES[prefix] if prefix else "body"
            text = line[len(prefix or "") :]
        else:
            text = _join(text, line)
    yield Paragraph(style, text)


def _join(text: str, line: str) -> str:
    """Latin words need the space that Chinese does without."""
    return f"{text} {line}" if text[-1:].isascii() and line[:1].isascii() else text + line


def _table(lines: list[str], options: dict[str, str]) -> Table:
    rows: list[tuple[str, ...]] = []
    head = 0
    for line in lines:
        if "---" in line and _HEAD_BORDER.fullmatch(line):
            head = len(rows)
        else:
            rows.append(tuple(cell.strip(" ") for cell in _CELL_BORDER.split(line.strip())[1:-1]))
    if len({len(row) for row in rows}) > 1:
        widths = [len(row) for row in rows]
        raise ValueError(f"rows of different lengths {widths} in the table that starts {lines[0]!r}")
    return Table(tuple(rows), head, options)
