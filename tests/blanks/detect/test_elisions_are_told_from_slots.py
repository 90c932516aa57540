import pytest

from fanwen.blanks.detect import TextEvidence
from tests.blanks.detect.marked import found


@pytest.mark.parametrize(
    "text",
    [
        "全校上下精心_，圆满完成任务",
        "得到社会各界的广泛_。",
        "加强_领导，健全机制",
        "评选出一批优秀_员",
        "工会、妇_开展文体活动",
        "利用暑假_教师培训",
        "推进基层_建设",
    ],
)
def test_a_word_lost_from_a_sentence_is_an_elision(text: str) -> None:
    (blank,) = found(text)
    assert blank.role == "elision"
    assert (blank.type, blank.unit, blank.hedge, blank.label) == (None, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "新建_所学校",
        "撰写人：_",
        "_月以来",
        "_市第一中学",
        "考入_大学",
        "与_公司签订协议",
        "_同志任组长",
        "姓名_",
        "负责人：_ 日期：_",
        "精心____，突出重点",
    ],
)
def test_a_place_that_asks_is_a_slot(text: str) -> None:
    assert {blank.role for blank in found(text)} == {"slot"}


def test_crosses_and_placeholders_are_always_slots() -> None:
    assert {blank.role for blank in found("精心×××，某某县积极XX")} == {"slot"}


def test_an_elision_has_a_suggestion_from_the_dictionary() -> None:
    (blank,) = found("全校上下精心_，圆满完成任务")
    assert blank.suggestion is not None
    assert 0 < blank.confidence <= 1


def test_holes_of_a_text_are_judged_together() -> None:
    """One word fits them all, so it was the word that the filter took."""
    blanks = found("学校精心_，周密_。\n为加强_领导，推进基层_建设，各校认真_学习。")
    assert {blank.suggestion for blank in blanks} == {"组织"}


def test_evidence_from_elsewhere_decides_what_stood_there() -> None:
    text = "这项工作受到群众的普遍_。"
    evidence = TextEvidence(["活动受到群众的普遍赞许。", "做法受到群众的普遍赞许，效果很好。"])
    assert found(text, evidence)[0].suggestion == "赞许"


def test_evidence_counts_what_stands_between_two_neighbours() -> None:
    evidence = TextEvidence(["学校精心组织活动", "学校精心策划活动", "单位精心组织活动，成效好"])
    assert evidence.between("精心", "活动") == {"组织": 2, "策划": 1}
    assert evidence.between("没有", "活动") == {}
    assert evidence.between("", "") == {}


def test_evidence_does_not_reach_over_the_end_of_a_clause() -> None:
    assert TextEvidence(["这样精心。组织活动"]).between("精心", "活动") == {}
