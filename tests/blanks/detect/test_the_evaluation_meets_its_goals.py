from bench.blanks.corpus import load
from bench.blanks.evaluate import report, score


def test_the_test_half_meets_the_goals() -> None:
    result = score(load("test"))
    print(report("test", result))
    assert result.spans()[2] >= 0.97
    assert result.accuracy("type") >= 0.95
    assert result.accuracy("unit") >= 0.97
    assert result.accuracy("role") >= 0.95
    assert result.false_alarms == []


def test_the_set_is_of_thirty_documents_and_more() -> None:
    assert len(load("dev")) + len(load("test")) >= 30


def test_a_missed_and_a_false_blank_cost_recall_and_precision() -> None:
    from bench.blanks.corpus import parse

    missed = score([parse("a", "姓名⟦张三¦person⟧和⟦____¦text⟧")])
    assert missed.spans() == (1.0, 0.5, 2 / 3)
    false = score([parse("a", "姓名：____，____⟦____¦text⟧")])
    assert false.spans()[0] < 1.0


def test_a_blank_in_a_listed_negative_is_a_false_alarm() -> None:
    from bench.blanks.corpus import parse

    assert len(score([parse("a", "这是⟪姓名：____⟫")]).false_alarms) == 1
