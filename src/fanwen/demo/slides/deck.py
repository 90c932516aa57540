"""A source as a PPTX deck: a title starts the deck, every heading a slide."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches

from fanwen.demo.inline import plain
from fanwen.demo.markup import Block, Command, Paragraph, Source, Table
from fanwen.demo.slides import shapes
from fanwen.demo.slides.looks import LOOKS, WHITE, Look

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_TITLE_LAYOUT, _CONTENT_LAYOUT, _TITLE_ONLY_LAYOUT = 0, 1, 5


def write(source: Source, target: Path, *, author: str, date: datetime) -> None:
    """Write `target`. The head may give `look` (of `LOOKS`) and `footer`. `!slide section` makes the next heading a
    divider, `!chart KIND` draws the next table; small print becomes speaker notes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    look = LOOKS[source.head.get("look", "blue")]
    footer = source.head.get("footer", "")
    for number, group in enumerate(_slides(source.blocks()), start=1):
        _slide(deck, group, look, footer, number)
    properties = deck.core_properties
    properties.author = properties.last_modified_by = author
    properties.title = source.head.get("title", "")
    properties.created = properties.modified = date
    deck.save(str(target))


def _slides(blocks: list[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    start = True
    for block in blocks:
        if isinstance(block, Command) and block.name == "slide":
            groups.append([block])
            start = False
        elif isinstance(block, Paragraph) and block.style in ("title", "heading 1"):
            if start:
                groups.append([])
            groups[-1].append(block)
            start = True
        else:
            groups[-1].append(block)
    return groups


def _slide(deck: Deck, blocks: list[Block], look: Look, footer: str, number: int) -> None:
    commands = {block.name: block.argument for block in blocks if isinstance(block, Command)}
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    heading = next(block for block in paragraphs if block.style in ("title", "heading 1"))
    texts = [block for block in paragraphs if block is not heading and block.style != "small"]
    table = next((block for block in blocks if isinstance(block, Table)), None)
    if heading.style == "title" or commands.get("slide") == "section":
        slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_LAYOUT])
        _cover(slide, heading, texts, look)
    else:
        layout = _CONTENT_LAYOUT if texts else _TITLE_ONLY_LAYOUT
        slide = deck.slides.add_slide(deck.slide_layouts[layout])
        shapes.bar(slide, look)
        _heading(slide, heading, look)
        top, height = Inches(1.5), Inches(5.3)
        if table is not None and texts:
            height = Inches(0.68 * len(texts) + 0.3)
        if texts:
            body = slide.placeholders[1]
            shapes.place(body, Inches(0.8), top, WIDTH - Inches(1.6), height)
            shapes.bullets(body.text_frame, texts, look, beside=table is not None)
        if table is not None:
            start = top + height if texts else top
            room = HEIGHT - start - Inches(0.8)
            draw = shapes.chart if "chart" in commands else shapes.table
            draw(slide, table, look, (Inches(0.8), start, WIDTH - Inches(1.6), room), commands.get("chart", ""))
        shapes.footer(slide, footer, number, look)
    notes = [plain(block.text) for block in paragraphs if block.style == "small"]
    if notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _heading(slide: Slide, heading: Paragraph, look: Look) -> None:
    title = slide.shapes.title
    shapes.place(title, Inches(0.8), Inches(0.4), WIDTH - Inches(1.6), Inches(0.9))
    frame = title.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shapes.say(frame.paragraphs[0], heading.text, look.title_font, 30, look.dark, bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _cover(slide: Slide, heading: Paragraph, texts: list[Paragraph], look: Look) -> None:
    """A whole-page colour with the title in the middle."""
    shapes.backdrop(slide, look, WIDTH, HEIGHT)
    title, below = slide.shapes.title, slide.placeholders[1]
    shapes.place(title, Inches(1), Inches(2.3), WIDTH - Inches(2), Inches(1.5))
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    shapes.say(title.text_frame.paragraphs[0], heading.text, look.title_font, 42, WHITE, bold=True)
    if not texts:
        below._element.getparent().remove(below._element)
        return
    shapes.place(below, Inches(1), Inches(4.1), WIDTH - Inches(2), Inches(0.55 * len(texts) + Emu(1)))
    for number, text in enumerate(texts):
        paragraph = below.text_frame.paragraphs[0] if number == 0 else below.text_frame.add_paragraph()
        shapes.say(paragraph, text.text, look.text_font, 20, look.pale)
        paragraph.alignment = PP_ALIGN.CENTER
