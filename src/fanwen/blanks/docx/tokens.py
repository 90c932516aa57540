"""A paragraph as a row of tokens that says all it holds: characters with their formatting, and everything else by name.

How characters are spread over runs is not said, nor are revision ids and spelling marks: they change nothing that is
seen. Paragraphs inside (text boxes) are one token here and have rows of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from fanwen.blanks.docx.inline import shown_text
from fanwen.blanks.markup.plain import attribute, local

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_UNSEEN = frozenset({"proofErr", "lastRenderedPageBreak", "rPr"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DRAWN_IN = frozenset({"pPr", "sdtPr", "sdtEndPr", "ffData"})
"""Elements that are one token with all they hold."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "character" (`value` is it) or "element" (`value` is its whole meaning, `loose` what is left of it when
    what filling a blank sets is not counted)."""

    kind: str
    value: Any
    formatting: Any = None
    path: tuple[Any, ...] = ()
    loose: Any = None
    element: etree._Element | None = field(default=None, compare=False)
    is_loose: bool = field(default=False, compare=False)
    """In a template: what filling a blank sets in it is not to be counted."""


def tokens(paragraph: etree._Element) -> list[Token]:
    """The tokens of `paragraph` (w:p or a:p)."""
    found: list[Token] = []
    for child in paragraph:
        _walk(child, None, (), found)
    return found


def meaning(element: etree._Element, *, without: frozenset[str] = frozenset()) -> Any:
    """The element as a value to compare: names, attributes, text and children, without revision ids."""
    children = tuple(
        meaning(child, without=without)
        for child in element
        if isinstance(child.tag, str) and local(child) not in _UNSEEN - {"rPr"} and local(child) not in without
    )
    text = (element.text or "").strip() if children else element.text or ""
    return (element.tag, _attributes(element), text, children)


def _attributes(element: etree._Element, without: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (str(key), str(value))
            for key, value in element.attrib.items()
            if not (name := str(key).rpartition("}")[2]).startswith("rsid") and name not in without
        )
    )


def _walk(element: etree._Element, run: etree._Element | None, path: tuple[Any, ...], found: list[Token]) -> None:
    name = local(element)
    if not name or name in _UNSEEN:
        return
    if name in ("t", "delText", "instrText"):
        formatting = _formatting(run)
        text = shown_text(element.text or "", element.get(_SPACE) == "preserve" or "drawingml" in str(element.tag))
        at = path if name == "t" else (*path, name)
        found += [Token("character", character, formatting, at, element=element) for character in text]
        return
    if name in _CHARACTERS and run is not None:
        value = _CHARACTERS[name]
        if attribute(element, "type") in ("page", "column"):
            found.append(Token("element", meaning(element), _formatting(run), path, element=element))
            return
        found.append(Token("character", value, _formatting(run), path, element=element))
        return
    if name == "sym":
        found.append(Token("character", meaning(element), _formatting(run), path, element=element))
        return
    if name == "p":
        found.append(Token("element", "paragraph"))
        return
    if name in _DRAWN_IN:
        loose = meaning(element, without=frozenset({"showingPlcHdr", "checked", "result"}))
        found.append(Token("element", meaning(element), None, path, loose, element))
        return
    if name in ("r", "fld"):
        if name == "fld":
            found.append(Token("element", (element.tag, _attributes(element)), element=element))
        for child in element:
            _walk(child, element, path, found)
        return
    own = (element.tag, _attributes(element))
    loose = (element.tag, _attributes(element, frozenset({"fldLock"})))
    found.append(Token("element", ("open", *own), None, path, ("open", *loose), element))
    if element.text and element.text.strip():
        found.append(Token("element", ("text", element.text)))
    for child in element:
        _walk(child, run, (*path, own[0]), found)
    found.append(Token("element", ("close", element.tag), None, path))


def _formatting(run: etree._Element | None) -> Any:
    for child in run if run is not None else ():
        if local(child) == "rPr":
            return formatting_of(child)
    return None


def formatting_of(properties: etree._Element, *, without: frozenset[str] = frozenset()) -> Any:
    """Run properties as a value to compare; None when they say nothing."""
    said = meaning(properties, without=without)
    return said if said[1] or said[3] else None
