from __future__ import annotations

import difflib
import socket
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from fanwen.intake import ocr
from fanwen.intake.convert import convert
from fanwen.intake.pdf import read_pages
from fanwen.intake.render import Renderers
from fanwen.intake.sniff import sniff
from fanwen.intake.types import PageContent

pytestmark = pytest.mark.skipif(not ocr.available(), reason="the extra “ocr” is not installed")

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
TEXT = (
    "关于开展秋季消防安全检查的通知",
    "各科室、各下属单位：",
    "为进一步加强消防安全管理，消除火灾隐患，",
    "经研究，决定于十月中旬开展全面检查。",
    "请于10月20日前将自查表报送办公室。",
    "Contact: office@example.org 0571-8800",
)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    picture = Image.new("L", (1240, 900), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 36, index=2)
    for row, line in enumerate(TEXT):
        draw.text((140, 100 + 80 * row), line, font=font, fill=30)
    folder = tmp_path_factory.mktemp("scan")
    picture.save(folder / "scan.png", dpi=(150, 150))
    path = folder / "scan.png"
    convert(path, sniff(path, "scan.png"), folder / "scan.pdf", office=_no_office, scratch=folder / "scratch")
    return folder / "scan.pdf"


def _no_office():
    raise AssertionError("not needed")


def recognised(pdf: Path) -> PageContent:
    """The first page, as a worker has it recognised."""
    [content] = read_pages(pdf, limit=1)
    with Renderers(1) as renderers:
        picture = renderers.render(pdf, 1, ocr.drawn_width(content.width, content.height), "png")
    return ocr.recognise(picture, number=1, width=content.width, height=content.height)


@pytest.fixture(scope="module")
def picture(scan: Path) -> bytes:
    with Renderers(1) as renderers:
        return renderers.render(scan, 1, ocr.LONG_SIDE, "png")


@pytest.fixture(scope="module")
def page(picture: bytes):
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*args: object) -> None:
            raise AssertionError("OCR went to the network")

        patch.setattr(socket.socket, "connect", refuse)
        return ocr.recognise(picture, number=1, width=595, height=432)


def test_chinese_is_read_from_a_picture_without_a_network(page):
    wanted, got = "".join(TEXT).replace(" ", ""), "".join(page.text.split())
    assert page.recognised
    assert difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio() >= 0.9


def test_lines_come_in_order_and_cover_the_text(page):
    assert len(page.lines) == len(TEXT)
    assert page.text.startswith("关于开展")
    assert [line.y for line in page.lines] == sorted(line.y for line in page.lines)
    for line in page.lines:
        assert len(line.edges) == line.end - line.start
        assert list(line.edges) == sorted(line.edges)


def test_characters_stand_where_they_were_drawn(page):
    line = page.lines[0]
    assert page.text[line.start : line.end] == TEXT[0]
    for index in range(len(TEXT[0])):
        assert line.edges[index] == pytest.approx((140 + 36 * (index + 1)) / 1240, abs=0.015)
    assert line.y == pytest.approx(105 / 900, abs=0.02)


def test_an_empty_picture_has_no_text(tmp_path):
    Image.new("L", (800, 600), 255).save(tmp_path / "a.png")
    convert(
        tmp_path / "a.png",
        sniff(tmp_path / "a.png", "a.png"),
        tmp_path / "a.pdf",
        office=_no_office,
        scratch=tmp_path / "s",
    )
    assert recognised(tmp_path / "a.pdf").text == ""
