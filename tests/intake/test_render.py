from __future__ import annotations

import io
import os
import signal
import threading
from pathlib import Path

import pytest
from PIL import Image

from fanwen.intake import render
from fanwen.intake.render import Renderers
from fanwen.intake.types import IntakeError
from tests.intake.pdf_writer import pdf, text


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([text(72, 700, f"Page {number}", size=40) for number in range(1, 6)]))
    return path


@pytest.fixture
def renderers():
    with Renderers(2) as renderers:
        yield renderers


def size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


@pytest.mark.parametrize("image", ["webp", "jpeg"])
def test_a_page_is_drawn_at_the_width_asked_in_its_own_proportions(renderers, document, image):
    data = renderers.render(document, 1, 400, image)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == image.upper()
        assert picture.width == 400
        assert picture.height == pytest.approx(400 * 792 / 612, abs=1)
        assert picture.convert("L").getextrema() == (0, 255)


def test_an_image_is_as_wide_as_asked_within_reason(renderers, document):
    assert size(renderers.render(document, 1, 401))[0] == 401
    assert size(renderers.render(document, 1, 1))[0] == render.SMALLEST
    assert size(renderers.render(document, 1, 99_999))[0] == render.WIDEST


def test_a_page_the_document_has_not_is_an_index_error(renderers, document):
    for page in (0, 6, -1):
        with pytest.raises(IndexError):
            renderers.render(document, page, 400)
    assert renderers.render(document, 5, 400)


def test_a_damaged_document_is_named_and_the_next_one_is_drawn(renderers, document, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(IntakeError) as caught:
        renderers.render(broken, 1, 400)
    assert caught.value.code == "page_not_drawn"
    with pytest.raises(IntakeError):
        renderers.render(tmp_path / "missing.pdf", 1, 400)
    assert renderers.render(document, 1, 400)


def test_a_file_replaced_under_the_same_name_is_opened_anew(renderers, document):
    before = renderers.render(document, 1, 400)
    document.write_bytes(pdf([text(72, 300, "Something else entirely", size=30)]))
    assert renderers.render(document, 1, 400) != before


def test_many_threads_each_get_their_own_page(document):
    with Renderers(2) as renderers:
        alone = {page: renderers.render(document, page, 160) for page in range(1, 6)}
        found: list[bool] = []

        def ask(page: int) -> None:
            found.append(renderers.render(document, page, 160) == alone[page])

        threads = [threading.Thread(target=ask, args=(number % 5 + 1,)) for number in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [True] * 40


def test_a_killed_process_is_replaced_unseen(document):
    with Renderers(1) as renderers:
        first = renderers.render(document, 1, 160)
        (renderer,) = renderers._idle
        os.kill(renderer.pid, signal.SIGKILL)
        assert renderers.render(document, 1, 160) == first


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_drawn(document, tmp_path):
    with Renderers(1) as renderers:
        renderers.render(document, 1, 160)
        renderers._seconds = 0.2
        (renderer,) = renderers._idle
        os.kill(renderer.pid, signal.SIGSTOP)
        with pytest.raises(IntakeError) as caught:
            renderers.render(document, 2, 160)
        assert caught.value.code == "page_not_drawn"
        renderers._seconds = render.SECONDS
        assert renderers.render(document, 2, 160)


def test_a_process_is_replaced_after_its_share_of_pages(document, monkeypatch):
    monkeypatch.setattr(render, "PAGES", 2)
    with Renderers(1) as renderers:
        renderers.render(document, 1, 160)
        (renderer,) = renderers._idle
        first = renderer.pid
        renderers.render(document, 2, 160)
        renderers.render(document, 3, 160)
        assert renderer.pid != first


def test_pages_of_absurd_shapes_stay_within_bounds(renderers, tmp_path):
    path = tmp_path / "a.pdf"
    for box in (b"[0 0 1 14400]", b"[0 0 14400 1]", b"[0 0 14400 14400]", b"[0 0 0.001 0.001]"):
        path.write_bytes(pdf([b"0 g 0 0 1 1 re f"], page=b"/MediaBox " + box))
        width, height = size(renderers.render(path, 1, 1600))
        assert width * height <= 25_000_000
        assert max(width, height) <= 16_001


def test_closing_ends_the_processes(document):
    renderers = Renderers(1)
    renderers.render(document, 1, 160)
    renderer = renderers._idle[0]
    assert renderer.pid is not None
    renderers.close()
    assert renderer.pid is None
    with pytest.raises(RuntimeError):
        renderers.render(document, 1, 160)
