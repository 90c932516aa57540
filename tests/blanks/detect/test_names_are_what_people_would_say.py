"""Names of blanks where nothing right before them says what they ask for."""

from __future__ import annotations

import pytest

from fanwen.blanks import detect
from fanwen.blanks.story import Passage, Story


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("合同编号：YC-20__-___      签订地点：________县", ["合同编号（年）", "合同编号", "签订地点"]),
        ("联系电话：0756-____", ["联系电话"]),
        ("_所项目校", ["项目校（所）"]),
        ("租期至2026年底止。用途为□居住 □办公", ["用途：居住", "用途：办公"]),
        ("元（大写：____）。支付方式为□月付 □季付", ["大写", "支付方式：月付", "支付方式：季付"]),
        ("是否竣工：□是 □否", ["是否竣工：是", "是否竣工：否"]),
        ("Name: ____", ["Name"]),
    ],
)
def test_a_name_is_the_label_of_the_line_or_the_question(line: str, names: list[str]) -> None:
    assert [blank.name for blank in detect(Story("docx", (Passage("p", "body", line),)))] == names
