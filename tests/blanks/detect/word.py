"""A labelled document as a Word file: paragraphs in several runs, tables with merged cells, underlines, controls, fields."""

from __future__ import annotations

import random
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from bench.blanks.corpus import Labelled
from fanwen.blanks.story import Mark, Passage


def write(labelled: Labelled, path: Path, rng: random.Random) -> None:
    """Text of the body, of headers and of footers; a document with other parts is not for this."""
    document = docx.Document()
    passages = list(labelled.story.passages)
    index = 0
    while index < len(passages):
        passage = passages[index]
        if passage.cell is None:
            _fill(_place(document, passage), passage, rng)
            index += 1
            continue
        last = index
        while last < len(passages) and passages[last].cell and passages[last].cell.table == passage.cell.table:
            last += 1
        _table(document, passages[index:last], rng)
        index = last
    document.save(str(path))


def _place(document: Document, passage: Passage) -> Paragraph:
    section = document.sections[0]
    if passage.where in ("header", "footer"):
        part = section.header if passage.where == "header" else section.footer
        first = part.paragraphs[0]
        return part.add_paragraph() if first.text else first
    if passage.where != "body":
        raise ValueError(f"no {passage.where} in a Word file made here")
    return document.add_paragraph()


def _table(document: Document, passages: list[Passage], rng: random.Random) -> None:
    cells = [passage.cell for passage in passages if passage.cell]
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    table = document.add_table(rows=rows, cols=columns)
    seen: set[tuple[int, int]] = set()
    for passage, cell in zip(passages, cells, strict=True):
        place = (cell.row, cell.column)
        corner = table.cell(*place)
        if place not in seen:
            if cell.row_span > 1 or cell.column_span > 1:
                corner = corner.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
            paragraph = corner.paragraphs[0]
        else:
            paragraph = corner.add_paragraph()
        seen.add(place)
        _fill(paragraph, passage, rng)
    # Two tables in succession would be one without a paragraph between them.
    document.add_paragraph()


def _fill(paragraph: Paragraph, passage: Passage, rng: random.Random) -> None:
    text = passage.text
    position = 0
    while position < len(text):
        special = next((mark for mark in passage.marks if mark.start == position and mark.kind in _ELEMENTS), None)
        if special is not None:
            for element in _ELEMENTS[special.kind](text[special.start : special.end], special):
                paragraph._p.append(element)
            position = special.end
            continue
        stops = [mark.start for mark in passage.marks if mark.start > position] + [
            mark.end for mark in passage.marks if mark.end > position
        ]
        end = min([position + rng.randint(1, 12), len(text), *stops])
        run = paragraph.add_run(text[position:end])
        run.bold = rng.random() < 0.2
        run.underline = (
            any(mark.kind == "underline" and mark.start <= position < mark.end for mark in passage.marks) or None
        )
        position = end


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text.replace("&", "&amp;").replace("<", "&lt;")}</w:t></w:r>'


def _control(text: str, mark: Mark) -> list[object]:
    kind = {"date": "<w:date/>", "dropdown": "<w:dropDownList/>"}.get(str(mark.data["kind"]), "<w:text/>")
    shown = "<w:showingPlcHdr/>" if mark.data["placeholder"] else ""
    return [
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{mark.data["alias"]}"/>{shown}{kind}</w:sdtPr>'
            f"<w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>"
        )
    ]


def _merge_field(text: str, mark: Mark) -> list[object]:
    return [
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD {mark.data["name"]} ">{_run(text)}</w:fldSimple>')
    ]


def _field(text: str, mark: Mark) -> list[object]:
    return [parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{_run(text)}</w:fldSimple>')]


def _form_field(text: str, mark: Mark) -> list[object]:
    pieces = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:enabled/><w:textInput/></w:ffData></w:fldChar>',
        '<w:instrText xml:space="preserve"> FORMTEXT </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f'<w:t xml:space="preserve">{text}</w:t>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    return [parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>") for piece in pieces]


_ELEMENTS = {"control": _control, "merge_field": _merge_field, "field": _field, "form_field": _form_field}
