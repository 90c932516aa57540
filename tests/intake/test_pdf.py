from __future__ import annotations

import ctypes
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake import pdf_text
from fanwen.intake.characters import ordinary
from fanwen.intake.pdf import page_count, properties, read_pages
from fanwen.intake.types import IntakeError, Line, PageContent
from tests.intake.pdf_writer import build, pdf, stream, text


@pytest.fixture
def read(tmp_path: Path):
    def read(*contents: bytes, **options: bytes) -> list[PageContent]:
        path = tmp_path / "page.pdf"
        path.write_bytes(pdf(contents, **options))
        return list(read_pages(path, limit=100))

    return read


def line_of(page: PageContent, words: str) -> Line:
    return next(line for line in page.lines if words in page.text[line.start : line.end])


def test_lines_are_parted_by_newlines_and_cover_the_text(read):
    (page,) = read(text(72, 700, "The first line") + text(72, 680, "and the second"))
    assert page.text == "The first line\nand the second"
    assert [page.text[line.start : line.end] for line in page.lines] == ["The first line", "and the second"]
    assert all(len(line.edges) == line.end - line.start for line in page.lines)


def test_blanks_before_a_line_are_not_part_of_it(read):
    (page,) = read(text(72, 700, "  Once upon") + text(72, 680, " a time"))
    assert page.text == "Once upon\na time"


def test_cells_of_a_row_are_lines_of_their_own_parted_by_a_tab(read):
    (page,) = read(text(72, 700, "Name") + text(300, 700, "Amount") + text(72, 680, "Li") + text(300, 680, "12"))
    assert page.text == "Name\tAmount\nLi\t12"
    assert len(page.lines) == 4


def test_columns_keep_the_order_of_the_file(read):
    left = text(72, 700, "left column") + text(72, 686, "goes on")
    (page,) = read(left + text(320, 700, "right column") + text(320, 686, "goes on too"))
    assert page.text == "left column\ngoes on\nright column\ngoes on too"


def test_a_word_broken_at_a_line_end_keeps_its_hyphen(read):
    (page,) = read(text(72, 700, "an inter-") + text(72, 686, "national well-") + text(72, 672, "known case"))
    assert page.text == "an inter-\nnational well-\nknown case"


def test_places_are_within_three_per_cent_of_the_glyphs(read, tmp_path):
    (page,) = read(text(72, 700, "Waterways and ill-fitted MEASURES 1,234.50", size=11, font="F2"))
    with pdfium.PdfDocument(tmp_path / "page.pdf") as document:
        textpage = document[0].get_textpage()
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        (line,) = page.lines
        for index, char in enumerate(page.text):
            if char == " ":
                continue
            assert raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            begin = line.edges[index - 1] if index else line.x
            assert begin == pytest.approx(left.value / 612, abs=0.005)
            assert line.edges[index] == pytest.approx(right.value / 612, abs=0.005)
            assert line.y - 0.005 <= 1 - top.value / 792
            assert line.y + line.height + 0.005 >= 1 - bottom.value / 792
            assert line.height < 0.03


@pytest.mark.parametrize(
    ("rotation", "size", "corner"),
    [
        (0, (612, 792), (0.1, 0.1)),
        (90, (792, 612), (0.9, 0.1)),
        (180, (612, 792), (0.9, 0.9)),
        (270, (792, 612), (0.1, 0.9)),
    ],
)
def test_sizes_and_places_are_those_of_the_page_as_seen(read, rotation, size, corner):
    options = {"page": b"/MediaBox [0 0 612 792] /Rotate %d" % rotation}
    (page,) = read(text(61.2, 712.8, "Word"), **options)
    assert (page.width, page.height) == size
    line = line_of(page, "Word")
    assert line.x - 0.06 <= corner[0] <= line.x + line.width + 0.06
    assert line.y - 0.06 <= corner[1] <= line.y + line.height + 0.06


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40), st.text("ab (i-", min_size=1, max_size=8)), max_size=12)
)
def test_characters_taken_by_the_stretch_are_what_they_are_one_by_one(pieces):
    content = b"".join(text(10 * x, 20 * y, words) for x, y, words in pieces)
    document = pdfium.PdfDocument(pdf([content]))
    with closing(document), pytest.MonkeyPatch.context() as patch:
        quickly = pdf_text.page_text(document[0])
        patch.setattr(pdf_text._Boxes, "stretches", lambda boxes, ratio: bytes(boxes.count))
        assert quickly == pdf_text.page_text(document[0])


def test_a_crop_box_moves_and_scales_places(read):
    (page,) = read(text(150, 500, "Word"), page=b"/MediaBox [0 0 612 792] /CropBox [100 400 300 600]")
    assert (page.width, page.height) == (200, 200)
    line = line_of(page, "Word")
    assert line.x == pytest.approx(0.25, abs=0.02)
    assert line.y + line.height == pytest.approx(0.5, abs=0.04)


def test_a_picture_page_has_no_text(read):
    (page,) = read(b"0.5 g 100 100 200 200 re f")
    assert page.text == ""
    assert page.lines == ()


def test_radicals_become_the_characters_people_type():
    assert ordinary("人⺠政府⼯作⻓期⻔⼾") == "人民政府工作长期门户"
    assert ordinary("豈更車") == "豈更車"
    assert ordinary("a\0b\ud800c\u200bd\ufeff") == "abcd"


def test_properties_are_read_as_found(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([b""], info=b"<</Title <FEFF5DE54F5C603B7ED3> /Keywords (a, b; c) /Author (Chen)>>"))
    found = properties(path)
    assert found.title == "工作总结"
    assert found.keywords == ("a", "b", "c")
    assert found.author == "Chen"


def test_more_pages_than_the_limit_are_refused_before_the_first(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([b""] * 4))
    assert page_count(path, limit=4) == 4
    with pytest.raises(IntakeError) as caught:
        next(read_pages(path, limit=3))
    assert caught.value.code == "too_many_pages"
    assert caught.value.params == {"pages": 4, "limit": 3}


def test_one_broken_page_does_not_lose_the_others(tmp_path):
    path = tmp_path / "a.pdf"
    content = stream(text(72, 700, "still here"))
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>"
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources <</Font <</F1 3 0 R>>>> /Contents 5 0 R>>"
    pages = b"<</Type /Pages /Count 2 /Kids [99 0 R 4 0 R]>>"
    path.write_bytes(build([b"<</Type /Catalog /Pages 2 0 R>>", pages, font, page, content]))
    texts = [page.text for page in read_pages(path, limit=10)]
    assert "still here" in texts


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\ngarbage" * 50, b"not a pdf at all"])
def test_what_is_no_whole_pdf_is_damaged(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(IntakeError) as caught:
        list(read_pages(path, limit=10))
    assert caught.value.code == "damaged"
