import pytest

from tests.blanks.detect.marked import found


def same(markup: str) -> list[str | None]:
    return [blank.same_as for blank in found(markup)]


@pytest.mark.parametrize(
    "text",
    [
        "甲方：____\n甲方（盖章）：____",
        "{{ name }}先生\n本人{{ name }}",
        "XX公司章程\nXX公司董事会",
        "某县教育局\n某县教育局办公室",
        "项目名称：____\n一、项目名称：____",
        "人民币（大写）____元整（¥____）",
    ],
)
def test_the_second_place_names_the_first(text: str) -> None:
    assert same(text)[-1] == "b1"


@pytest.mark.parametrize(
    "text",
    [
        "甲方：____\n电话：____\n乙方：____\n电话：____",
        "甲方：____\n甲方（签字）：____",
        "XX公司与XX公司签订协议",
        "[姓名]委托[姓名]办理",
        "姓名：____\n电话：____\n姓名：____\n电话：____",
        "│ 姓名 │ 电话 │\n│  │  │\n│  │  │",
        "新建_所，改建_所",
    ],
)
def test_different_facts_with_like_words_stay_apart(text: str) -> None:
    assert set(same(text)) == {None}
