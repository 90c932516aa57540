import pytest

from tests.blanks.detect.marked import found, spans

FORMS = {
    "a single underscore with its unit": "新建校舍⟦_¦number 所⟧所，投入⟦_¦money 万元⟧万元。",
    "a run of underscores": "姓名：⟦________¦person⟧",
    "full-width underscores": "姓名：⟦＿＿＿＿¦person⟧",
    "both widths in one run": "姓名：⟦__＿＿__¦person⟧",
    "the end of a year": "20⟦__¦date 年⟧年工作总结",
    "underlined spaces": "经办人⟨⟦        ¦person⟧⟩签收",
    "underlined tabs": "地址：⟨⟦→→¦place⟧⟩邮编",
    "crosses": "任命⟦×××¦person⟧同志为科长",
    "a single cross before a name's last word": "⟦×¦place⟧县人民医院",
    "capital letters": "⟦XX¦organization⟧公司章程",
    "small letters": "兹定于⟦xx¦date 月 g1⟧月⟦xx¦date 日 g1⟧日开会",
    "the placeholder 某某": "⟦某某¦organization⟧公司与⟦某某¦organization⟧银行签约",
    "the placeholder 某": "⟦某¦place⟧县教育局工作总结",
    "a prompt in square brackets": "甲方为⟦[公司名称]¦organization⟧。",
    "a prompt in lenticular brackets": "地址：⟦【请填写详细地址】¦place⟧",
    "a prompt in round brackets": "本次会议由⟦（此处填写主持人）¦person⟧主持。",
    "a prompt without brackets": "姓名：⟦请输入姓名¦person⟧",
    "Word's own prompt": "⟦单击或点击此处输入文字。¦text⟧",
    "a tag": "尊敬的⟦{{ 姓名 }}¦person⟧先生：您好。",
    "a tag in the file of a mail merge": "尊敬的⟦«姓名»¦person⟧先生：您好。",
    "a label with nothing after it": "姓名：⟦¦person⟧",
    "labels with spaces after them": "姓名：⟦¦person⟧        性别：⟦¦text⟧        年龄：⟦¦number⟧",
    "a cell at the right of a label": "│ 姓名 │ ⟦¦person⟧ │",
    "cells under a head": "│ 姓名 │ 电话 │ 备注 │\n│ ⟦¦person⟧ │ ⟦¦phone⟧ │ ⟦¦text⟧ │",
    "a dotted leader": "电话：⟦……………………¦phone⟧",
    "a leader of full stops before a unit": "合计⟦..............¦money 元⟧元",
    "a rule of dashes after a label": "姓名：⟦————————¦person⟧",
    "checkboxes": "是否住宿：⟦□¦choice g1⟧是 ⟦□¦choice g1⟧否",
    "checkboxes behind their words": "性别：男⟦□¦choice g1⟧ 女⟦□¦choice g1⟧",
    "boxes for the digits of a number": "邮政编码：⟦□□□□□□¦id⟧",
    "empty brackets": "第（⟦    ¦ordinal⟧）号会议室",
    "square brackets around nothing": "违约金为人民币⟦【   】¦money 元⟧元。",
    "a date of plain spaces": "日期：⟦    ¦date 年 g1⟧年⟦  ¦date 月 g1⟧月⟦  ¦date 日 g1⟧日",
    "a content control": "姓名：⟦点击输入¦person control:text 姓名⟧",
    "an empty content control": "姓名：⟦ ¦person control:text 姓名⟧",
    "a merge field": "姓名：⟦«姓名»¦person merge_field 姓名⟧",
    "a form field": "姓名：⟦     ¦person form_field:text⟧",
    "the lines of two signatures": "甲方（签字）：⟦______¦person⟧　乙方（盖章）：⟦______¦organization⟧",
    "a stamp with nothing after it": "单位（盖章）：⟦¦organization⟧",
}


@pytest.mark.parametrize("markup", FORMS.values(), ids=FORMS.keys())
def test_a_form_is_found_with_its_exact_range(markup: str) -> None:
    labelled, detected = spans(markup)
    assert detected == labelled


@pytest.mark.parametrize("where", ["header", "footer", "textbox", "footnote", "endnote", "body"])
def test_a_blank_is_found_wherever_it_stands(where: str) -> None:
    (blank,) = found(f"@{where}\n合同编号：⟦____¦id⟧")
    assert (blank.where, blank.type) == (where, "id")


def test_an_endnote_is_a_footnote_in_the_json() -> None:
    (blank,) = found("@endnote\n合同编号：⟦____¦id⟧")
    assert blank.to_dict()["where"] == "footnote"


def test_before_and_after_are_the_neighbouring_text_as_it_stands() -> None:
    second = found("自____年__月__日起至____年止，共__年")[1]
    assert (second.before, second.text, second.after) == ("自____年", "__", "月__日起至____年止")


def test_blanks_are_numbered_in_document_order() -> None:
    blanks = found("姓名：____\n│ 电话 │  │\n日期：    年  月  日\n负责人：")
    assert [blank.id for blank in blanks] == [f"b{number}" for number in range(1, 7)]
    assert [blank.kind for blank in blanks] == ["underscore", "cell", "space", "space", "space", "label"]
