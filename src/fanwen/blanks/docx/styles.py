"""What styles.xml says that matters here: names of styles, which underline their text, and which number it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from fanwen.blanks.markup.nodes import Node
from fanwen.blanks.markup.plain import attribute, local, parse


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str
    underline: bool | None
    """None: as the style it is based on says."""
    listed: str | None = None
    """The list and level that numbers its paragraphs, "" for none; None: as the style it is based on says."""


class Styles:
    """Styles by id. Without a styles part every style is unknown and underlines nothing."""

    def __init__(self, data: bytes | None) -> None:
        self._styles: dict[str, Style] = {}
        if data is not None:
            for element in parse(data):
                if local(element) == "style":
                    self._styles[attribute(element, "styleId")] = _style(element)

    def name(self, style: str) -> str:
        """The name in lower case (``heading 1``); the id itself when the style is not defined."""
        found = self._styles.get(style)
        return found.name if found else style.lower()

    @property
    def dim(self) -> frozenset[str]:
        """Ids of the character style that greys a content control's prompt."""
        found = {id_ for id_, style in self._styles.items() if style.name == "placeholder text"}
        return frozenset({"PlaceholderText", *found})

    def underlines(self, style: str) -> bool:
        return next((one.underline for one in self._ancestry(style) if one.underline is not None), False)

    def listed(self, style: str) -> str:
        """The list and level, such as ``3/0``, whose numbers or bullets the style draws; empty for none."""
        return next((one.listed for one in self._ancestry(style) if one.listed is not None), "")

    def _ancestry(self, style: str) -> Iterator[Style]:
        """The style and those it is based on, which may be a circle."""
        for _ in range(20):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = found.based_on


def underline_of(properties: Node | None) -> bool | None:
    """Whether these run properties draw a line under spaces too; None when they say nothing."""
    rule = properties.child("w:u") if properties else None
    return None if rule is None else _draws(rule.attribute("val", "none"))


def _draws(value: str) -> bool:
    # "words" leaves spaces without a line, so it never makes a blank
    return value not in ("none", "words", "0", "false")


def _style(element: etree._Element) -> Style:
    name, based_on, underline, listed = "", "", None, None
    for child in element:
        tag = local(child)
        if tag == "name":
            name = attribute(child, "val").lower()
        elif tag == "basedOn":
            based_on = attribute(child, "val")
        elif tag == "rPr":
            for rule in child:
                if local(rule) == "u":
                    underline = _draws(attribute(rule, "val", "none"))
        elif tag == "pPr":
            for numbering in child:
                if local(numbering) == "numPr":
                    said = {local(one): attribute(one, "val") for one in numbering}
                    own = said.get("numId", "0")
                    listed = "" if own == "0" else f"{own}/{said.get('ilvl', '0')}"
    return Style(name, based_on, underline, listed)
