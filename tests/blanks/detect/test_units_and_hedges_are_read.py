import pytest

from tests.blanks.detect.marked import found


@pytest.mark.parametrize(
    ("text", "type_", "unit", "hedge"),
    [
        ("新建学校_所，投入使用", "number", "所", None),
        ("总投入_万元", "money", "万元", None),
        ("斥资近_亿元新建校舍", "money", "亿元", "近"),
        ("开展教研活动_余次", "number", "次", "余"),
        ("开展教学督查_余批次", "number", "批次", "余"),
        ("上线率达_%，比去年高", "percent", "%", "达"),
        ("本科上线人数突破_人", "number", "人", "突破"),
        ("经过笔试、面试等_道程序", "number", "道", "等"),
        ("每月约____元", "money", "元", "约"),
        ("人数超过____人", "number", "人", "超过"),
        ("不超过____天", "number", "天", None),
        ("最近____年", "number", "年", None),
        ("附近____家商店", "number", "家", None),
        ("第_届运动会", "ordinal", "届", None),
        ("建校_周年庆典", "ordinal", "周年", None),
        ("满意度____％", "percent", "％", None),
        ("下降____个百分点", "percent", "个百分点", None),
        ("人民币____元整", "money", "元整", None),
        ("增长____倍", "number", "倍", None),
        ("面积：____（平方米）", "number", "平方米", None),
        ("年龄____岁", "number", "岁", None),
        ("共____个班级", "number", "个", None),
    ],
)
def test_a_figure_has_its_unit_and_hedge(text: str, type_: str, unit: str | None, hedge: str | None) -> None:
    (blank,) = found(text)
    assert (blank.type, blank.unit, blank.hedge) == (type_, unit, hedge)


@pytest.mark.parametrize("text", ["优秀_个人受到表彰", "先进_人员受到表彰", "重点_项目已经完成"])
def test_a_word_that_begins_like_a_measure_word_is_none(text: str) -> None:
    (blank,) = found(text)
    assert blank.unit is None


def test_a_unit_that_stands_only_in_a_column_head_is_the_unit() -> None:
    blanks = found("│ 项目 │ 金额（万元） │ 面积(㎡) │\n│ 场地 │  │  │")
    assert [(blank.type, blank.unit) for blank in blanks] == [("money", "万元"), ("number", "㎡")]


def test_a_unit_above_the_table_counts_for_its_figures() -> None:
    blanks = found("单位：万元\n│ 科目 │ 预算数 │\n│ 办公费 │  │")
    assert [(blank.type, blank.unit) for blank in blanks] == [("money", "万元")]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("联系电话：____", "phone"),
        ("身份证号：____", "id"),
        ("邮政编码：____", "id"),
        ("家庭住址：____", "place"),
        ("工作单位：____", "organization"),
        ("姓  名：____", "person"),
        ("出生年月：____", "date"),
        ("金额（大写）：____", "money"),
        ("合格率：____", "percent"),
        ("人数：____", "number"),
        ("政治面貌：____", "text"),
        ("甲方（签字）：____", "person"),
        ("甲方（盖章）：____", "organization"),
        ("____市人民政府", "place"),
        ("____有限公司", "organization"),
        ("____同志", "person"),
        ("毕业于____，获学士学位", "organization"),
        ("会议由____主持", "person"),
    ],
)
def test_the_words_around_say_the_type(text: str, type_: str) -> None:
    (blank,) = found(text)
    assert blank.type == type_


def test_a_party_with_an_identity_card_is_a_person() -> None:
    blanks = found("甲方：____\n法定代表人：____\n乙方：____\n身份证号：____")
    assert [blank.type for blank in blanks] == ["organization", "person", "person", "id"]
