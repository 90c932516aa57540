"""The labelled documents once more as Word files, through the reader: the same blanks, whatever the runs."""

import random
from pathlib import Path

import pytest

from bench.blanks.corpus import Labelled, load
from fanwen.blanks import Blank, detect, read_story
from tests.blanks.detect.word import write

_WRITABLE = ("body", "table", "header", "footer")
_DOCUMENTS = [
    labelled
    for labelled in load("dev") + load("test")
    if all(passage.where in _WRITABLE for passage in labelled.story.passages)
    and not any(mark.kind in ("code", "hyperlink") for passage in labelled.story.passages for mark in passage.marks)
]


def _facts(blanks: tuple[Blank, ...]) -> list[tuple[object, ...]]:
    return sorted(
        (
            blank.before,
            blank.text,
            blank.after,
            blank.where,
            blank.kind,
            blank.role,
            blank.type or "",
            blank.unit or "",
            blank.hedge or "",
            blank.label or "",
        )
        for blank in blanks
    )


@pytest.mark.parametrize("labelled", _DOCUMENTS, ids=lambda labelled: labelled.name)
def test_a_word_file_has_the_blanks_of_its_text(labelled: Labelled, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    write(labelled, path, random.Random(labelled.name))
    assert _facts(detect(read_story(path))) == _facts(detect(labelled.story))


def test_nearly_all_documents_can_be_written() -> None:
    assert len(_DOCUMENTS) >= 30
