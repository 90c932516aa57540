"""Shapes on a slide: text, bars, tables, charts."""

from __future__ import annotations

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Length, Pt

from fanwen.demo.inline import plain, spans
from fanwen.demo.markup import Paragraph, Table
from fanwen.demo.slides.looks import GREY, INK, WHITE, Look

Area = tuple[Length, Length, Length, Length]
"""Left, top, width, height."""
_CHARTS = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "pie": XL_CHART_TYPE.PIE,
}


def place(shape: BaseShape, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


def say(paragraph: _Paragraph, text: str, font: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    """Append `text`, in the inline markup, to `paragraph`."""
    for span in spans(text):
        run = paragraph.add_run()
        run.text = span.text
        run.font.size, run.font.name = Pt(size), font
        run.font.bold, run.font.italic, run.font.underline = bold or span.bold, span.italic, span.underline
        run.font.color.rgb = colour
        # python-pptx sets the Latin font only.
        east_asian = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": font})
        run._r.rPr.append(east_asian)


def bullets(frame: TextFrame, texts: list[Paragraph], look: Look, *, beside: bool) -> None:
    """Fill `frame` with `texts`, larger where there are few and nothing stands `beside` them."""
    frame.word_wrap = True
    size, gap = (28, 20) if len(texts) <= 4 and not beside else (24, 14) if len(texts) <= 5 else (20, 8)
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        heading = text.style == "heading 2"
        say(paragraph, text.text, look.text_font, size, look.accent if heading else INK, bold=heading)
        paragraph.space_after = Pt(gap)
        paragraph.line_spacing = 1.15
        if text.style != "item":
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(properties.makeelement(qn("a:buNone"), {}))


def _block(slide: Slide, area: Area, colour: RGBColor) -> BaseShape:
    """A plain coloured rectangle behind everything else."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False
    slide.shapes._spTree.remove(shape._element)
    slide.shapes._spTree.insert(2, shape._element)
    return shape


def bar(slide: Slide, look: Look) -> None:
    _block(slide, (Inches(0.8), Inches(1.3), Inches(11.733), Inches(0.04)), look.accent)
    _block(slide, (Inches(0), Inches(0.45), Inches(0.35), Inches(0.8)), look.accent)


def backdrop(slide: Slide, look: Look, width: Length, height: Length) -> None:
    _block(slide, (Inches(5.67), Inches(3.9), Inches(2), Inches(0.06)), look.accent)
    _block(slide, (Inches(0), height - Inches(0.5), width, Inches(0.5)), look.accent)
    _block(slide, (Inches(0), Inches(0), width, height), look.dark)


def footer(slide: Slide, text: str, number: int, look: Look) -> None:
    box = slide.shapes.add_textbox(Inches(0.8), Inches(6.95), Inches(11.733), Inches(0.4))
    paragraph = box.text_frame.paragraphs[0]
    say(paragraph, f"{text}　{number}" if text else str(number), look.text_font, 12, GREY)
    paragraph.alignment = PP_ALIGN.RIGHT


def table(slide: Slide, source: Table, look: Look, area: Area, _kind: str) -> None:
    """`source` drawn as a table; long tables get smaller rows."""
    left, top, width, height = area
    rows, columns = len(source.rows), len(source.rows[0])
    row_height = Emu(min(int(height / rows), Inches(0.62)))
    grid = slide.shapes.add_table(rows, columns, left, top, width, Emu(row_height * rows)).table
    parts = source.numbers("widths") or [1.0] * columns
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = Emu(int(width * part / sum(parts)))
    size = 18 if rows <= 6 else 15
    short = {column for column in range(columns) if all(len(plain(row[column])) <= 10 for row in source.rows)}
    for row, texts in enumerate(source.rows):
        grid.rows[row].height = row_height
        for column, text in enumerate(texts):
            cell = grid.cell(row, column)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            is_head = row < source.head
            cell.fill.solid()
            cell.fill.fore_color.rgb = look.accent if is_head else look.pale if row % 2 else WHITE
            paragraph = cell.text_frame.paragraphs[0]
            say(paragraph, text, look.text_font, size, WHITE if is_head else INK, bold=is_head)
            paragraph.alignment = PP_ALIGN.CENTER if is_head or column in short else PP_ALIGN.LEFT


def chart(slide: Slide, source: Table, look: Look, area: Area, kind: str) -> None:
    """`source` drawn as a chart: first column the categories, every other one a series."""
    data = CategoryChartData()
    head, *rows = source.rows
    data.categories = [row[0] for row in rows]
    for column, name in enumerate(head[1:], start=1):
        data.add_series(name, [float(row[column]) for row in rows])
    drawn = slide.shapes.add_chart(_CHARTS[kind], *area, data).chart
    drawn.font.size, drawn.font.name = Pt(14), look.text_font
    drawn.has_title = False
    drawn.has_legend = len(head) > 2 or kind == "pie"
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    plot = drawn.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(13)
    if kind != "pie":
        for series, colour in zip(plot.series, (look.accent, look.dark, GREY), strict=False):
            shape = series.format.line if kind == "line" else series.format.fill
            if kind == "line":
                shape.color.rgb = colour
            else:
                shape.solid()
                shape.fore_color.rgb = colour
