"""The model text that the project was started for; it is no part of the project, so the test may find it missing."""

from collections import Counter
from pathlib import Path

import docx
import pytest

from fanwen.blanks import detect, read_story
from fanwen.blanks.types import Blank

_SEED = Path(__file__).parents[4] / "shared" / "seed"
_FILES = sorted(_SEED.glob("*.txt")) if _SEED.is_dir() else []
pytestmark = pytest.mark.skipif(not _FILES, reason="the reference document is not beside the project")


@pytest.fixture(scope="module", params=["as text", "as a Word file"])
def blanks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Blank, ...]:
    path = _FILES[0]
    if request.param == "as a Word file":
        document = docx.Document()
        for line in path.read_text(encoding="utf-8").splitlines():
            document.add_paragraph(line)
        path = tmp_path_factory.mktemp("seed") / "seed.docx"
        document.save(str(path))
    return detect(read_story(path))


def test_its_runs_are_31_slots_and_21_elisions(blanks: tuple[Blank, ...]) -> None:
    assert Counter(blank.role for blank in blanks) == {"slot": 31, "elision": 21}
    assert {blank.text for blank in blanks} == {"_"}


def test_its_slots_have_their_units_in_order(blanks: tuple[Blank, ...]) -> None:
    units = [blank.unit for blank in blanks if blank.role == "slot" and blank.type != "date" and blank.unit]
    assert units == [
        "周年",
        "名",
        "名",
        "届",
        "所",
        "个",
        "道",
        "所",
        "个",
        "万元",
        "个",
        "个",
        "个",
        "万元",
        "亿元",
        "所",
        "次",
        "批次",
        "期",
        "%",
        "人",
        "人",
        "人",
    ]


def test_its_slots_have_their_types_in_order(blanks: tuple[Blank, ...]) -> None:
    types = [blank.type for blank in blanks if blank.role == "slot"]
    figures = "ordinal number number ordinal number number number number number money number number number money money"
    assert types == (
        [
            "person",
            "date",
            "date",
            "date",
            "date",
            *figures.split(),
            "number",
            "number",
            "number",
            "number",
            "percent",
            "number",
            "number",
            "organization",
            "number",
            "organization",
            "organization",
        ]
    )


def test_its_hedges_are_the_words_that_stand_there(blanks: tuple[Blank, ...]) -> None:
    assert [blank.hedge for blank in blanks if blank.hedge] == ["等", "近", "等", "余", "余", "达", "突破"]


def test_its_date_is_one_field(blanks: tuple[Blank, ...]) -> None:
    assert [(blank.unit, blank.group) for blank in blanks if blank.group] == [("月", "g1"), ("日", "g1")]


def test_most_of_its_elisions_are_one_word(blanks: tuple[Blank, ...]) -> None:
    suggestions = Counter(blank.suggestion for blank in blanks if blank.role == "elision")
    word, count = suggestions.most_common(1)[0]
    assert word is not None
    assert count >= 12
