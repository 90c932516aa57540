"""Passages that a document itself marks as optional, clauses with a wording for none, one and many, and program tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fanwen.blanks import Template, diff, read_story
from fanwen.blanks.errors import ValueProblem
from tests.blanks.word_files import paragraph, run, write_word

LINES = (
    "甲方：__",
    "【可选】争议由双方协商解决。",
    "【如有担保人】由__担保。",
    "【无附件】本合同无附件。",
    "【一个附件】附件一份：__。",
    "【多个附件】附件如下。",
    "【一】这是标题",
    "止",
)


def template(tmp_path: Path, lines: tuple[str, ...] = LINES) -> tuple[Path, Template]:
    # the marker is spread over two runs
    body = "".join(paragraph(run(line[:2], "<w:b/>"), run(line[2:])) for line in lines)
    path = write_word(tmp_path / "t.docx", body)
    return path, Template(path)


def filled(tmp_path: Path, values: dict[str, Any]) -> list[str]:
    path, found = template(tmp_path)
    out = tmp_path / "f.docx"
    report = found.fill(values, out)
    assert diff(path, out, shape=report.shape).other_changes == []
    return [passage.text for passage in read_story(out).passages]


def test_markings_are_found(tmp_path: Path) -> None:
    _, found = template(tmp_path)
    assert found.markings.to_dict() == [
        {"id": "m1", "name": "争议由双方协商解决", "wordings": []},
        {"id": "m2", "name": "担保人", "wordings": []},
        {"id": "c1", "name": "附件", "wordings": ["zero", "one", "many"]},
    ]


def test_what_stays_loses_its_mark_and_what_goes_goes_whole(tmp_path: Path) -> None:
    said = filled(tmp_path, {"m1": True, "m2": False, "附件": 0})
    assert said == ["甲方：__", "争议由双方协商解决。", "本合同无附件。", "【一】这是标题", "止"]


@pytest.mark.parametrize(
    ("value", "kept"), [(0, 3), ("无", 3), (1, 4), ("one", 4), ("一", 4), (2, 5), ("17", 5), ("many", 5)]
)
def test_a_clause_keeps_the_wording_that_fits(tmp_path: Path, value: Any, kept: int) -> None:
    said = filled(tmp_path, {"c1": value})
    assert said == [*LINES[:3], LINES[kept].partition("】")[2], *LINES[6:]]


def test_without_a_word_everything_stays_as_it_is(tmp_path: Path) -> None:
    assert filled(tmp_path, {"甲方": "渡口小学"}) == ["甲方：渡口小学", *LINES[1:]]


def test_a_wording_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, found = template(tmp_path, LINES[:5])
    with pytest.raises(ValueProblem) as refused:
        found.filled({"c1": "many"})
    assert refused.value.code == "no_wording"


def test_program_tags_are_text_and_are_told(tmp_path: Path) -> None:
    lines = (
        "{{ name }}与{{ school.name }}",
        "{{ name|upper }}",
        "{% for r in rows %}{{ r.title }}{% endfor %}",
        "{# 说明 #}",
    )
    path, found = template(tmp_path, lines)
    assert [field.name for field in found.fields] == ["name", "school.name", "r.title"]
    assert "{% for r in rows %}" in found.code_tags
    out = tmp_path / "f.docx"
    report = found.fill({"name": "lin {{ 7*7 }}", "school.name": "渡口小学", "r.title": "题"}, out)
    assert [passage.text for passage in read_story(out).passages] == [
        "lin {{ 7*7 }}与渡口小学",
        "lin {{ 7*7 }}",
        "{% for r in rows %}题{% endfor %}",
        "{# 说明 #}",
    ]
    assert "{% endfor %}" in str(report.warnings[0])
    assert diff(path, out, blanks=found.blanks).other_changes == []
