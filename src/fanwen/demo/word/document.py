"""A source as a DOCX file."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Footer, _Header
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from fanwen.demo.markup import Box, Command, Paragraph, Source, Table
from fanwen.demo.word import runs, tables
from fanwen.demo.word.footnotes import Footnotes
from fanwen.demo.word.looks import LOOKS
from fanwen.demo.word.styles import NAMES, apply
from fanwen.demo.word.textbox import text_box

_PAGE_NUMBERS = {
    "dash": "— {page} —",
    "of": "第 {page} 页　共 {pages} 页",
    "english": "Page {page} of {pages}",
    "none": "",
}


def write(source: Source, target: Path, *, author: str, date: datetime) -> None:
    """Write `target`. The head may give `look`, `header`, `footer`, `number` (of `_PAGE_NUMBERS`), `title`, `subject`."""
    look = LOOKS[source.head.get("look", "official")]
    document = docx.Document()
    apply(document, look)
    footnotes = Footnotes()
    new_page = False
    for number, block in enumerate(source.blocks(), start=1):
        match block:
            case Paragraph():
                paragraph = _paragraph(document, block, footnotes)
                if new_page:
                    paragraph.paragraph_format.page_break_before = True
                    new_page = False
            case Command("pagebreak"):
                new_page = True
            case Table():
                tables.add(document, block, footnotes)
                document.add_paragraph(style="Table Text")
            case Box():
                _box(document, block, footnotes, number)
            case Command():
                _command(document, block)
    _margin_text(document.sections[0].header, source.head.get("header", ""), footnotes)
    _margin_text(document.sections[0].footer, source.head.get("footer", ""), footnotes)
    _margin_text(document.sections[0].footer, _PAGE_NUMBERS[source.head.get("number", "dash")], footnotes)
    footnotes.attach(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = date
    properties.title = source.head.get("title", "")
    properties.subject = source.head.get("subject", "")
    properties.comments = ""
    document.save(str(target))


def _paragraph(document: Document, block: Paragraph, footnotes: Footnotes) -> WordParagraph:
    paragraph = document.add_paragraph(style=NAMES[block.style][0])
    runs.add(paragraph, block.text, footnotes)
    return paragraph


def _box(document: Document, block: Box, footnotes: Footnotes, number: int) -> None:
    """The box's paragraphs are made at the end of the document first, then moved into the box."""
    anchor = document.paragraphs[-1]
    elements = []
    for inner in block.paragraphs:
        paragraph = document.add_paragraph(style="Table Text")
        runs.add(paragraph, inner.text, footnotes)
        elements.append(deepcopy(paragraph._p))
        paragraph._p.getparent().remove(paragraph._p)
    text_box(anchor, elements, number)


def _command(document: Document, command: Command) -> None:
    match command.name:
        case "rule" | "redrule":
            colour, size = ("C8101E", 18) if command.name == "redrule" else ("404040", 6)
            border = f'<w:bottom w:val="single" w:sz="{size}" w:space="1" w:color="{colour}"/>'
            paragraph = document.add_paragraph(style="Flush")
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))
            paragraph.paragraph_format.line_spacing = Pt(8)
            paragraph.paragraph_format.space_after = Pt(14)
        case _:
            raise ValueError(f"no command !{command.name} in a Word document")


def _margin_text(place: _Header | _Footer, text: str, footnotes: Footnotes) -> None:
    """A centred line in a header or footer."""
    if not text:
        return
    first = place.paragraphs[0]
    paragraph = place.add_paragraph() if first.text else first
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.style = "Table Text"
    runs.add(paragraph, text, footnotes)
