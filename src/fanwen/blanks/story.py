"""A document as detection and filling see it: passages of text with places, and marks over ranges of them.

Reading a file gives a `Story`; detection looks only at the story; filling maps a blank's passage and offsets back to the
file. Offsets count characters of `Passage.text` (Python code points).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Where = Literal["body", "table", "header", "footer", "textbox", "footnote", "endnote"]
MarkKind = Literal[
    "underline",  # text drawn with an underline (spaces under a rule are a blank)
    "control",  # content control: data has tag, alias, kind (text|date|dropdown|checkbox), placeholder: bool, choices
    "merge_field",  # MERGEFIELD: data has name; the range is what the field displays
    "form_field",  # legacy FORMTEXT / FORMCHECKBOX / FORMDROPDOWN: data has name, kind
    "hyperlink",  # data has target
    "inserted",  # tracked insertion (tracked deletions are not part of the text)
    "field",  # any other computed field (page number, table of contents): never a blank
    "code",  # verbatim material, never a blank
]


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    kind: MarkKind
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A passage's place in a table. `table` numbers the story's tables in document order, nested ones too; `row` and
    `column` are grid positions from 0; a merged cell is named by its first position and its spans."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    parent: int | None = None
    """The table that the table is nested in."""


@dataclass(frozen=True)
class Passage:
    """One paragraph (or one spreadsheet cell, or one line of a text file) as a reader sees it.

    A tab is ``\\t``, a line break ``\\n``. An empty table cell is a passage with text "".
    """

    id: str
    """Stable within a file: the part and the position in it, such as ``word/document.xml#12``."""
    where: Where
    text: str
    marks: tuple[Mark, ...] = ()
    cell: Cell | None = None
    style: str = ""
    """The paragraph style's name, lower case (``heading 1``), where there is one."""
    container: str = ""
    """Groups passages that stand together: the part, the text box, the table cell or the sheet."""
    listed: str = ""
    """Which list it is an item of, where the program draws its number or bullet: no character of `text` shows it."""


@dataclass(frozen=True)
class Story:
    """A whole document: header, body (a text box where it is anchored, once), footer, footnotes, endnotes."""

    format: str
    passages: tuple[Passage, ...]
    fillable: bool = True
    reason: str = ""
    """Why it can be read but not filled, where it can't."""
    fixed: frozenset[int] = frozenset()
    """Numbers of the tables to which no rows can be added."""
