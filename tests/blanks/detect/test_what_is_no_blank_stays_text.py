import pytest

from tests.blanks.detect.marked import found, spans

NOT_BLANKS = {
    "an e-mail address": "请发邮件至 li_na@example.com 联系。",
    "a web address": "下载：https://example.com/a_b/c__d?x=_y_ 。",
    "a file name": "附件为工作总结_最终版.docx和table_1.xlsx。",
    "an identifier": "变量user_name、__init__和MAX_SIZE不变。",
    "a page's name": "学校工作总结范文_第3页",
    "a decorative rule": "________________________",
    "a rule of dashes": "----------------------",
    "a rule of stars": "**********************",
    "a rule under nothing": "⟨                              ⟩",
    "某 in prose": "某些同学在某种情况下会某一时犯错，某个人除外。",
    "某 in a story": "某日，某公司的李某在某市遇见了张某某。",
    "a size": "工作服有XL、XXL和XXXL三种。",
    "chromosomes": "女性的性染色体为XX，男性为XY，XX染色体不变。",
    "an ellipsis": "他想了想……没有说话………",
    "a multiplication": "3×4=12，长×宽，5 × 6，A4纸21×29.7厘米。",
    "a table of contents": "第一章 总则..........................3\n二、概述……………………………………12",
    "a filled cell": "│ 姓名 │ 张三 │\n│ 电话 │ — │\n│ 备注 │ / │",
    "a computed field": "第⟨field:__⟩页",
    "code": "⟨code:name____ = 姓名：⟩",
    "a heading before its text": "一、指导思想：\n以提高质量为中心，全面推进各项工作，努力办好人民满意的学校。",
    "a lead-in": "现将有关事项通知如下：\n一、时间安排。",
    "a greeting": "各位老师、同学们：\n大家好！今天我们在这里举行开学典礼。",
    "an addressee": "各科室、各单位：\n为做好年终考核工作，现就有关事项通知如下。",
    "a heading in lenticular brackets": "【教学目标】理解平行四边形的性质。",
    "a citation": "见文献[1]和[2]。",
    "a stamp's place": "（盖章）",
    "a note on filling in": "（请用黑色签字笔填写，打√选择。）",
    "a filled label": "时间：9月1日    地点：礼堂",
    "underlined words": "⟨  张 三  ⟩是⟨本校⟩教师",
    "a corner of a table": "│  │ 小学 │ 初中 │\n│ 人数 │ 120 │ 80 │",
    "a spacer column": "│ 姓名 │  │ 电话 │\n│ 张三 │  │ 13800000000 │",
    "a layout table": "│  │  │\n│  │  │",
    "a remark left empty in a table that is filled in": "│ 项目 │ 数量 │ 金额 │ 备注 │\n│ 课桌 │ 120 │ 4800 │  │\n│ 椅子 │ 60 │ 1200 │ 旧 │",
    "a ticked box and those beside it": "性别：☑男 □女",
    "a box that is spoken of": "请在“□”内打√。",
    "markdown's bold": "请注意**公司的规定**和**学校**的要求。",
    "a year in circles": "二○○八年和二〇一〇年",
}


@pytest.mark.parametrize("text", NOT_BLANKS.values(), ids=NOT_BLANKS.keys())
def test_nothing_is_found_in(text: str) -> None:
    assert [(blank.before, blank.text, blank.after) for blank in found(text)] == []


def test_a_rule_beside_words_is_a_blank_though_a_rule_alone_is_none() -> None:
    labelled, detected = spans("____________\n甲方：⟦____________¦organization⟧\n____________")
    assert detected == labelled


@pytest.mark.parametrize("addressee", ["王校长", "李老师", "本公司客户", "青溪县第一中学", "各科室", "尊敬的家长"])
def test_an_addressee_before_the_letter_is_no_label(addressee: str) -> None:
    assert found(f"{addressee}：\n您好！感谢您一直以来对我们工作的支持与帮助，现将有关情况向您汇报。") == ()


def test_the_same_word_at_the_end_is_a_signature() -> None:
    assert [blank.label for blank in found("以上意见请予考虑，妥否，请批示。\n班主任：\n校长：")] == ["班主任", "校长"]
