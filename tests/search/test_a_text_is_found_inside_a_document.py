from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.search.inside import find
from fanwen.search.page_numbers import body, printed


def places(typed: str, *texts: str) -> list[list[tuple[int, str]]]:
    """The found places as (page, text there)."""
    return [
        [(part.page, texts[part.page - 1][part.start : part.end]) for part in hit]
        for hit in find(list(enumerate(texts, 1)), typed)
    ]


@pytest.mark.parametrize(
    ("typed", "text", "wanted"),
    [
        ("example", "An exam-\nple, an EXAMPLE.", ["exam-\nple", "EXAMPLE"]),
        ("灯塔维修", "关于灯塔\n維修的通知", ["灯塔\n維修"]),
        ("red lamp", "a red\nlamp and a red  lamp", ["red\nlamp", "red  lamp"]),
        ("灯塔 维修", "灯塔维修", ["灯塔维修"]),
        ("第3章", "第 3 章", ["第 3 章"]),
        ("（一）总则", "（一）\n总则", ["（一）\n总则"]),
        ("(", "a (b) （c）", ["(", "（"]),
        ("*", "5 * 3", ["*"]),
        ("100%", "增长１００％", ["１００％"]),
        ("lamp", "lamplight", ["lamp"]),
        ("  ", "a b", []),
        ("x", "", []),
    ],
)
def test_what_is_found_in_a_page(typed: str, text: str, wanted: list[str]) -> None:
    assert [hit[0][1] for hit in places(typed, text)] == wanted


def test_a_place_over_the_end_of_a_page_counts_once() -> None:
    assert places("灯塔维修", "关于灯塔", "维修，灯塔维修") == [
        [(1, "灯塔"), (2, "维修")],
        [(2, "灯塔维修")],
    ]


def test_numbers_printed_between_two_pages_are_read_over() -> None:
    assert places("灯塔维修", "关于灯塔\n— 1 —", "第 2 页\n维修") == [[(1, "灯塔"), (2, "维修")]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("正文\n— 7 —", "7"),
        ("第 7 页，共 40 页\n正文", "7"),
        ("text\n7 / 40\n", "7"),
        ("preface\nvii", "vii"),
        ("text 7", ""),
        ("", ""),
        ("12\n正文\n13", "13"),
    ],
)
def test_the_number_printed_on_a_page(text: str, number: str) -> None:
    assert printed(text) == number


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_whatever_is_typed_finds_places_inside_the_pages(typed: str, texts: list[str]) -> None:
    for hit in find(list(enumerate(texts, 1)), typed):
        assert 1 <= len(hit) <= 2
        for part in hit:
            assert 0 <= part.start < part.end <= len(texts[part.page - 1])


@given(st.text(max_size=80))
def test_a_body_is_a_part_of_its_page(text: str) -> None:
    start, end = body(text)
    assert 0 <= start <= end <= len(text)


@given(st.text(alphabet="灯塔维修abc ，。", min_size=1, max_size=8), st.text(max_size=30), st.text(max_size=30))
def test_what_stands_there_is_found(typed: str, before: str, after: str) -> None:
    if typed.strip():
        assert places(typed, f"{before}。{typed}。{after}")
