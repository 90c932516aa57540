"""The model texts of the evaluation as fifty DOC files, made by LibreOffice: detected, filled and compared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.blanks.corpus import Labelled
from fanwen.blanks import diff
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.fields import Field
from fanwen.blanks.fill import Template
from fanwen.intake.office import Office, missing
from tests.blanks.detect.test_the_evaluation_set_holds_as_word_files import _DOCUMENTS
from tests.blanks.detect.word import write

pytestmark = pytest.mark.skipif(bool(missing()), reason="LibreOffice is not installed")

_VALUES: dict[str, Any] = {
    "date": "2026-11-23",
    "number": 12,
    "money": "1200",
    "percent": "43.5",
    "ordinal": 3,
    "person": "林河",
    "organization": "云溪小学",
    "place": "青禾镇",
    "phone": "0571-5550123",
    "id": "YX-2026-001",
}
_FIFTY = [(labelled, seed) for seed in range(2) for labelled in _DOCUMENTS if labelled.labels][:50]
"""The second time with the runs cut differently."""

asked: list[int] = []
refused: list[str] = []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office")) as shared:
        yield shared


def takes(template: Template, field: Field, value: Any) -> bool:
    try:
        template.filled({field.id: value})
    except (FillError, ValueProblem) as error:
        refused.append(f"{field.name}: {error}")
        return False
    return True


@pytest.mark.parametrize(("labelled", "seed"), _FIFTY, ids=lambda value: getattr(value, "name", str(value)))
def test_a_doc_is_filled_and_nothing_else_changes(
    office: Office, labelled: Labelled, seed: int, tmp_path: Path
) -> None:
    made, older, out = tmp_path / "made.docx", tmp_path / "a.doc", tmp_path / "filled.docx"
    write(labelled, made, random.Random(f"{labelled.name} {seed}"))
    office.export(made, older, "doc")
    template = Template(older, office=office)
    assert len(template.blanks) >= 0.8 * len(labelled.labels)
    wanted = {
        field.id: True
        if field.type == "choice" and len(field.places[0]) == 1
        else _VALUES.get(field.type or "", "新内容")
        for field in template.fields
        if field.type != "choice" or len(field.places[0]) == 1
    }
    values = {
        field.id: wanted[field.id]
        for field in template.fields
        if field.id in wanted and takes(template, field, wanted[field.id])
    }
    asked.append(len(wanted))
    report = template.fill(values, out)
    assert report.filled
    found = diff(older, out, office=office)
    assert found.other_changes == []
    assert found.blanks_changed == len(report.filled)


def test_there_are_fifty() -> None:
    assert len(_FIFTY) == 50


def test_hardly_anything_was_refused_and_all_of_it_by_name() -> None:
    assert len(refused) <= 0.03 * sum(asked), refused
