"""Parse XML into `Node`s that know where they stand in the bytes.

Expat reports byte offsets, loads nothing from outside, and here refuses any document type, so neither outside entities
nor entities that grow can occur. Elements that no reader asked for are passed through: their children belong to the
nearest ancestor that has a node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from fanwen.intake.types import IntakeError

DEPTH_LIMIT = 250
"""Nesting of nodes; real documents stay below a hundred."""

_OPEN_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


_NO_CHILDREN: list[Node] = []
"""Shared by all nodes without children, never changed: most nodes are leaves, and lists cost time and memory."""


class Node:
    """An element: `start` is the offset of its ``<``, `stop` that of its closing tag (of its end, when it is empty)."""

    __slots__ = ("attributes", "children", "parent", "start", "stop", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], start: int, parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.start = start
        self.stop = start
        self.parent = parent
        self.children = _NO_CHILDREN
        self.text = ""

    def attribute(self, name: str, default: str = "") -> str:
        """The attribute with this local name, whatever its namespace."""
        for key, value in self.attributes.items():
            if key == name or key.endswith(" " + name):
                return value
        return default

    def child(self, tag: str) -> Node | None:
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def all(self, tag: str) -> list[Node]:
        return [child for child in self.children if child.tag == tag]

    def descendants(self) -> Iterator[Node]:
        """All nodes below this one in document order."""
        pending = self.children[::-1]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))


class Source:
    """The bytes of one part, as UTF-8 whatever it is stored in, and its tree.

    `tags` maps expanded names (namespace, space, local name) to the short ones that nodes carry; elements with other
    names get no node. Only nodes with a tag in `texts` keep their text. `nodes` are all of them in document order.
    """

    def __init__(self, data: bytes, tags: Mapping[str, str], texts: frozenset[str]) -> None:
        self._codec = _codec(data)
        self._stored = data
        self.data = data if self._codec == "utf-8" else data.decode(self._codec).encode()
        self.root, self.nodes = _parse(self.data, tags, texts)

    def stored(self, data: bytes) -> bytes:
        """`data` (UTF-8) in the encoding of the part."""
        if self._codec == "utf-8":
            return data
        if self._stored.startswith(b"\xfe\xff"):
            return b"\xfe\xff" + data.decode().encode("utf-16-be")
        return data.decode().encode(self._codec)

    def open_end(self, node: Node) -> int:
        """Offset just after the opening tag of `node`."""
        match = _OPEN_TAG.match(self.data, node.start)
        if match is None:
            raise IntakeError("damaged")
        return match.end()

    def is_empty_tag(self, node: Node) -> bool:
        """Whether the element is written ``<a/>``."""
        return self.data[self.open_end(node) - 2] == 0x2F

    def end(self, node: Node) -> int:
        """Offset just after the whole element."""
        if self.is_empty_tag(node):
            return self.open_end(node)
        return self.data.index(b">", node.stop) + 1

    def prefix(self, node: Node) -> str:
        """The namespace prefix that the element is written with, such as ``w:``; empty for the default namespace."""
        name = re.match(rb"<([^\s/>]+)", self.data[node.start : node.start + 200])
        qualified = name.group(1).decode() if name else ""
        return qualified.rpartition(":")[0] + ":" if ":" in qualified else ""

    def raw(self, node: Node) -> bytes:
        return self.data[node.start : self.end(node)]


def _codec(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"<\x00"):
        return "utf-16-le"
    if data.startswith(b"\x00<"):
        return "utf-16-be"
    declared = _DECLARED.match(data)
    name = declared.group(1).decode().lower() if declared else "utf-8"
    if name in ("utf-8", "us-ascii", "ascii"):
        return "utf-8"
    try:
        return name if data.decode(name).encode(name) == data else "utf-8"
    except (LookupError, UnicodeError):
        return "utf-8"


def _parse(data: bytes, tags: Mapping[str, str], texts: frozenset[str]) -> tuple[Node, list[Node]]:
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    root = Node("", {}, 0, None)
    stack = [root]
    nodes: list[Node] = []
    pieces: list[str] | None = None
    known = tags.get

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal pieces
        tag = known(name)
        if tag is None:
            return
        parent = stack[-1]
        node = Node(tag, attributes, parser.CurrentByteIndex, parent)
        if parent.children:
            parent.children.append(node)
        else:
            parent.children = [node]
        nodes.append(node)
        stack.append(node)
        if len(stack) > DEPTH_LIMIT:
            raise IntakeError("damaged")
        if tag in texts:
            pieces = []
            parser.CharacterDataHandler = pieces.append

    def end(name: str) -> None:
        nonlocal pieces
        if known(name) is None:
            return
        node = stack.pop()
        node.stop = parser.CurrentByteIndex
        if pieces is not None and node.tag in texts:
            node.text = "".join(pieces)
            pieces = None
            parser.CharacterDataHandler = None

    def refuse(*_: object) -> None:
        raise IntakeError("damaged")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise IntakeError("damaged") from error
    return root, nodes
