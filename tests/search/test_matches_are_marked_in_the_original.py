from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.search import folding
from fanwen.search.folding import JOIN, canonical, fold_with_origins
from fanwen.search.highlight import matches
from fanwen.search.query import parse
from fanwen.search.snippets import LENGTH, mark, snippet
from tests.search.reference_engine import phrase_pattern


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in matches(parse(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("学习", "全镇學習材料", ["學習"]),
        ("學習", "全镇学习材料", ["学习"]),
        ("abc", "ＡＢＣ与Abc", ["ＡＢＣ", "Abc"]),
        ('"人民法院"', "在人民\n法院旁听", ["人民\n法院"]),
        ('"人民法院"', "在人民 \r\n 法院旁听", ["人民 \r\n 法院"]),
        ('"人民法院"', "人民群众学习民法之后去法院旁听", []),
        ('"第3章"', "共第 3 章节", ["第 3 章"]),
        ("3.5%", "增长3.5%，13.5%", ["3.5%"]),
        ("123456", "共123,456元", ["123,456"]),
        ("m2", "面积3㎡。", []),
        ("C919", "国产c919飞机", ["c919"]),
        ("919", "国产c919飞机", []),
        ("长", "⻓期", ["⻓"]),
        ("通知", "通　知", ["通　知"]),
        ("café", "cafe\u0301开业", ["cafe\u0301"]),
        ("教育局简报", "教育局的简报", ["教育局", "简报"]),
        ("税", "纳税。税务", ["税", "税"]),
        ("防汛 -值班", "防汛值班", ["防汛"]),
    ],
)
def test_what_is_marked(query: str, text: str, wanted: list[str]) -> None:
    assert marked(query, text) == wanted


def test_a_snippet_escapes_all_but_its_marks() -> None:
    assert snippet(parse("学习"), '<script>alert("x")</script>学习 & 工作') == (
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<mark>学习</mark> &amp; 工作"
    )


def test_a_snippet_begins_with_a_sentence_and_joins_broken_lines() -> None:
    text = "头一句没有关系。" * 20 + "全镇干部学\n习了材料，效果很好。" + "末一句也没有关系。" * 20
    shown = snippet(parse("学习"), text)
    assert shown.startswith("全镇干部<mark>学习</mark>了材料，效果很好。")
    assert len(shown) <= LENGTH + len("<mark></mark>…")


def test_a_snippet_keeps_a_heading_apart_from_the_text() -> None:
    text = "二月简报\n全镇各校开展防汛值班演练，检查堤坝和物资\n储备。"
    assert snippet(parse("防汛"), text) == "全镇各校开展<mark>防汛</mark>值班演练，检查堤坝和物资储备。"
    assert snippet(parse("简报"), text) == "二月<mark>简报</mark> 全镇各校开展防汛值班演练，检查堤坝和物资储备。"


def test_a_snippet_inside_a_long_sentence_says_that_it_was_cut() -> None:
    shown = snippet(parse("防汛"), "没有标点的长句" * 60 + "防汛" + "没有标点的长句" * 60)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "<mark>防汛</mark>" in shown


def test_a_snippet_shows_the_place_with_most_of_the_words() -> None:
    text = "先说防汛。" + "无关的话。" * 60 + "再说防汛与值班。" + "无关的话。" * 60
    assert "<mark>防汛</mark>与<mark>值班</mark>" in snippet(parse("防汛 值班"), text)


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert snippet(parse("防汛"), "头一句。第二句。") == "头一句。第二句。"


def test_a_title_is_marked_whole() -> None:
    assert mark(parse("防汛"), "<防汛>预案") == "&lt;<mark>防汛</mark>&gt;预案"


@given(text=st.text(max_size=60))
def test_folding_keeps_track_of_every_character(text: str) -> None:
    folded = fold_with_origins(text)
    assert folded.text.replace(JOIN, "") == canonical(text)
    previous = 0
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert previous <= start < end <= len(text)
        previous = start


@given(
    text=st.text(alphabet="人民ab3. -%\n\u00ad+c", max_size=24),
    phrase=st.text(alphabet="人民ab3. -%+c", min_size=1, max_size=6),
)
def test_what_is_marked_is_what_a_slower_pattern_finds(text: str, phrase: str) -> None:
    plan = parse(f'"{phrase}"')
    if plan.clauses:
        folded = fold_with_origins(text)
        found = [folded.span(*each.span()) for each in re.finditer(phrase_pattern(plan.clauses[0].text), folded.text)]
        assert matches(plan, text) == found


def test_a_shorter_word_is_marked_where_a_longer_one_goes_on() -> None:
    assert marked('"usb c" usb', "usb cable, usb c") == ["usb", "usb c"]


def test_every_character_folds_the_same_alone_and_among_others() -> None:
    table = folding._fold_table()
    for code in (*range(0x10000), *range(0x1F000, 0x20000), *range(0x2F800, 0x2FA20)):
        assert table.fold(chr(code)) == table[chr(code)], hex(code)
