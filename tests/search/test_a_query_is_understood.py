from __future__ import annotations

import pytest

from fanwen.search.query import MOST_CLAUSES, Clause, parse


@pytest.mark.parametrize(
    "typed", ['"人民法院"', "“人民法院”", "「人民法院」", "『人民法院』", "＂人民法院＂", '"人民法院', '“人民法院"']
)
def test_any_quotes_make_a_phrase_even_if_left_open(typed: str) -> None:
    assert parse(typed).clauses == (Clause("人民法院", phrase=True),)


def test_spaces_part_words_and_minus_excludes() -> None:
    plan = parse("防汛 值班 -演练 -“县 里”")
    assert plan.clauses == (Clause("防汛"), Clause("值班"))
    assert plan.without == (Clause("演练"), Clause("县 里", phrase=True)) or len(plan.without) == 2


@pytest.mark.parametrize("typed", ["-", "- 演练", "a-b", "2024-05-01", "3-5"])
def test_a_minus_that_begins_no_word_excludes_nothing(typed: str) -> None:
    assert parse(typed).without == ()


@pytest.mark.parametrize("typed", ["title:总结", "标题:总结", "标题：总结", "TITLE:總結"])
def test_a_title_is_asked_for_in_both_languages(typed: str) -> None:
    assert parse(typed).clauses == (Clause("总结", title=True),)


def test_a_phrase_may_stand_in_the_title() -> None:
    assert parse('title:"工作总结"').clauses == (Clause("工作总结", phrase=True, title=True),)


def test_one_document_is_named_by_its_number_and_anything_else_is_words() -> None:
    assert parse("防汛 in:123456789").document == "123456789"
    plan = parse("in:12")
    assert plan.document == ""
    assert plan.clauses == (Clause("in:12"),)


def test_a_number_alone_is_remembered_as_one() -> None:
    assert parse(" １２３４５６７８９ ").number == "123456789"
    assert parse("123456789 总结").number == ""


def test_letterspaced_text_is_one_word() -> None:
    assert parse("通　知").clauses == (Clause("通知"),)


def test_traditional_wide_and_upper_case_letters_are_folded() -> None:
    assert parse("臺灣 ＡＢＣ").clauses == (Clause("台湾"), Clause("abc"))


def test_a_character_that_punctuation_parts_from_a_phrase_is_not_asked_for() -> None:
    assert parse("“大，精神”").clauses == (Clause("精神", phrase=True),)


def test_repeated_clauses_count_once_and_too_many_are_left_out() -> None:
    assert parse("防汛 防汛").clauses == (Clause("防汛"),)
    assert len(parse(" ".join(f"词{at}" for at in range(100))).clauses) == MOST_CLAUSES
