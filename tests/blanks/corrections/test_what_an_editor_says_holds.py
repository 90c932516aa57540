"""Corrections of blanks: what can be said, and that it holds for another version of the file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import detect, read_story
from fanwen.blanks.anchors import paragraph_anchor
from fanwen.blanks.corrections import Corrected, Correction, apply
from fanwen.blanks.editing import Editor
from fanwen.blanks.fields import Field
from fanwen.blanks.optional import OptionalPassage, locate
from fanwen.blanks.story import Passage, Story

LINES = (
    "全市共有学校____所，其中竣工____所，总投入____万元。",
    "验收时间：____年____月____日",
    "学校名称：________",
    "负责人王小明，电话见附件",
    "盖章单位：________",
)


def story_of(*lines: str) -> Story:
    return Story("docx", tuple(Passage(f"p{number}", "body", line) for number, line in enumerate(lines)))


def editor(story: Story, corrections: tuple[Correction, ...] = ()) -> Editor:
    return Editor(story, detect(story), [Correction.from_dict(one.to_dict()) for one in corrections])


def named(editor: Editor, start: str) -> Field:
    return next(field for field in editor.fields if field.name.startswith(start))


def after(story: Story, corrections: tuple[Correction, ...]) -> Editor:
    return editor(story, corrections)


def test_a_field_is_renamed_and_says_what_it_asks_for() -> None:
    story = story_of(*LINES)
    first = editor(story)
    said = {"name": "学校总数", "type": "text", "unit": "座", "help": "按年报", "required": False}
    second = after(story, first.describe(named(first, "全市").id, said))
    found = named(second, "学校总数")
    assert (found.name, found.type, found.unit) == ("学校总数", "text", "座")
    assert second.corrected.details[found.id] == {"help": "按年报", "required": False}
    assert [field.id for field in second.fields] == [field.id for field in first.fields]


def test_a_new_name_keeps_the_parts_of_a_date() -> None:
    story = story_of(*LINES)
    first = editor(story)
    second = after(story, first.describe(named(first, "验收时间").id, {"name": "竣工日期", "type": "date"}))
    assert [blank.name for blank in named(second, "竣工日期").blanks] == [
        "竣工日期（年）",
        "竣工日期（月）",
        "竣工日期（日）",
    ]


def test_what_is_not_a_blank_goes_and_comes_back() -> None:
    story = story_of(*LINES)
    first = editor(story)
    second = after(story, first.drop(named(first, "学校名称").id))
    assert len(second.fields) == len(first.fields) - 1
    assert after(story, second.restore(0)).fields == first.fields


def test_what_was_missed_is_marked() -> None:
    story = story_of(*LINES)
    first = editor(story)
    at = LINES[3].index("王小明")
    second = after(story, first.add("p3", at, at + 3))
    added = next(field for field in second.fields if field.id == "a1")
    assert added.blanks[0].text == "王小明"
    assert [field.id for field in second.fields] == ["b1", "b2", "b3", "g1", "b7", "a1", "b8"]
    with pytest.raises(ValueError, match="p3"):
        second.add("p3", at + 1, at + 2)
    assert after(story, second.drop("a1")).fields == first.fields
    third = after(story, second.add("p3", len(LINES[3]), len(LINES[3])))
    assert next(field for field in third.fields if field.id == "a2").blanks[0].text == ""


def test_two_fields_become_one_fact_and_two_again() -> None:
    story = story_of(*LINES)
    first = editor(story)
    second = after(story, first.merge(named(first, "盖章单位").id, named(first, "学校名称").id))
    assert len(named(second, "学校名称").places) == 2
    third = after(story, second.split(named(second, "学校名称").id))
    assert [field.id for field in third.fields] == [field.id for field in first.fields]


def test_a_dates_parts_are_taken_apart_and_joined() -> None:
    story = story_of(*LINES)
    first = editor(story)
    second = after(story, first.split(named(first, "验收时间").id))
    parts = [field for field in second.fields if field.name.startswith("验收时间")]
    assert len(parts) == 3
    third = after(story, second.join(parts[1].id, parts[0].id))
    third = after(story, third.join(parts[2].id, named(third, "验收时间").id))
    assert [len(field.blanks) for field in third.fields if field.name.startswith("验收时间")] == [3]
    with pytest.raises(ValueError, match="b1"):
        first.join("b1", "g1")


def test_a_word_lost_to_a_filter_becomes_a_fact_and_back() -> None:
    story = story_of("各单位要精心_，突出重点，扎实开展活动。")
    first = editor(story)
    assert first.fields[0].role == "elision"
    second = after(story, first.describe(first.fields[0].id, {"role": "slot"}))
    assert (second.fields[0].role, second.fields[0].type) == ("slot", "text")
    third = after(story, second.describe(second.fields[0].id, {"role": "elision"}))
    assert (third.fields[0].role, third.fields[0].type) == ("elision", None)


def test_corrections_hold_for_a_new_version_and_what_does_not_is_given_back() -> None:
    story = story_of(*LINES)
    first = editor(story)
    said = first.describe(named(first, "竣工").id, {"name": "已竣工"})
    said = after(story, said).describe(named(first, "学校名称").id, {"name": "校名"})
    at = LINES[3].index("王小明")
    said = after(story, said).add("p3", at, at + 3)
    newer = story_of("新的一段。", LINES[0], "另一段：____", LINES[3], LINES[4])
    changed = after(newer, said)
    assert named(changed, "已竣工").unit is not None
    assert any(field.id == "a1" for field in changed.fields)
    assert [one.anchor.before for one in changed.corrected.lost] == ["学校名称："]
    reworded = story_of("我市目前共有学校____所，其中竣工____所，总投入共计____万元。", *LINES[1:])
    assert named(after(reworded, said), "已竣工")


def test_equal_surroundings_are_told_apart_by_their_order() -> None:
    story = story_of("姓名：____", "姓名：____", "姓名：____")
    split = editor(story)
    while joined := next((field for field in split.fields if len(field.places) > 1), None):
        split = after(story, split.split(joined.id))
    second = after(story, split.describe(split.fields[1].id, {"name": "第二位"}))
    assert [field.name for field in second.fields] == ["姓名", "第二位", "姓名"]


def test_an_empty_cell_is_known_by_its_label(tmp_path: Path) -> None:
    document = Docx()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "年龄"
    document.save(str(tmp_path / "cells.docx"))
    story = read_story(tmp_path / "cells.docx")
    first = editor(story)
    second = after(story, first.describe(named(first, "年龄").id, {"name": "周岁"}))
    assert [field.name for field in second.fields] == ["姓名", "周岁"]


def test_an_optional_passage_is_found_again() -> None:
    story = story_of(*LINES)
    first, last = (paragraph_anchor(story.passages[at], story.passages) for at in (1, 2))
    marked = OptionalPassage.from_dict(OptionalPassage("p1", "验收", first, last).to_dict())
    found, missing = locate(story_of("前言", *LINES), [marked])
    assert found[0].paragraphs == ("p2", "p3")
    assert not missing
    assert locate(story_of("别的"), [marked]) == ((), (marked,))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["drop", "split", "name", "merge", "add"]), st.integers(0, 9)), max_size=6))
def test_no_order_of_corrections_loses_or_doubles_a_blank(steps: list[tuple[str, int]]) -> None:
    story = story_of(*LINES)
    work = editor(story)
    for what, number in steps:
        if not work.fields:
            break
        field = work.fields[number % len(work.fields)]
        other = work.fields[(number + 1) % len(work.fields)]
        if what == "drop":
            work = after(story, work.drop(field.id))
        elif what == "split":
            work = after(story, work.split(field.id))
        elif what == "name":
            work = after(story, work.describe(field.id, {"name": f"名{number}"}))
        elif what == "merge" and field != other:
            work = after(story, work.merge(field.id, other.id))
        elif what == "add":
            with suppress(ValueError):  # it is a blank already
                work = after(story, work.add("p3", number % 5, number % 5 + 2))
    corrected: Corrected = apply(story, detect(story), work.corrections)
    ids = [blank.id for blank in corrected.blanks]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(blank.id for field in work.fields for blank in field.blanks)
    for blank in corrected.blanks:
        assert blank.same_as is None or ids.index(blank.same_as) < ids.index(blank.id)
    ranges = [(blank.passage, blank.start, blank.end) for blank in corrected.blanks]
    assert len(set(ranges)) == len(ranges)
