"""Named paragraph styles of a demo document, after its look."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from fanwen.demo.word.looks import Font, Look

# Style of a source's paragraph -> the style's name in Word and the font of the look it takes.
NAMES = {
    "body": ("Normal", "body"),
    "title": ("Title", "title"),
    "heading 1": ("Heading 1", "heading 1"),
    "heading 2": ("Heading 2", "heading 2"),
    "heading 3": ("Heading 3", "heading 3"),
    "item": ("List Bullet", "body"),
    "small": ("Small Print", "small"),
    "flush": ("Flush", "body"),
    "right": ("Signature", "body"),
    "centre": ("Centred", "body"),
    "letterhead": ("Letterhead", "letterhead"),
    "table": ("Table Text", "table"),
}


def apply(document: Document, look: Look) -> None:
    """Set up the page and every style of `NAMES` in `document`."""
    _speak_chinese(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Cm, look.margins)
    for kind, (name, font) in NAMES.items():
        style = _style(document, name)
        set_font(style, look.fonts[font])
        _set_paragraph(style, kind, look)


def _speak_chinese(document: Document) -> None:
    """python-docx's template is Japanese where it is East Asian, which names Japanese fonts and spaces text their way."""
    for element in (
        document.settings.element.find(qn("w:themeFontLang")),
        document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}"),
    ):
        element.set(qn("w:eastAsia"), "zh-CN")


def _style(document: Document, name: str) -> ParagraphStyle:
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def set_font(style: ParagraphStyle, font: Font) -> None:
    style.font.name = font.latin
    style.font.size = Pt(font.size)
    style.font.bold = font.bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font.east_asian)


def _set_paragraph(style: ParagraphStyle, kind: str, look: Look) -> None:
    form = style.paragraph_format
    size = look.fonts["body"].size
    form.space_before, form.space_after = Pt(0), Pt(look.gap)
    if look.line_pitch:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line_pitch)
    else:
        form.line_spacing = look.line_spacing
    form.first_line_indent = Pt(size * 2) if look.indent else Pt(0)
    if kind in ("title", "centre", "letterhead", "table", "flush", "right", "item"):
        form.first_line_indent = Pt(0)
    if kind in ("title", "letterhead"):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.line_spacing = 1.25
        form.space_before, form.space_after = Pt(6), Pt(16)
    elif kind == "centre":
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "right":
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = Pt(size * 2)
    elif kind == "item":
        form.left_indent, form.first_line_indent = Pt(size * 2), Pt(-size)
    elif kind == "table":
        form.line_spacing, form.space_after = 1.2, Pt(0)
    elif kind.startswith("heading"):
        form.keep_with_next = True
        if not look.line_pitch:
            form.space_before, form.space_after = Pt(10), Pt(4)
    if kind == "letterhead":
        style.font.color.rgb = RGBColor(0xC8, 0x10, 0x1E)
    if kind == "title":
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)
