from hypothesis import given, settings
from hypothesis import strategies as st

from bench.blanks.corpus import load
from fanwen.blanks.detect import detect
from fanwen.blanks.story import Cell, Mark, Passage, Story
from fanwen.blanks.text_story import story_of
from fanwen.blanks.types import Blank

_PIECES = st.sampled_from(
    [
        "_",
        "__",
        "____",
        "＿＿",
        "×",
        "××",
        "X",
        "XX",
        "XXX",
        "x",
        "xx",
        "某",
        "某某",
        "□",
        "☑",
        "○",
        "○○",
        "**",
        "年",
        "月",
        "日",
        "时",
        "分",
        "上午",
        "第",
        "届",
        "所",
        "个",
        "万元",
        "%",
        "元",
        "余",
        "近",
        "达",
        "突破",
        "等",
        "名",
        "县",
        "公司",
        "同志",
        "姓名",
        "性别",
        "电话",
        "甲方",
        "签字",
        "（盖章）",
        "（",
        "）",
        "【",
        "】",
        "[",
        "]",
        "{{",
        "}}",
        "${",
        "}",
        "«",
        "»",
        "<",
        ">",
        "：",
        ":",
        "，",
        "。",
        "；",
        "、",
        "……",
        "…………",
        ".......",
        "------",
        "——",
        "\t",
        "\n",
        "20",
        "3",
        "4",
        "A",
        "b",
        "http://a_b.cn",
        "a@b.cn",
        "x_y.docx",
        "精心",
        "组织",
        "党",
        "员",
        "加强",
        "至",
        "自",
        "日期",
        "请填写",
        "点击此处输入",
        "人民币",
        "￥",
        "大写",
        "day",
        "of",
        "  ",
        "\u3000\u3000",
        " ",
    ]
)
_TEXT = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60)
_MARK_KINDS = st.sampled_from(
    ["underline", "control", "merge_field", "form_field", "hyperlink", "inserted", "field", "code"]
)


@st.composite
def _passages(draw: st.DrawFn) -> Passage:
    text = draw(_TEXT)
    marks = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        data = draw(
            st.sampled_from(
                [{}, {"kind": "text", "alias": "姓名"}, {"kind": "date", "placeholder": True}, {"kind": "checkbox"}]
            )
        )
        marks.append(Mark(start, end, draw(_MARK_KINDS), data))
    cell = None
    if draw(st.booleans()):
        cell = Cell(
            draw(st.integers(0, 2)),
            draw(st.integers(0, 4)),
            draw(st.integers(0, 4)),
            draw(st.integers(1, 3)),
            draw(st.integers(1, 3)),
            draw(st.none() | st.integers(0, 2)),
        )
    return Passage(
        "",
        draw(st.sampled_from(["body", "header", "table"])),
        text,
        tuple(marks),
        cell,
        container=draw(st.sampled_from(["a", "b"])),
    )


def _check(story: Story, blanks: tuple[Blank, ...]) -> None:
    order = {passage.id: index for index, passage in enumerate(story.passages)}
    texts = {passage.id: passage.text for passage in story.passages}
    previous = (-1, 0, 0)
    ids = {blank.id for blank in blanks}
    assert len(ids) == len(blanks)
    for blank in blanks:
        text = texts[blank.passage]
        assert 0 <= blank.start <= blank.end <= len(text)
        assert text[blank.start : blank.end] == blank.text
        assert text[: blank.start].endswith(blank.before)
        assert text[blank.end :].startswith(blank.after)
        place = (order[blank.passage], blank.start, blank.end)
        assert place > previous
        if place[0] == previous[0]:
            assert place[1] >= previous[2]
        previous = place
        assert blank.same_as is None or blank.same_as in ids
        assert (blank.type is None) == (blank.role == "elision")
        assert 0 <= blank.confidence <= 1
        assert blank.name


@settings(max_examples=200, deadline=None)
@given(st.lists(_passages(), max_size=12))
def test_any_story_gives_valid_blanks_in_order(passages: list[Passage]) -> None:
    numbered = tuple(
        Passage(str(index), passage.where, passage.text, passage.marks, passage.cell, passage.style, passage.container)
        for index, passage in enumerate(passages)
    )
    story = Story("x", numbered)
    _check(story, detect(story))


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXT, max_size=10).map("\n".join))
def test_any_text_gives_valid_blanks_in_order(text: str) -> None:
    story = story_of(text)
    _check(story, detect(story))


def test_the_evaluation_set_gives_valid_blanks_in_order() -> None:
    for document in load("dev") + load("test"):
        _check(document.story, detect(document.story))


def test_a_line_of_any_length_takes_time_in_proportion() -> None:
    """Ten times the text takes less than a hundred times as many steps; counted, not timed."""
    import sys

    def steps(text: str) -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(note)
        try:
            detect(story_of(text))
        finally:
            sys.setprofile(None)
        return count

    line = "今年_月完成投资近_万元，____公司×××同志□是，联系人：张三（  ）。"
    steps(line)
    assert steps(line * 200) < 20 * steps(line * 20)
