"""What a cell holds, and the cell written anew with part of its text changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fanwen.blanks.change import Change
from fanwen.blanks.docx.runs import needs_preserve
from fanwen.blanks.errors import FillError
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.splices import Splices, apply, checked, escape

_TYPE = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
# a figure that the sheet can count with; longer ones (identity numbers) and those with leading zeros are texts
_FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
_STRANGE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Stored:
    text: str
    formula: bool = False
    holder: Node | None = None
    """The si or is that holds the text, with its source; None for a figure or an empty cell."""
    source: Source | None = None
    pieces: tuple[Node, ...] = field(default=())
    """The text elements of the holder, in order."""


def stored(source: Source, cell: Node, shared: tuple[Source | None, list[Node]]) -> Stored:
    """The text of `cell`; a shared string is looked up in `shared`."""
    value = cell.child("v")
    formula = cell.child("f") is not None
    kind = cell.attribute("t", "n")
    if kind == "s" and value is not None and shared[0] is not None:
        index = int(value.text) if value.text.strip().isdigit() else -1
        if 0 <= index < len(shared[1]):
            return held(shared[0], shared[1][index], formula)
    inline = cell.child("is")
    if kind == "inlineStr" and inline is not None:
        return held(source, inline, formula)
    return Stored(value.text if value is not None else "", formula)


def rewritten(source: Source, cell: Node, was: Stored, changes: Sequence[Change], place: str) -> bytes:
    """`cell` with `changes` made, as XML. A figure put into an empty or wholly replaced cell stays a figure; other text
    is kept in the cell, with the formatting of the text it replaces."""
    if was.formula:
        raise FillError("formula", place=place)
    ordered = sorted(changes)
    text = was.text
    for change in reversed(ordered):
        if not 0 <= change.start <= change.end <= len(was.text):
            raise FillError("gone", place=place)
        text = text[: change.start] + checked(change.text, change.name or place) + text[change.end :]
    prefix = source.prefix(cell)
    opening = _TYPE.sub(b"", source.data[cell.start : source.open_end(cell)], count=1)
    opening = opening[:-2].rstrip() + b">" if opening.endswith(b"/>") else opening
    closing = f"</{prefix}c>".encode()
    whole = len(ordered) == 1 and ordered[0].start == 0 and ordered[0].end == len(was.text)
    if whole and _FIGURE.fullmatch(text):
        return opening + f"<{prefix}v>{text}</{prefix}v>".encode() + closing
    opening = opening[:-1] + b' t="inlineStr">'
    if was.holder is not None and was.source is not None and was.source.prefix(was.holder) == prefix:
        inner = edited(was, ordered, place)
    else:
        inner = _text_element(prefix, text)
    return opening + f"<{prefix}is>".encode() + inner + f"</{prefix}is>".encode() + closing


def held(source: Source, holder: Node, formula: bool = False) -> Stored:
    """The text of `holder`, which keeps it in runs and text elements."""
    pieces = []
    for child in holder.children:
        if child.tag == "t":
            pieces.append(child)
        elif child.tag == "r":
            pieces += child.all("t")
    return Stored("".join(_shown(piece) for piece in pieces), formula, holder, source, tuple(pieces))


def edited(was: Stored, changes: Sequence[Change], place: str) -> bytes:
    """The inside of the holder with `changes` made in its text elements, or in its text where it has none."""
    assert was.source is not None
    assert was.holder is not None
    source, holder = was.source, was.holder
    if not was.pieces:
        text = was.text
        for change in reversed(changes):
            text = text[: change.start] + checked(change.text, change.name or place) + text[change.end :]
        return escape(text).encode()
    splices = Splices(place)
    texts: dict[int, str] = {piece.start: _shown(piece) for piece in was.pieces}
    starts: dict[int, int] = {}
    at = 0
    for piece in was.pieces:
        starts[piece.start] = at
        at += len(_shown(piece))
    for change in reversed(changes):
        new = checked(change.text, change.name or place)
        touched = [piece for piece in was.pieces if _meets(change, starts[piece.start], len(_shown(piece)))]
        for piece in touched[:1] if change.start == change.end else touched:
            low = max(0, change.start - starts[piece.start])
            high = min(len(_shown(piece)), change.end - starts[piece.start])
            old = texts[piece.start]
            texts[piece.start] = old[:low] + new + old[high:]
            new = ""
    for piece in was.pieces:
        if texts[piece.start] != _shown(piece):
            markup = _text_element(source.prefix(piece), texts[piece.start])
            splices.replace(piece.start, source.end(piece), markup)
    start, end = source.open_end(holder), holder.stop
    moved = [(low - start, high - start, new) for low, high, new in splices.ordered()]
    return apply(source.data[start:end], moved)


def _meets(change: Change, start: int, length: int) -> bool:
    if change.start == change.end:
        return start <= change.start <= start + length
    return start < change.end and change.start < start + length


def _shown(piece: Node) -> str:
    return piece.text.replace("\r\n", "\n")


def _text_element(prefix: str, text: str) -> bytes:
    # ECMA-376 22.9.2.19: _x0041_ would be read as one character
    safe = _STRANGE.sub(r"_x005F_x\1_", text)
    space = ' xml:space="preserve"' if needs_preserve(safe) or "\n" in safe else ""
    return f"<{prefix}t{space}>{escape(safe)}</{prefix}t>".encode()
