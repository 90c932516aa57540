"""The stage of intake that looks for blanks, and what happens before and without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from fanwen.blanks.app import service
from fanwen.blanks.app.detection import ENGINE, find_blanks
from fanwen.blanks.app.models import Template
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.process import Desk, process
from fanwen.intake.app.stages import progress
from fanwen.intake.app.templates import look_again, look_for_blanks
from fanwen.library.models import Document
from fanwen.search.app.models import Change
from tests.blanks.app.conftest import no_office, write_docx
from tests.factories import make_document


def test_a_worker_finds_them(make_paper: Callable[..., Document], tmp_path: Path) -> None:
    paper = make_paper()
    look_for_blanks([paper])
    desk = Desk(tmp_path / "scratch")
    try:
        process(Task.objects.get(document=paper), desk, lambda: False)
    finally:
        desk.close()
    template = service.template_of(paper)
    assert template is not None
    assert template.fillable
    assert template.slots == 7
    assert not Task.objects.exists()
    assert "blanks" not in [stage.name for stage in progress(paper).stages]


def test_the_index_is_told_when_a_document_becomes_a_template_or_ceases_to_be_one(
    make_paper: Callable[..., Document],
) -> None:
    paper = make_paper()
    Change.objects.all().delete()
    find_blanks(paper, no_office)
    find_blanks(paper, no_office)
    assert [change.number for change in Change.objects.all()] == [paper.number]
    Template.objects.update(slots=0)
    find_blanks(paper, no_office)
    assert Change.objects.count() == 2


def test_a_form_asked_for_too_early_is_made_at_once(english: Client, make_paper: Callable[..., Document]) -> None:
    paper = make_paper()
    assert "Use as template" not in english.get(f"/d/{paper.number}/").content.decode()
    html = english.get(f"/d/{paper.number}/fill/").content.decode()
    assert 'http-equiv="refresh"' in html
    assert Task.objects.get(document=paper).priority > 0
    assert Stage.objects.get(document=paper, name="blanks").state == "waiting"


def test_a_damaged_file_is_kept_with_its_cause(english: Client) -> None:
    document = make_document(original=write_docx()[:3000], family="word", format="docx")
    template = find_blanks(document, no_office)
    assert not template.fillable
    assert template.cause
    assert "Use as template" not in english.get(f"/d/{document.number}/").content.decode()
    assert english.get(f"/d/{document.number}/fill/").status_code == 404


def test_a_document_without_blanks_has_no_form(english: Client, make_paper: Callable[..., Document]) -> None:
    paper = make_paper(("风从海上来。", "石阶湿了又干。"))
    find_blanks(paper, no_office)
    assert "Use as template" not in english.get(f"/d/{paper.number}/").content.decode()
    assert "nothing to fill in" in english.get(f"/d/{paper.number}/fill/").content.decode()


def test_a_pdf_has_no_form(english: Client) -> None:
    document = make_document()
    assert english.get(f"/d/{document.number}/fill/").status_code == 404
    assert not Stage.objects.filter(document=document, name="blanks").exists()


def test_another_version_of_detection_looks_again(make_paper: Callable[..., Document], paper: Document) -> None:
    new = make_paper(("联系人：________",), title="新的")
    make_document()
    assert service.outdated() == [new]
    Template.objects.filter(document=paper).update(engine=ENGINE + 1)
    look_again()
    assert set(Task.objects.values_list("document", flat=True)) == {new.pk, paper.pk}
    look_again()
    assert Task.objects.count() == 2


def test_other_word_processors_files_are_filled_as_the_docx_made_of_them(make_paper: Callable[..., Document]) -> None:
    class Recording:
        calls = 0

        def to_docx(self, source: Path, target: Path, **about: Any) -> None:
            self.calls += 1
            target.write_bytes(write_docx())

    office: Any = Recording()
    paper = make_paper(format="odt")
    find_blanks(paper, lambda: office)
    find_blanks(paper, lambda: office)
    template = service.template_of(paper)
    assert office.calls == 1
    assert template is not None
    assert template.slots == 7
    assert len(service.opened(template).blanks) == len(template.blanks)
    settings.FOLDERS.office_copy(paper.original_id).unlink()
    assert service.template_of(paper) is None
