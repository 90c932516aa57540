from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.layout import STEPS, Box, PackedPage, boxes, pack, unpack
from fanwen.intake.types import Line

place = st.floats(0, 1)


@st.composite
def some_lines(draw: st.DrawFn) -> list[Line]:
    lines, at = [], 0
    for _ in range(draw(st.integers(0, 6))):
        start = at + draw(st.integers(0, 3))
        length = draw(st.integers(1, 40))
        vertical = draw(st.booleans())
        x, y = draw(place), draw(place)
        edges = draw(st.one_of(st.just([]), st.lists(place, min_size=length, max_size=length)))
        if draw(st.booleans()):
            edges = sorted(edges)
        lines.append(
            Line(start, start + length, x, y, draw(place) * (1 - x), draw(place) * (1 - y), tuple(edges), vertical)
        )
        at = start + length
    return lines


@given(some_lines())
def test_unpacking_gives_back_what_was_packed(lines):
    again = unpack(pack(lines))
    assert len(again) == len(lines)
    for one, other in zip(lines, again, strict=True):
        assert (one.start, one.end, one.vertical) == (other.start, other.end, other.vertical)
        for before, after in (
            (one.x, other.x),
            (one.y, other.y),
            (one.x + one.width, other.x + other.width),
            (one.y + one.height, other.y + other.height),
            *zip(one.edges, other.edges, strict=True),
        ):
            assert abs(before - after) <= 0.5 / STEPS + 1e-9


@given(some_lines())
def test_an_outline_has_the_lines_without_the_edges_of_their_characters(lines):
    page = PackedPage(3, 595.0, 842.0, "text", pack(lines)).outlined()
    assert (page.number, page.width, page.height, page.text) == (3, 595.0, 842.0, "text")
    assert page.lines == tuple(replace(line, edges=()) for line in unpack(pack(lines)))


@given(st.binary(max_size=60))
def test_bytes_that_are_no_packed_lines_are_named_so(blob):
    with contextlib.suppress(ValueError):
        assert unpack(blob) is not None


def test_lines_that_an_earlier_version_packed_are_read():
    blob = bytes.fromhex(
        "01789c63616260d9c2b685ed8ce412462626e62d6ccf7866082f616466629a65bc856d16f3331e0626e606850685673c5bd86632cf62466010"
        "0900155e119a"
    )
    assert unpack(blob) == unpack(pack(LINES))


def test_cut_short_lines_are_refused():
    blob = pack([Line(0, 4, 0.1, 0.1, 0.4, 0.02, (0.2, 0.3, 0.4, 0.5))])
    with pytest.raises(ValueError, match="damaged"):
        unpack(blob[:-6])


def test_a_page_of_han_text_takes_a_few_bytes_a_line():
    lines = [
        Line(row * 41, row * 41 + 40, 0.1, row / 50, 0.8, 0.016, tuple(0.1 + 0.02 * (n + 1) for n in range(40)))
        for row in range(40)
    ]
    assert len(pack(lines)) < 40 * 5


LINES = [
    Line(0, 4, 0.1, 0.1, 0.4, 0.02, (0.2, 0.3, 0.4, 0.5)),
    Line(5, 8, 0.1, 0.2, 0.3, 0.02, (0.2, 0.3, 0.4)),
    Line(9, 11, 0.8, 0.1, 0.05, 0.2, (0.2, 0.3), vertical=True),
    Line(12, 15, 0.5, 0.5, 0.2, 0.1),
]


def rounded(found: list[Box]) -> list[tuple[float, ...]]:
    return [tuple(round(value, 6) for value in (box.x, box.y, box.width, box.height)) for box in found]


def test_a_span_over_two_lines_gives_a_box_on_each():
    assert rounded(boxes(LINES, [(2, 7)])) == [(0.3, 0.1, 0.2, 0.02), (0.1, 0.2, 0.2, 0.02)]


def test_spans_that_meet_on_a_line_share_a_box():
    assert rounded(boxes(LINES, [(2, 3), (1, 2), (1, 3)])) == [(0.2, 0.1, 0.2, 0.02)]


def test_a_vertical_line_is_cut_from_top_to_bottom():
    assert rounded(boxes(LINES, [(10, 11)])) == [(0.8, 0.2, 0.05, 0.1)]


def test_a_line_without_edges_is_boxed_whole():
    assert rounded(boxes(LINES, [(13, 14)])) == [(0.5, 0.5, 0.2, 0.1)]


def test_spans_outside_every_line_have_no_box():
    assert boxes(LINES, [(4, 5), (15, 99), (3, 3)]) == []
    assert boxes([], [(0, 5)]) == []
