from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.app.alike import ALARM
from fanwen.intake.likeness import BANDS, LEAST, ROWS, bands, likeness, signature

PARTS = {
    "who": ["镇中心小学", "县实验中学", "西河街道办事处", "青石乡卫生院", "水利管理站", "图书馆", "港务所", "文化馆"],
    "what": [
        "组织了安全演练",
        "完成了校舍检查",
        "召开了工作例会",
        "走访了困难家庭",
        "修订了值班制度",
        "培训了新进人员",
        "更换了老旧线路",
        "整理了档案资料",
    ],
    "when": ["三月上旬", "四月中旬", "开学以来", "汛期之前", "第二季度", "国庆前后", "年底之前", "寒假期间"],
    "how": [
        "参加人员普遍认真",
        "各项记录完整可查",
        "存在的问题已列出清单",
        "群众反映良好",
        "经费使用符合规定",
        "下一步将继续改进",
        "相关责任落实到人",
        "效果好于往年",
    ],
}
HEAD = "为了总结经验、查找不足、改进工作，现将本年度主要工作情况报告如下。"


def report(seed: int, paragraphs: int = 8) -> list[str]:
    """A made-up summary of the same kind as every other: the same phrases, in its own order."""
    chance = random.Random(seed)
    body = [
        f"{number + 1}、{chance.choice(PARTS['when'])}，{chance.choice(PARTS['who'])}{chance.choice(PARTS['what'])}，共{chance.randrange(20, 900)}人次，"
        f"{chance.choice(PARTS['how'])}；{chance.choice(PARTS['who'])}{chance.choice(PARTS['what'])}，{chance.choice(PARTS['how'])}。"
        for number in range(paragraphs)
    ]
    return [HEAD, *body, "以上报告，请审议。"]


def alike(one: list[str], other: list[str]) -> float:
    return likeness(signature(one), signature(other))


def found(one: list[str], other: list[str]) -> bool:
    """Whether a look-up by bands and then by likeness would tell of it."""
    return bool(set(bands(signature(one))) & set(bands(signature(other)))) and alike(one, other) >= ALARM


def test_one_paragraph_changed_is_nearly_the_same() -> None:
    for seed in range(30):
        text = report(seed)
        edited = [
            *text[:4],
            "这一段是后来重新写的，说的是渡口的灯标与夜间值守的安排，与原来的内容没有关系。",
            *text[5:],
        ]
        assert found(text, edited), f"{alike(text, edited)} of {seed}"


def test_the_same_text_set_otherwise_is_the_same() -> None:
    text = report(1)
    pages = ["\n".join(text[:5]) + "\n\n第1页", "\t".join(text[5:])]
    assert alike(text, pages) > 0.95
    assert found(text, ["".join(text).replace("，", " , ").replace("。", "\n")])


def test_a_paragraph_added_or_left_out_is_nearly_the_same() -> None:
    text = report(2)
    assert found(text, [*text, report(3)[2]])
    assert found(text, text[:-3])


def test_other_documents_of_the_same_kind_raise_no_alarm() -> None:
    texts = [report(seed) for seed in range(40)]
    alarms = [(a, b) for a in range(40) for b in range(a) if found(texts[a], texts[b])]
    assert alarms == []


def test_short_notes_are_not_compared() -> None:
    assert signature(["会议通知：明天上午九点开会。"]) == b""
    assert bands(b"") == []
    assert likeness(b"", b"") == 0.0


def test_signatures_stay_what_they_were() -> None:
    """They are stored: when this fails after an update of rensa, raise `likeness.MADE_BY`."""
    made = signature(["渡口的灯标每天夜里点亮，值守人逐日记录天气与船只。"] * 6)
    assert len(made) == BANDS * ROWS
    assert made[:4].hex() == "0d8f61d9"


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_has_a_signature_or_none(texts: list[str]) -> None:
    made = signature(texts)
    assert len(made) in {0, BANDS * ROWS}
    assert len(bands(made)) == (BANDS if made else 0)
    assert likeness(made, made) == (1.0 if made else 0.0)
    assert sum(map(len, texts)) >= LEAST or not made
