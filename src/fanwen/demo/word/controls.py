"""Content controls and legacy form fields, which python-docx does not make."""

from __future__ import annotations

import zlib
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from lxml import etree

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_GREY = '<w:rPr><w:color w:val="808080"/></w:rPr>'


def content_control(kind: str, tag: str, prompt: str, choices: str = "") -> etree._Element:
    """A run-level content control that shows `prompt` as its placeholder; `choices` are parted by slashes."""
    name = quoteattr(tag)
    number = zlib.crc32(tag.encode()) & 0x7FFFFFFF
    match kind:
        case "text":
            properties, shown = "<w:text/>", prompt
        case "date":
            properties = (
                '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
                '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
            )
            shown = prompt
        case "dropdown":
            items = "".join(
                f"<w:listItem w:displayText={quoteattr(choice)} w:value={quoteattr(choice)}/>"
                for choice in choices.split("/")
            )
            properties, shown = f"<w:dropDownList>{items}</w:dropDownList>", prompt
        case "checkbox":
            properties = (
                f'<w14:checkbox {_W14}><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" '
                'w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
            )
            shown = "☐"
        case _:
            raise ValueError(f"no content control of the kind {kind!r}")
    placeholder = "" if kind == "checkbox" else "<w:showingPlcHdr/>"
    look = "" if kind == "checkbox" else _GREY
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:id w:val='{number}'/>"
        f"{placeholder}{properties}</w:sdtPr><w:sdtContent><w:r>{look}"
        f'<w:t xml:space="preserve">{escape(shown)}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def form_field(paragraph: Paragraph, kind: str, name: str) -> None:
    """A legacy form field: `text` shows five spaces, as Word makes it, `check` an empty box."""
    if kind == "text":
        inner, instruction = "<w:textInput/>", "FORMTEXT"
    else:
        inner = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
        instruction = "FORMCHECKBOX"
    data = f"<w:ffData><w:name w:val={quoteattr(name)}/><w:enabled/><w:calcOnExit w:val='0'/>{inner}</w:ffData>"
    pieces = [
        f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:t xml:space="preserve">     </w:t>' if kind == "text" else "",
        '<w:fldChar w:fldCharType="end"/>',
    ]
    for piece in filter(None, pieces):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))
