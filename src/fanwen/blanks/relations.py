"""Which part of an office package refers to which (Open Packaging Conventions, ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from fanwen.blanks.docx.tags import CONTENT_TYPE_TAGS, RELATIONSHIP_TAGS
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.package import Package

_NO_TEXTS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Relation:
    id: str
    kind: str
    """The last word of the relationship's type: ``header``, ``styles``, ``hyperlink``..."""
    target: str
    """Name of the part in the package, or the outside address."""
    external: bool


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of `part` (the package's own for ``""``) in the order they are written."""
    folder, _, name = part.rpartition("/")
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in package:
        return []
    found = []
    for node in Source(package.read(listing), RELATIONSHIP_TAGS, _NO_TEXTS).root.children:
        external = node.attribute("TargetMode") == "External"
        target = node.attribute("Target")
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found.append(Relation(node.attribute("Id"), node.attribute("Type").rpartition("/")[2], target, external))
    return found


def main_part(package: Package) -> str:
    """The part that holds the document itself; empty when the package names none that exists."""
    for relation in relations(package, ""):
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    return ""


def content_type(package: Package, part: str) -> str:
    """The media type that ``[Content_Types].xml`` gives `part`; empty when there is none."""
    listing = "[Content_Types].xml"
    if listing not in package:
        return ""
    extension = part.rpartition(".")[2].lower()
    by_extension = ""
    for node in Source(package.read(listing), CONTENT_TYPE_TAGS, _NO_TEXTS).root.children:
        if node.attribute("PartName").lstrip("/").lower() == part.lower():
            return node.attribute("ContentType")
        if node.tag == "Default" and node.attribute("Extension").lower() == extension:
            by_extension = node.attribute("ContentType")
    return by_extension
