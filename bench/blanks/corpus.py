"""Reads the labelled documents of `corpus/` (its README.md describes the markup)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from fanwen.blanks.story import Cell, Mark, MarkKind, Passage, Story, Where

CORPUS = Path(__file__).parent / "corpus"
_TOKEN = re.compile(r"⟦|⟧|⟪|⟫|⟨(?:(field|code|link):)?|⟩")
_TYPES = {
    "date", "number", "money", "percent", "ordinal", "person", "organization", "place", "text", "choice", "phone", "id",
    "elision",
}  # fmt: skip
_MARKS = {"field": "field", "code": "code", "link": "hyperlink", "": "underline"}


@dataclass(frozen=True)
class Label:
    """One blank as a person marked it."""

    passage: int
    start: int
    end: int
    kind: str
    type: str | None
    unit: str | None
    hedge: str | None
    group: str | None
    same: str | None
    role: str
    suggestion: str | None


@dataclass
class Labelled:
    name: str
    story: Story
    labels: list[Label] = field(default_factory=list)
    negatives: list[tuple[int, int, int]] = field(default_factory=list)
    """Passage, start, end: nothing in it is a blank."""


def load(half: str) -> list[Labelled]:
    """The documents of `dev` or `test`, by name."""
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted((CORPUS / half).glob("*.txt"))]


def parse(name: str, source: str) -> Labelled:
    reader = _Reader(name)
    for line in source.splitlines():
        reader.line(line)
    return reader.document()


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.passages: list[Passage] = []
        self.labels: list[Label] = []
        self.negatives: list[tuple[int, int, int]] = []
        self.where: Where = "body"
        self.table = -1
        self.row = 0
        self.in_table = False
        self.covered: set[tuple[int, int]] = set()

    def document(self) -> Labelled:
        return Labelled(self.name, Story("markup", tuple(self.passages)), self.labels, self.negatives)

    def line(self, line: str) -> None:
        if line.startswith("%%") or not line:
            return
        if re.fullmatch(r"@[a-z]+", line):
            self.where = cast(Where, line[1:])
            self.in_table = False
        elif line.startswith("│"):
            if not self.in_table:
                self.table, self.row, self.in_table = self.table + 1, 0, True
            self._row(line)
            self.row += 1
        else:
            self.in_table = False
            self._passage("" if line == "¶" else line, None)

    def _row(self, line: str) -> None:
        column = 0
        for part in line.strip().strip("│").split("│"):
            content = part.strip(" ")
            across = down = 1
            while match := re.match(r"([↔↕])(\d+) ?", content):
                across = int(match.group(2)) if match.group(1) == "↔" else across
                down = int(match.group(2)) if match.group(1) == "↕" else down
                content = content[match.end() :]
            if content != "^":
                cell = Cell(self.table, self.row, column, down, across)
                for paragraph in content.split("¶"):
                    self._passage(paragraph, cell)
            column += across

    def _passage(self, markup: str, cell: Cell | None) -> None:
        markup = markup.replace("⏎", "\n").replace("→", "\t")
        index = len(self.passages)
        text = ""
        marks: list[Mark] = []
        stack: list[tuple[str, int]] = []
        position = 0
        while match := _TOKEN.search(markup, position):
            text += markup[position : match.start()]
            position = match.end()
            token = match.group()
            if token == "⟦":
                close = markup.index("⟧", position)
                inner, _, notes = markup[position:close].rpartition("¦")
                self._label(index, text, inner, notes, marks, cell)
                text += inner
                position = close + 1
            elif token == "⟪" or token.startswith("⟨"):
                stack.append((match.group(1) or "" if token != "⟪" else "negative", len(text)))
            else:
                kind, start = stack.pop()
                if kind == "negative":
                    self.negatives.append((index, start, len(text)))
                else:
                    marks.append(Mark(start, len(text), cast(MarkKind, _MARKS[kind])))
        text += markup[position:]
        where = "table" if cell is not None and self.where == "body" else self.where
        self.passages.append(
            Passage(
                f"{self.name}#{index}", where, text, tuple(marks), cell, container=f"cell {cell}" if cell else where
            )
        )

    def _label(self, index: int, text: str, inner: str, notes: str, marks: list[Mark], cell: Cell | None) -> None:
        words = notes.split()
        type_, rest = words[0], words[1:]
        if type_ not in _TYPES:
            raise ValueError(f"{self.name}: unknown type in ⟦{inner}¦{notes}⟧")
        start, end = len(text), len(text) + len(inner)
        unit = hedge = group = same = suggestion = marked = None
        while rest:
            word = rest.pop(0)
            if re.fullmatch(r"g\d+", word):
                group = word
            elif re.fullmatch(r"s\d+", word):
                same = word
            elif word[0] == "~":
                hedge = word[1:]
            elif word[0] == "!":
                suggestion = word[1:]
            elif word.startswith(("control", "merge_field", "form_field")):
                marked, _, kind = word.partition(":")
                data = {"kind": kind, "placeholder": marked == "control"} if kind else {}
                name = rest.pop(0) if rest else ""
                marks.append(
                    Mark(start, end, cast(MarkKind, marked), {**data, "alias" if marked == "control" else "name": name})
                )
            else:
                unit = word
        elision = type_ == "elision"
        self.labels.append(
            Label(
                index,
                start,
                end,
                marked or _kind(inner, cell is not None),
                None if elision else type_,
                unit,
                hedge,
                group,
                same,
                "elision" if elision else "slot",
                suggestion,
            )
        )


def _kind(text: str, cell: bool) -> str:
    if not text:
        return "cell" if cell else "label"
    if text[0] in "_＿":
        return "underscore"
    if text.isspace():
        return "space"
    if text[0] == "某":
        return "placeholder"
    if text[0] in "□☐○":
        return "checkbox"
    if text[0] in "×XxＸ*○△":
        return "cross"
    if text[:2] in ("{{", "${", "<<", "«"):
        return "tag"
    if text[0] in "….·-—":
        return "leader"
    return "prompt"
