from __future__ import annotations

import pytest

from fanwen.blanks.errors import ValueProblem
from fanwen.blanks.mask.entities import entities
from fanwen.blanks.mask.lexicon import Lexicon


def masked(text: str, lexicon: str = "", **options: object) -> str:
    """`text` with its sure facts replaced by the house's blank."""
    found = entities({"p": text}, Lexicon.parse(lexicon), **options)["p"]  # type: ignore[arg-type]
    for start, end in reversed([hole for entity in found if entity.sure for hole in entity.holes]):
        text = text[:start] + "_" + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年3月1日，共120所", "_年_月_日，共_所"),
        ("二〇二五年三月一日", "_年_月_日"),
        ("2025-03-01至2025/4/2", "_-_-_至_/_/_"),
        ("上午9:30开始，14时30分结束", "上午_:_开始，_时_分结束"),
        ("投入1,200.5万元，近3.5亿元", "投入_万元，近_亿元"),
        ("达43.5%，提高百分之十二，约２０％", "达_%，提高百分之_，约_％"),
        ("人民币壹拾贰万叁仟元整（￥123000.00）", "人民币_（￥_）"),
        ("第五届运动会，第12届", "第_届运动会，第_届"),
        ("突破200余人次", "突破_余人次"),
        ("十二名教师", "_名教师"),
        ("电话：0750-3321456，手机13800138000", "电话：_，手机_"),
        ("身份证号：11010119900307783X", "身份证号：_"),
        ("邮箱zhang@example.org。", "邮箱_。"),
        ("教发〔2025〕12号", "教发〔_〕_号"),
        ("河源县教育局组织星城市实验中学", "_教育局组织_实验中学"),
        ("甲方：明远科技有限公司", "甲方：_有限公司"),
        ("联系人：王小华", "联系人：_"),
        ("负责人：欧阳明、赵 敏", "负责人：_、_"),
        ("张明校长与李红梅副局长", "_校长与_副局长"),
        ("何先生表示", "_先生表示"),
    ],
)
def test_a_fact_becomes_a_blank_and_its_unit_stays(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一是抓学习，二是抓落实",
        "高考二本、一本上线",
        "一个问题、三个方面、两个确保",
        "1. 加强领导",
        "（一）基本情况",
        "见图3和表2",
        "全县中学、各乡镇学校、有关单位",
        "县一中党委高度重视",
        "认真学习，安全第一",
        "GB/T 1234",
    ],
)
def test_words_and_headings_are_no_facts(text: str) -> None:
    assert masked(text) == text


def test_a_name_found_once_is_found_everywhere() -> None:
    found = entities({"a": "联系人：王小华", "b": "昨天王小华来过"}, Lexicon())
    assert [(entity.sort, entity.start, entity.end) for entity in found["b"] if entity.sure] == [("person", 2, 5)]


def test_what_only_looks_like_a_name_is_not_sure() -> None:
    found = entities({"a": "地点：东风路旁"}, Lexicon())
    assert [(entity.sort, entity.sure) for entity in found["a"]] == [("place", False)]


def test_the_lexicon_adds_and_keeps_words() -> None:
    assert masked("蓝鲸计划由王小华同志主持", "text: 蓝鲸计划\nkeep：王小华 # 已公开") == "_由王小华同志主持"


def test_a_line_of_the_lexicon_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueProblem) as error:
        Lexicon.parse("person: 张明\n人名 李红")
    assert error.value.params["line"] == 2


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    assert masked("王小华同志到120所", sorts=["number"]) == "王小华同志到_所"
