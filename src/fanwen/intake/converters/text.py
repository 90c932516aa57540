"""Plain text and Markdown to HTML."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from fanwen.intake import charset
from fanwen.intake.converters.clean import clean
from fanwen.intake.converters.pages import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_PARAGRAPH,
    paragraphs,
    printable,
    write_page,
)
from fanwen.intake.types import Note, Properties

_BYTES_A_CHARACTER = 4
_UNIT = r"(?>data:image/[a-z.+-]{1,20};base64,[A-Za-z0-9+/=]+|.)"
"""A character, or a picture within the text, which stays whole."""
_PIECE = re.compile(rf"{_UNIT}{{1,{MAX_PARAGRAPH}}}(?:(?<=\s)|\Z)|{_UNIT}{{1,{MAX_PARAGRAPH}}}", re.DOTALL)


def read_text(path: Path, limit: int = MAX_CHARACTERS) -> tuple[str, bool]:
    """The first `limit` characters of a text file of any encoding, and whether there were more."""
    with path.open("rb") as file:
        data = file.read(limit * _BYTES_A_CHARACTER)
        more = bool(file.read(1))
    text = printable(charset.decode(data))
    return text[:limit], more or len(text) > limit


def text_page(path: Path, target: Path) -> tuple[Properties, tuple[Note, ...]]:
    """Write the text at `path` as an HTML page. Unix, Windows and old Macintosh line ends are the same."""
    text, cut = read_text(path)
    lines = text.split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        text, cut = "\n".join(lines[:MAX_LINES]), True
    write_page(paragraphs(text), "", target)
    return Properties(), _cut(cut)


def markdown_page(path: Path, target: Path) -> tuple[Properties, tuple[Note, ...]]:
    """Write the Markdown (CommonMark with tables and strikethrough) at `path` as an HTML page."""
    text, cut = read_text(path)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.before("inline", "pieces", _in_pieces)
    body = clean(parser.render(_without_front_matter(text)))
    write_page(body.html, "", target)
    notes = (Note("external_links"),) if body.outside else ()
    return Properties(), notes + _cut(cut)


def _in_pieces(state: StateCore) -> None:
    """Break up what is longer than `MAX_PARAGRAPH`: brackets without end, for one, are parsed in quadratic time."""
    tokens: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type != "inline" or len(token.content) <= MAX_PARAGRAPH:
            tokens.append(token)
            continue
        opened, closed = state.tokens[at - 1], state.tokens[at + 1]
        for number, piece in enumerate(_PIECE.findall(token.content)):
            if number and opened.type == "paragraph_open":
                tokens += [closed, opened]
            tokens.append(token.copy(content=piece, children=[]))
    state.tokens = tokens


def _without_front_matter(text: str) -> str:
    """`text` without the block of settings that some tools put between `---` lines at the top."""
    if text.startswith("---\n") and 0 < (end := text.find("\n---\n", 3)) < 5000:
        return text[end + 5 :]
    return text


def _cut(cut: bool) -> tuple[Note, ...]:
    return (Note("text_cut", {"limit": MAX_CHARACTERS}),) if cut else ()
