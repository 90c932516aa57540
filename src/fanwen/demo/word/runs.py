"""Spans of a paragraph as runs, fields, links, footnotes and content controls of WordprocessingML."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from fanwen.demo.inline import Span, spans
from fanwen.demo.word.controls import content_control, form_field
from fanwen.demo.word.footnotes import Footnotes


def add(paragraph: Paragraph, text: str, footnotes: Footnotes) -> None:
    """Append `text`, in the markup of `fanwen.demo.inline`, to `paragraph`."""
    for span in spans(text):
        match span.kind:
            case "text":
                run = paragraph.add_run(span.text)
                # Only what is switched on: an explicit "not bold" would overrule the style.
                run.bold, run.italic, run.underline = span.bold or None, span.italic or None, span.underline or None
            case "note":
                footnotes.refer(paragraph, span.text)
            case "link":
                _link(paragraph, span)
            case "merge":
                _field(paragraph, f" MERGEFIELD {span.arguments[0]} \\* MERGEFORMAT ", span.text)
            case "page":
                _field(paragraph, " PAGE ", "1")
            case "pages":
                _field(paragraph, " NUMPAGES ", "1")
            case "control":
                paragraph._p.append(content_control(*span.arguments))
            case "form":
                form_field(paragraph, *span.arguments)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    _mark(paragraph.add_run(), "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = instruction
    paragraph.add_run()._r.append(code)
    _mark(paragraph.add_run(), "separate")
    paragraph.add_run(shown)
    _mark(paragraph.add_run(), "end")


def _mark(run: Run, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)


def _link(paragraph: Paragraph, span: Span) -> None:
    relation = paragraph.part.relate_to(span.arguments[0], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link: etree._Element = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(span.text)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)
