from __future__ import annotations

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fanwen.reading.flow import paragraphs
from tests.factories import make_document


def test_a_line_as_long_as_the_page_goes_on() -> None:
    text = "第一段的文字写到了纸的边上为止\n接着在下一行写完。\n第二段从这里开始一直写到边上才\n算完。"
    assert paragraphs(text) == [
        "第一段的文字写到了纸的边上为止接着在下一行写完。",
        "第二段从这里开始一直写到边上才算完。",
    ]


def test_latin_words_are_parted_and_broken_words_are_not() -> None:
    assert paragraphs("a line of words that is long\nand goes on to its end, a well-\nknown one.") == [
        "a line of words that is long and goes on to its end, a well-known one."
    ]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert paragraphs("一二三四五\n\n一二三四五") == ["一二三四五", "一二三四五"]
    assert paragraphs("") == []


@given(st.text(alphabet="ab 一二，。-\n", max_size=200))
def test_no_character_is_lost(text: str) -> None:
    kept = "".join("".join(paragraphs(text)).split())
    assert kept == "".join(text.split())


def test_the_page_shows_them_escaped(english: Client) -> None:
    html = english.get(make_document(["Some <b>words</b> here"]).get_absolute_url()).content.decode()
    assert "<p>Some &lt;b&gt;words&lt;/b&gt; here</p>" in html
