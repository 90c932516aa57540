from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from fanwen.intake.layout import PackedPage, pack
from fanwen.intake.pager import Pager
from fanwen.intake.pdf import read_pages
from fanwen.intake.types import IntakeError
from tests.hostile import cases
from tests.intake.pdf_writer import build, pdf, stream, text


@pytest.fixture
def pager():
    pager = Pager()
    yield pager
    pager.close()


@pytest.fixture
def impatient():
    """Gives a page as long as it takes for another process to start on a busy machine, and no longer."""
    pager = Pager(seconds=3.0)
    yield pager
    pager.close()


def never_ending(before: int, after: int) -> bytes:
    """A page whose form draws itself twice, and so on, between harmless ones."""
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"", b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>"]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</A 4 0 R>>>>"
    objects += [stream(b"/A Do /A Do", form), stream(text(72, 700, "hello")), stream(b"/A Do")]
    kids = []
    for contents in [5] * before + [6] + [5] * after:
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources <</Font <</F1 3 0 R>> /XObject <</A 4 0 R>>>>>>" % contents
        )
    objects[1] = b"<</Type /Pages /Count %d /Kids [%s]>>" % (len(kids), b" ".join(kids))
    return build(objects)


def test_pages_are_those_that_pdfium_reads(pager, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([text(72, 700, f"page {number}") for number in range(5)]))
    apart, here = list(pager.read_pages(path, limit=10)), list(read_pages(path, limit=10))
    assert apart == [
        PackedPage(page.number, page.width, page.height, page.text, pack(page.lines), page.recognised) for page in here
    ]


def test_causes_come_through(pager, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([b""] * 3))
    with pytest.raises(IntakeError) as caught:
        list(pager.read_pages(path, limit=2))
    assert (caught.value.code, caught.value.params) == ("too_many_pages", {"pages": 3, "limit": 2})
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(IntakeError) as caught:
        list(pager.read_pages(path, limit=2))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(("before", "after"), [(1, 2), (0, 1), (2, 0)])
def test_a_page_that_never_ends_costs_only_itself(impatient, tmp_path, before, after):
    path = tmp_path / "a.pdf"
    path.write_bytes(never_ending(before, after))
    pages = list(impatient.read_pages(path, limit=10))
    assert [page.text for page in pages] == ["hello"] * before + [""] + ["hello"] * after
    assert [page.number for page in pages] == list(range(1, before + after + 2))


def test_a_document_of_nothing_but_such_a_page_is_given_up(impatient, tmp_path):
    path = tmp_path / "a.pdf"
    next(case for case in cases() if case.label == "pdf whose form draws itself").write(path)
    with pytest.raises(IntakeError) as caught:
        list(impatient.read_pages(path, limit=10))
    assert caught.value.code == "timeout"


def test_a_killed_process_is_replaced(pager, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([text(72, 700, "hello")]))
    list(pager.read_pages(path, limit=10))
    assert pager._child.pid is not None
    os.kill(pager._child.pid, signal.SIGKILL)
    assert [page.text for page in pager.read_pages(path, limit=10)] == ["hello"]


def test_a_reader_that_turns_away_leaves_nothing_behind(pager, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([text(72, 700, f"page {number}") for number in range(50)]))
    for page in pager.read_pages(path, limit=100):
        assert page.number == 1
        break
    assert len(list(pager.read_pages(path, limit=100))) == 50
