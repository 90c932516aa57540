from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from fanwen.intake.convert import convert
from fanwen.intake.converters.pages import MAX_PARAGRAPH
from fanwen.intake.converters.text import markdown_page
from fanwen.intake.office import Office
from fanwen.intake.pdf import page_count, read_pages
from fanwen.intake.sniff import sniff
from fanwen.intake.types import Conversion, IntakeError
from tests.intake.pdf_writer import pdf, text

NOTICE = "关于做好春季防汛工作的通知\n各单位：\n请于三月十五日前完成自查，并报送书面材料。\n"


@pytest.fixture
def made(tmp_path: Path, office: Office) -> Callable[..., Conversion]:
    def made(name: str, data: bytes, **options: int) -> Conversion:
        path = tmp_path / "original"
        path.write_bytes(data)
        scratch = tmp_path / "scratch"
        done = convert(
            path, sniff(path, name), tmp_path / "out" / "made.pdf", office=lambda: office, scratch=scratch, **options
        )
        assert list(scratch.glob("*")) == []
        return done

    return made


def no_office() -> Office:
    raise AssertionError("LibreOffice was started for nothing")


def words(done: Conversion) -> str:
    return "\n".join(page.text for page in read_pages(done.pdf, limit=5000))


def notes(done: Conversion) -> list[str]:
    return [note.code for note in done.notes]


def png(width: int = 40, height: int = 60, mode: str = "RGB", format: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "red" if mode in ("RGB", "RGBA") else 1).save(out, format, **options)
    return out.getvalue()


def test_a_pdf_is_its_own_rendition(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(pdf([text(72, 700, "hello")], info=b"<</Title (Report)>>"))
    done = convert(path, sniff(path, "a.pdf"), tmp_path / "b.pdf", office=no_office, scratch=tmp_path / "scratch")
    assert done.pdf == path
    assert done.properties.title == "Report"
    assert not (tmp_path / "b.pdf").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
def test_text_of_any_chinese_encoding_becomes_readable_pages(made, encoding):
    done = made("通知.txt", NOTICE.encode(encoding))
    assert words(done) == NOTICE.strip()


def test_a_file_of_one_endless_line_is_laid_out(made):
    done = made("log.txt", ("云溪县防汛" * 4000).encode())
    assert "".join(words(done).split()) == "云溪县防汛" * 4000


def test_blanks_and_indents_of_plain_text_keep_their_width(made):
    done = made("a.txt", "甲方：          乙方：\n        第二行\n第三行".encode())
    (page,) = read_pages(done.pdf, limit=5)
    assert page.text == "甲方：\t乙方：\n第二行\n第三行"
    first, beside, second, third = page.lines
    assert beside.x - (first.x + first.width) > 0.03
    assert second.x - third.x > 0.03


def test_markdown_becomes_headings_and_tables_without_scripts(made):
    source = "# 年度计划\n\n正文**重点**\n\n| 项目 | 数量 |\n|---|---|\n| 水库 | 3 |\n\n<script>alert(1)</script>\n"
    found = words(made("a.md", source.encode()))
    assert found.startswith("年度计划")
    assert "正文重点" in found
    assert "水库" in found
    assert "alert" not in found
    assert "|" not in found


def test_an_endless_paragraph_of_markdown_is_broken_up_and_loses_nothing(tmp_path):
    drawn = io.BytesIO()
    Image.effect_noise((120, 120), 90).save(drawn, "PNG")
    picture = f"![](data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()})"
    assert len(picture) > MAX_PARAGRAPH
    source = tmp_path / "a.md"
    source.write_text("深" * 3000 + " " + picture + " " + "[" * 40_000 + "](" * 40_000 + "末", encoding="utf-8")
    markdown_page(source, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert [page.count(part) for part in ("深", "[", "](", "末", "<img src=")] == [3000, 40_000, 40_000, 1, 1]
    assert page.count("<p>") >= 120_000 // MAX_PARAGRAPH


def test_html_keeps_its_words_and_loses_what_is_outside(made):
    source = (
        '<html><head><meta charset="gb2312"><title>防汛通知</title><meta name="keywords" content="防汛,水库">'
        '<script>var 坏 = 1</script></head><body onload="x()"><h1>防汛通知</h1><p style="text-align:center">正文</p>'
        '<img src="http://127.0.0.1:9/a.png"><img src="file:///etc/passwd"><iframe src="http://127.0.0.1:9/"></iframe>'
        "</body></html>"
    )
    done = made("a.html", source.encode("gb18030"))
    assert words(done) == "防汛通知\n正文"
    assert done.properties.title == "防汛通知"
    assert done.properties.keywords == ("防汛", "水库")
    assert notes(done) == ["external_links"]


def book(*, chapter: str, extra: dict[str, bytes] | None = None) -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>山水志</dc:title><dc:creator>林晓</dc:creator></metadata><manifest>"
        '<item id="b" href="two.xhtml"/><item id="a" href="text/one.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/book.opf", opf)
        archive.writestr("OEBPS/text/one.xhtml", chapter)
        archive.writestr(
            "OEBPS/two.xhtml", "<html><head><title/></head><body><p>第二章&nbsp;终&copy;</p></body></html>"
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_book_reads_in_the_order_of_its_spine_with_its_pictures(made):
    chapter = (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        '<body><p>第一章开端</p><img src="../pictures/%E6%B0%B4.png"/></body></html>'
    )
    done = made("a.epub", book(chapter=chapter, extra={"OEBPS/pictures/水.png": png(300, 200)}))
    pages = list(read_pages(done.pdf, limit=10))
    assert [page.text for page in pages] == ["第一章开端", "第二章终©"]
    assert done.properties.title == "山水志"
    assert notes(done) == []
    assert b"/Image" in done.pdf.read_bytes()


def test_a_book_that_asks_for_what_is_outside_gets_nothing(made):
    chapter = (
        '<html><body><p>第一章</p><img src="http://127.0.0.1:9/x.png"/><img src="../../../etc/passwd"/>'
        "<script>evil()</script></body></html>"
    )
    done = made("a.epub", book(chapter=chapter))
    assert "第一章" in words(done)
    assert "evil" not in words(done)
    assert notes(done) == ["external_links"]


def test_a_table_as_text_keeps_long_numbers_and_reads_gbk(made):
    done = made("名单.csv", "姓名,电话\n李明,013800138000\n王芳,330102199001011234\n".encode("gbk"))
    found = words(done)
    assert "013800138000" in found
    assert "330102199001011234" in found
    assert "姓名" in found


def test_a_long_table_is_cut_and_says_so(made):
    rows = "".join(f"第{number}行,{number}\n" for number in range(20_000))
    done = made("a.csv", rows.encode(), sheet_pages=3)
    assert page_count(done.pdf, limit=10) <= 3
    assert notes(done) == ["sheet_cut"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", png()),
        ("a.png", png(mode="RGBA")),
        ("a.png", png(mode="I;16")),
        ("a.png", png(mode="1")),
        ("a.jpg", png(format="JPEG")),
        ("a.jpg", png(format="JPEG", mode="CMYK")),
        ("a.webp", png(format="WEBP")),
        ("a.tif", png(format="TIFF")),
    ],
)
def test_a_picture_is_one_page_in_its_own_proportions(tmp_path, name, data):
    path = tmp_path / "a"
    path.write_bytes(data)
    done = convert(path, sniff(path, name), tmp_path / "b.pdf", office=no_office, scratch=tmp_path / "scratch")
    (page,) = read_pages(done.pdf, limit=5)
    assert page.height / page.width == pytest.approx(1.5, rel=0.01)
    assert page.text == ""


def test_a_tiff_of_three_pages_is_three_pages(tmp_path):
    frames = [Image.new("1", (200, 100 * number), 1) for number in (1, 2, 3)]
    path = tmp_path / "a.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))
    done = convert(path, sniff(path, "a.tif"), tmp_path / "b.pdf", office=no_office, scratch=tmp_path / "scratch")
    assert page_count(done.pdf, limit=5) == 3


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_stands_upright_as_its_camera_says(tmp_path, format):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "a"
    path.write_bytes(png(60, 40, format=format, exif=exif))
    done = convert(path, sniff(path, "a"), tmp_path / "b.pdf", office=no_office, scratch=tmp_path / "scratch")
    (page,) = read_pages(done.pdf, limit=5)
    assert page.height > page.width


def test_a_cut_off_picture_is_damaged_and_leaves_nothing(tmp_path):
    noise = Image.effect_noise((400, 400), 90)
    out = io.BytesIO()
    noise.save(out, "JPEG")
    path = tmp_path / "a.jpg"
    path.write_bytes(out.getvalue()[:3000])
    with pytest.raises(IntakeError) as caught:
        convert(path, sniff(path, "a.jpg"), tmp_path / "b.pdf", office=no_office, scratch=tmp_path / "scratch")
    assert caught.value.code == "damaged"
    assert not (tmp_path / "b.pdf").exists()


def test_an_office_document_goes_through_with_its_properties(made):
    from docx import Document

    document = Document()
    document.core_properties.title = "工作计划"
    document.add_paragraph("二〇二四年工作计划")
    out = io.BytesIO()
    document.save(out)
    done = made("改了名.txt", out.getvalue())
    assert words(done) == "二〇二四年工作计划"
    assert done.properties.title == "工作计划"
