"""Footnotes, which python-docx does not make: a part of their own, and references to it from the text."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SMALL = '<w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/></w:rPr>'
# The line between text and notes, and its form on the next page: Word wants both.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class Footnotes:
    """The footnotes of one document, in the order of their references."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """Put a reference to a new footnote at the end of `paragraph`."""
        self._texts.append(text)
        reference = f'<w:footnoteReference w:id="{len(self._texts)}"/>'
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{_RAISED}{reference}</w:r>"))

    def attach(self, document: Document) -> None:
        """Add the part to `document`; without a footnote there is none."""
        if not self._texts:
            return
        notes = "".join(self._note(number, text) for number, text in enumerate(self._texts, start=1))
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{notes}</w:footnotes>"
        )
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml.encode(), document.part.package)
        document.part.relate_to(part, _RELATION)

    @staticmethod
    def _note(number: int, text: str) -> str:
        spacing = '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr>'
        return (
            f'<w:footnote w:id="{number}"><w:p>{spacing}<w:r>{_RAISED}<w:footnoteRef/></w:r>'
            f'<w:r>{_SMALL}<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
