"""Where a blank of the file stands in the text of the pages made of it."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document as Docx

from fanwen.blanks import detect, read_story
from fanwen.blanks.app.places import Place, places
from tests.blanks.app.conftest import LINES, write_docx


def located(data: bytes, pages: list[str], folder: Path) -> tuple[list[str], dict[str, Place]]:
    path = folder / "paper.docx"
    path.write_bytes(data)
    story = read_story(path)
    blanks = detect(story)
    return [blank.id for blank in blanks], places(story, blanks, list(enumerate(pages, 1)))


def test_lines_may_break_anywhere_and_pages_too(tmp_path: Path) -> None:
    text = "\n".join(LINES).replace("其中竣工", "其中\n竣 工")
    cut = text.index("验收")
    ids, found = located(write_docx(), [text[:cut], text[cut:]], tmp_path)
    assert list(found) == ids
    assert {found[id_].page for id_ in ids[:4]} == {1}
    assert {found[id_].page for id_ in ids[4:]} == {2}
    pages = [text[:cut], text[cut:]]
    drawn = [pages[found[id_].page - 1][found[id_].start : found[id_].end] for id_ in ids]
    assert drawn == ["____"] * 7 + ["________", "□", "□"]


def test_the_same_words_again_are_the_next_blank(tmp_path: Path) -> None:
    lines = ("甲方签字：____ 日期：____年____月____日", "乙方签字：____ 日期：____年____月____日")
    ids, found = located(write_docx(lines), ["\n".join(lines)], tmp_path)
    starts = [found[id_].start for id_ in ids]
    assert starts == sorted(set(starts))


def test_a_unit_alone_does_not_draw_a_blank_to_the_wrong_word(tmp_path: Path) -> None:
    lines = ("家庭人口", "__人", "人均收入", "____元")
    page = "\n".join(lines)
    ids, found = located(write_docx(lines), [page], tmp_path)
    assert [page[found[id_].start : found[id_].end] for id_ in ids] == ["__", "____"]


def test_a_box_drawn_with_another_character_is_found(tmp_path: Path) -> None:
    ids, found = located(write_docx(("是否竣工：□是 □否",)), ["是否竣工：☐是 ☐否"], tmp_path)
    assert [found[id_].start for id_ in ids] == [5, 8]


def test_an_empty_cell_stands_beside_its_row_and_below_its_head(tmp_path: Path) -> None:
    document = Docx()
    table = document.add_table(rows=3, cols=3)
    for column, text in enumerate(("项目", "计划（万元）", "完成（万元）")):
        table.cell(0, column).text = text
    table.cell(1, 0).text = "校门"
    table.cell(2, 0).text = "围墙"
    held = io.BytesIO()
    document.save(held)
    page = "项目\n计划（万元）\n完成（万元）\n校门\n围墙"
    ids, found = located(held.getvalue(), [page], tmp_path)
    assert len(ids) == 4
    said = [(page[: found[id_].start][-2:], page[slice(*(found[id_].below or (0, 0)))]) for id_ in ids]
    assert said == [
        ("校门", "计划（万元）"),
        ("校门", "完成（万元）"),
        ("围墙", "计划（万元）"),
        ("围墙", "完成（万元）"),
    ]


def test_a_blank_that_the_pages_do_not_show_is_left_out(tmp_path: Path) -> None:
    _, found = located(write_docx(("学校名称：________",)), ["一页完全不同的文字"], tmp_path)
    assert found == {}
