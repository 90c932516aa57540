"""Content controls that show data kept elsewhere in the package (w:dataBinding): the data is what Word shows when it
opens the file, so filling such a control means changing both (ECMA-376 17.5.2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fanwen.blanks.docx.paragraph import Control
from fanwen.blanks.docx.tokens import meaning
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.plain import parse
from fanwen.blanks.markup.splices import apply, escape
from fanwen.blanks.package import Package
from fanwen.blanks.relations import relations

_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_EXTENDED = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
_STEP = re.compile(r"/(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_ITEM_ID = re.compile(rb"itemID\s*=\s*[\"'](\{[0-9A-Fa-f-]+\})[\"']")


class _EveryName(dict[str, str]):
    """As `tags` of a `Source`: every element gets a node, under its expanded name."""

    def get(self, key: str, default: Any = None) -> Any:
        return key


@dataclass(frozen=True)
class Stored:
    """The element of the part `part` that a control shows."""

    part: str
    node: Node


class Bindings:
    """The data parts of one package, read when first needed."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._parts: dict[str, str] | None = None
        self.sources: dict[str, Source] = {}

    def stored(self, control: Control) -> Stored | None:
        """Where the text of a bound plain-text control is kept; None for other kinds and what can't be resolved (dates
        and lists are kept in another form than they are shown in)."""
        settings = control.node.child("w:sdtPr")
        binding = settings.child("w:dataBinding") if settings else None
        if binding is None or control.kind != "text":
            return None
        part = self._by_item().get(binding.attribute("storeItemID").upper(), "")
        if not part:
            return None
        if part not in self.sources:
            self.sources[part] = Source(self._package.read(part), _EveryName(), frozenset())
        prefixes = dict(_PREFIX.findall(binding.attribute("prefixMappings")))
        node = _found(self.sources[part].root, binding.attribute("xpath"), prefixes)
        return None if node is None or node.children else Stored(part, node)

    def splice(self, stored: Stored, text: str) -> tuple[int, int, bytes]:
        """The replacement that makes `stored` say `text`."""
        source, node = self.sources[stored.part], stored.node
        end = source.open_end(node)
        if not source.is_empty_tag(node):
            return end, node.stop, escape(text).encode()
        opening = source.data[node.start : end - 2].rstrip()
        name = re.match(rb"<([^\s/>]+)", opening)
        closing = b"</" + (name.group(1) if name else b"") + b">"
        return node.start, end, opening + b">" + escape(text).encode() + closing

    def same_but(self, part: str, other: bytes, stored: Iterable[Stored]) -> bool:
        """Whether `other` differs from the part in nothing but the elements `stored`."""
        source = self.sources[part]
        theirs = Source(other, _EveryName(), frozenset())
        numbers = {node.start: number for number, node in enumerate(source.nodes)}
        if len(theirs.nodes) != len(source.nodes):
            return False
        emptied = []
        for version in (source, theirs):
            nodes = [version.nodes[numbers[one.node.start]] for one in stored]
            ranges = sorted({(version.open_end(node), max(version.open_end(node), node.stop)) for node in nodes})
            emptied.append(apply(version.data, [(start, end, b"") for start, end in ranges]))
        return bool(meaning(parse(emptied[0])) == meaning(parse(emptied[1])))

    def _by_item(self) -> dict[str, str]:
        """Data parts by the id that bindings name them with."""
        if self._parts is None:
            self._parts = {}
            for item in relations(self._package, self._main):
                if item.kind == "customXml" and item.target in self._package:
                    for properties in relations(self._package, item.target):
                        found = properties.target in self._package and _ITEM_ID.search(
                            self._package.read(properties.target)
                        )
                        if found:
                            self._parts[found.group(1).decode().upper()] = item.target
            for id_, part in ((_CORE, "docProps/core.xml"), (_EXTENDED, "docProps/app.xml")):
                if part in self._package:
                    self._parts[id_] = part
        return self._parts


def _found(root: Node, path: str, prefixes: dict[str, str]) -> Node | None:
    """The element at a path of plain steps (``/ns0:a[1]/ns0:b[1]``), the only ones that Word writes."""
    node, at = root, 0
    for step in _STEP.finditer(path):
        if step.start() != at:
            return None
        at = step.end()
        uri = prefixes.get(step.group(1) or "", "")
        wanted = f"{uri} {step.group(2)}" if uri else step.group(2)
        alike = [child for child in node.children if child.tag == wanted]
        index = int(step.group(3) or 1) - 1
        if not 0 <= index < len(alike):
            return None
        node = alike[index]
    return node if at == len(path) and at else None
