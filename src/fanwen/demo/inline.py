"""The markup inside a paragraph or table cell of a demo source, parsed into spans.

    **bold**                        bold
    {u|text}  {i|text}              underlined (spaces too), italic
    {|}                             nothing to see; what follows starts a run of its own
    {note|text}                     footnote
    {link|address|text}             hyperlink
    {merge|name}                    mail merge field
    {control|kind|tag|prompt|a/b}   content control: text, date, dropdown (choices a and b) or checkbox
    {form|kind|name}                legacy form field: text or check
    {page}  {pages}                 page number, number of pages
    {break}  {tab}                  line break, tab

Anything else is text, `{{name}}` and single underscores too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["text", "note", "link", "merge", "control", "form", "page", "pages"]

_TOKEN = re.compile(
    r"(?P<literal>\{\{[^{}]*\}\})|(?P<bold>\*\*)|(?P<split>\{\|\})"
    r"|\{(?P<kind>u|i|note|link|merge|control|form|page|pages|break|tab)(?P<arguments>(?:\|[^{}|]*)*)\}"
)


@dataclass(frozen=True)
class Span:
    """A stretch of equally formatted text, or one thing that is not plain text."""

    text: str = ""
    kind: SpanKind = "text"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    arguments: tuple[str, ...] = ()


def spans(text: str) -> Iterator[Span]:
    """Parse `text`; the spans' texts in order are what a reader sees."""
    bold = False
    pending = ""
    position = 0
    for token in _TOKEN.finditer(text):
        pending += text[position : token.start()]
        position = token.end()
        if token["literal"]:
            pending += token["literal"]
            continue
        if token["kind"] in ("break", "tab"):
            pending += "\n" if token["kind"] == "break" else "\t"
            continue
        if pending:
            yield Span(pending, bold=bold)
            pending = ""
        if token["bold"]:
            bold = not bold
        elif not token["split"]:
            yield _special(token["kind"], tuple(token["arguments"].split("|")[1:]), bold)
    pending += text[position:]
    if pending:
        yield Span(pending, bold=bold)


def _special(kind: str, arguments: tuple[str, ...], bold: bool) -> Span:
    match kind, arguments:
        case "u", (text,):
            return Span(text, bold=bold, underline=True)
        case "i", (text,):
            return Span(text, bold=bold, italic=True)
        case "note", (text,):
            return Span(text, kind="note")
        case "link", (address, text):
            return Span(text, kind="link", arguments=(address,))
        case "merge", (name,):
            return Span(f"«{name}»", kind="merge", arguments=(name,))
        case "control", (_, _, prompt) | (_, _, prompt, _):
            return Span(prompt, kind="control", arguments=arguments)
        case "form", ("text" | "check", _):
            return Span("", kind="form", arguments=arguments)
        case "page" | "pages", ():
            return Span("1", kind="page" if kind == "page" else "pages")
    raise ValueError(f"{{{kind}}} does not take the arguments {arguments!r}")


def plain(text: str) -> str:
    """`text` as a reader sees it, footnotes left out."""
    return "".join(span.text for span in spans(text) if span.kind != "note")
