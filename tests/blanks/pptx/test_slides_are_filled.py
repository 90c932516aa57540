from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from pptx.util import Inches, Pt

from fanwen.blanks import diff, read_story
from fanwen.blanks.errors import FillError
from fanwen.blanks.fill import Template
from fanwen.blanks.story import Cell
from tests.blanks.holes import blank, holes, numbered


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "汇报人：____"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text = "登记表"
    table.cell(1, 0).text = "人数"
    box = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1)).text_frame
    line = box.paragraphs[0]
    for text, bold in (("共_", False), ("_", True), ("所", False)):
        run = line.add_run()
        run.text, run.font.bold, run.font.size = text, bold, Pt(20)
    show.save(str(tmp_path / "deck.pptx"))
    return tmp_path / "deck.pptx"


def test_shapes_and_tables_are_passages(deck: Path) -> None:
    story = read_story(deck)
    assert [(passage.where, passage.text, passage.cell) for passage in story.passages] == [
        ("body", "汇报人：____", None),
        ("table", "登记表", Cell(0, 0, 0, 1, 2)),
        ("table", "人数", Cell(0, 1, 0)),
        ("table", "", Cell(0, 1, 1)),
        ("body", "共__所", None),
    ]


def test_only_the_blanks_change(deck: Path, tmp_path: Path) -> None:
    story = read_story(deck)
    empty = next(passage for passage in story.passages if not passage.text)
    blanks = numbered([*holes(story), blank(empty, 0, 0)])
    out = tmp_path / "out.pptx"
    Template(deck, blanks=blanks).fill({"b1": "A&B <1>", "b2": "12", "b3": "350"}, out)
    assert [passage.text for passage in read_story(out).passages] == [
        "汇报人：A&B <1>",
        "登记表",
        "人数",
        "350",
        "共12所",
    ]
    found = diff(deck, out, blanks=blanks)
    assert (found.blanks_changed, found.other_changes) == (3, [])
    runs = pptx.Presentation(str(out)).slides[0].shapes[2].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [("共12", False), ("", True), ("所", False)]


def test_a_line_end_can_not_be_stored_and_says_so(deck: Path, tmp_path: Path) -> None:
    with pytest.raises(FillError) as error:
        Template(deck, blanks=holes(read_story(deck))).fill({"b1": "一\n二"}, tmp_path / "out.pptx")
    assert error.value.code == "single_line"
