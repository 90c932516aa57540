"""What styles.xml says that matters here: names of styles, and which underline their text."""

from __future__ import annotations

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
        for _ in range(20):  # styles may be based on one another in a circle
            found = self._styles.get(style)
            if found is None:
                return False
            if found.underline is not None:
                return found.underline
            style = found.based_on
        return False


def underline_of(properties: Node | None) -> bool | None:
    """Whether these run properties draw a line under spaces too; None when they say nothing."""
    rule = properties.child("w:u") if properties else None
    return None if rule is None else _draws(rule.attribute("val", "none"))


def _draws(value: str) -> bool:
    # "words" leaves spaces without a line, so it never makes a blank
    return value not in ("none", "words", "0", "false")


def _style(element: etree._Element) -> Style:
    name, based_on, underline = "", "", None
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
    return Style(name, based_on, underline)
