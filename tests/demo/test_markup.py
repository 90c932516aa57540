from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.demo import markup
from fanwen.demo.inline import Span, plain, spans
from fanwen.demo.markup import Box, Command, Paragraph, Table


def blocks(body: str) -> list[markup.Block]:
    return markup.read(f"---\nlook: plain\n---\n{body}").blocks()


def test_lines_of_a_chinese_paragraph_are_joined_without_a_space() -> None:
    assert blocks("第一行\n第二行") == [Paragraph("body", "第一行第二行")]


def test_lines_of_an_english_paragraph_are_joined_with_a_space() -> None:
    assert blocks("one\ntwo") == [Paragraph("body", "one two")]


def test_prefixes_start_paragraphs() -> None:
    assert blocks("# 标题\n>< 副题\n\n正文\n\n>> 落款") == [
        Paragraph("title", "标题"),
        Paragraph("centre", "副题"),
        Paragraph("body", "正文"),
        Paragraph("right", "落款"),
    ]


def test_a_table_keeps_empty_cells_and_pipes_in_markup() -> None:
    (table,) = blocks("!table widths=1,2 label=1\n\n| 姓名 |  |\n|---|---|\n| {u|　　} | 甲 |")
    assert isinstance(table, Table)
    assert table.rows == (("姓名", ""), ("{u|　　}", "甲"))
    assert (table.head, table.numbers("widths"), table.numbers("label")) == (1, [1.0, 2.0], [1.0])


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[2, 3\]"):
        blocks("| 甲 | 乙 |\n| 甲 | 乙 | 丙 |")


def test_a_source_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="head"):
        markup.read("# 标题\n")


def test_commands_and_boxes() -> None:
    assert blocks("!pagebreak\n\n!box\n\n甲：\n\n乙：\n\n!end") == [
        Command("pagebreak"),
        Box((Paragraph("body", "甲："), Paragraph("body", "乙："))),
    ]


def test_bold_is_switched_on_and_off() -> None:
    assert list(spans("甲**乙**丙")) == [Span("甲"), Span("乙", bold=True), Span("丙")]


def test_a_tag_in_double_braces_is_text() -> None:
    assert list(spans("甲{{姓名}}乙")) == [Span("甲{{姓名}}乙")]


def test_a_split_parts_runs_and_shows_nothing() -> None:
    assert list(spans("20__{|}年")) == [Span("20__"), Span("年")]


def test_markup_with_wrong_arguments_is_refused() -> None:
    with pytest.raises(ValueError, match="link"):
        list(spans("{link|只有一个}"))


@given(st.text(st.characters(exclude_characters="{}*", exclude_categories=["Cs"])))
def test_text_without_markup_is_kept_as_it_is(text: str) -> None:
    assert plain(text) == text
