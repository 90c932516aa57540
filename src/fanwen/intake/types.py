"""What intake's engines hand to one another.

Lengths on a page are fractions of that page (0..1, from the top left); page sizes are PDF points (1/72 inch).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Family = Literal["word", "sheet", "slides", "pdf", "text", "html", "image", "epub"]


@dataclass(frozen=True)
class Kind:
    """What a file is, by its content."""

    format: str
    """Short lower-case name shown to readers and used in filters: ``docx``, ``doc``, ``wps``, ``pdf``, ``txt``..."""
    family: Family
    mime: str


@dataclass(frozen=True)
class Note:
    """Something a reader should know about a rendition that is not an error, such as a sheet cut at its limit.

    `code` is a key of `fanwen.intake.causes.NOTES`; `params` fill its message.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Properties:
    """The document's own properties, as found, unjudged."""

    title: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True)
class Conversion:
    """A file made readable: its PDF and what was learnt on the way."""

    pdf: Path
    properties: Properties = Properties()
    fonts_missing: tuple[str, ...] = ()
    """Families that the document asks for and that were replaced by another."""
    notes: tuple[Note, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Line:
    """One run of text on a page: ``page.text[start:end]`` and where it stands."""

    start: int
    end: int
    x: float
    y: float
    width: float
    height: float
    edges: tuple[float, ...] = ()
    """End of each character along the writing direction, as a fraction of the page (right edge; bottom when vertical).
    Empty for a line whose characters can't be told apart (set upwards, upside down or right to left): it is one box."""
    vertical: bool = False


@dataclass(frozen=True)
class PageContent:
    """Page `number` (from 1) of a rendition."""

    number: int
    width: float
    height: float
    text: str
    """Reading order. Lines are parted by a newline, or by a tab where they stand side by side on one row, as cells do.
    Empty for a page that is only a picture."""
    lines: tuple[Line, ...] = ()
    recognised: bool = False
    """The text was read from the picture by OCR."""


class IntakeError(Exception):
    """A file that could not be taken in, or a stage that failed.

    `code` is a key of `fanwen.intake.causes.CAUSES`, which says what was wrong and what to do. A `permanent` error comes
    from the file itself and would come again; any other may be tried once more.
    """

    def __init__(self, code: str, *, permanent: bool = True, **params: Any) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.permanent = permanent
        self.params = params
