from tests.blanks.detect.marked import found


def groups(markup: str) -> list[str | None]:
    return [blank.group for blank in found(markup)]


def test_year_month_and_day_share_a_group() -> None:
    blanks = found("签订日期：____年__月__日")
    assert [(blank.type, blank.unit, blank.group) for blank in blanks] == [
        ("date", "年", "g1"),
        ("date", "月", "g1"),
        ("date", "日", "g1"),
    ]


def test_a_range_is_two_fields() -> None:
    assert groups("自____年__月__日至____年__月__日") == ["g1", "g1", "g1", "g2", "g2", "g2"]


def test_two_dates_in_a_line_are_two_fields() -> None:
    assert groups("入职：____年__月  离职：____年__月") == ["g1", "g1", "g2", "g2"]


def test_the_time_of_day_belongs_to_its_date() -> None:
    blanks = found("定于__月__日（星期__）下午__时__分召开")
    assert {blank.type for blank in blanks} == {"date"}
    assert [blank.group for blank in blanks] == ["g1", "g1", None, "g1", "g1"]


def test_a_clock_with_a_colon_is_a_date() -> None:
    assert [(blank.type, blank.group) for blank in found("上午__:__集合")] == [("date", "g1"), ("date", "g1")]


def test_parts_that_are_given_need_no_blank() -> None:
    blanks = found("2026年__月__日")
    assert [blank.unit for blank in blanks] == ["月", "日"]
    assert groups("2026年__月__日") == ["g1", "g1"]


def test_a_part_alone_has_no_group() -> None:
    assert groups("今年__月以来") == [None]


def test_a_duration_is_no_date() -> None:
    for text in ("有效期__年", "连续工作满__年", "收到通知后__日内答复", "教龄__年以上"):
        (blank,) = found(text)
        assert blank.type == "number", text


def test_a_day_of_every_month_is_a_date() -> None:
    assert found("每月__日前支付")[0].type == "date"


def test_a_school_year_is_a_range_of_years() -> None:
    assert [blank.type for blank in found("20__—20__学年第__学期")] == ["date", "date", "ordinal"]


def test_separators_make_a_date_too() -> None:
    assert [(blank.type, blank.group) for blank in found("日期：____-__-__")] == [("date", "g1")] * 3


def test_an_english_date_is_one_field() -> None:
    blanks = found("made on this ____ day of ________, 20__ between the parties")
    assert [(blank.type, blank.group) for blank in blanks] == [("date", "g1")] * 3


def test_crosses_and_placeholders_are_parts_as_well() -> None:
    assert groups("20××年×月×日") == ["g1", "g1", "g1"]
    assert groups("某某局\n某年某月某日") == [None, "g1", "g1", "g1"]
