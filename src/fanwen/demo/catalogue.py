"""What the demo library holds: catalogue.yaml as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"


@dataclass(frozen=True)
class Entry:
    """One demo document: its source and the file it becomes."""

    source: Path
    name: str
    """File name, as someone would upload it."""
    title: str
    """Empty where the title is left to be proposed from the document."""
    category: tuple[str, str]
    tags: tuple[str, ...]
    uploader: str
    uploaded_at: datetime
    """Local time of the county, without a zone."""
    encoding: str = "utf-8"
    """Of a text file."""
    scan: bool = False
    """A PDF of page pictures, as out of a scanner."""
    blanks: bool = False
    """A model text with blanks to be filled."""

    @property
    def format(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Uploader:
    username: str
    name: str


@dataclass(frozen=True)
class List:
    """A collection of documents."""

    name: str
    owner: str
    description: str
    worth_seeing: bool
    documents: tuple[str, ...]
    """File names."""


@dataclass(frozen=True)
class Catalogue:
    uploaders: tuple[Uploader, ...]
    entries: tuple[Entry, ...]
    collections: tuple[List, ...] = ()
    read: Mapping[str, int] = field(default_factory=dict)
    """Reads in the last week, by file name."""


def read(path: Path = HERE / "catalogue.yaml") -> Catalogue:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    uploaders = tuple(Uploader(username, name) for username, name in data["uploaders"].items())
    entries = []
    for category, documents in data["documents"].items():
        parent, _, child = category.partition("/")
        for document in documents:
            entries.append(
                Entry(
                    source=SOURCES / document["source"],
                    name=document["name"],
                    title=document.get("title", ""),
                    category=(parent, child),
                    tags=tuple(document["tags"]),
                    uploader=document["uploader"],
                    uploaded_at=datetime.fromisoformat(document["uploaded"]),
                    encoding=document.get("encoding", "utf-8"),
                    scan=document.get("scan", False),
                    blanks=document.get("blanks", False),
                )
            )
    lists = tuple(List(**{**each, "documents": tuple(each["documents"])}) for each in data["collections"])
    return Catalogue(uploaders, tuple(entries), lists, data["read"])
