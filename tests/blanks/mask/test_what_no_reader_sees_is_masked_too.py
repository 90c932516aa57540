"""Speaker notes, comments, hidden sheets and slides, masters, footers: masked, and given back byte for byte."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pptx
import pytest
from openpyxl.comments import Comment

from fanwen.blanks import mask, read_story, unmask
from fanwen.blanks.package import Package
from tests.blanks.mask.test_a_masked_file_comes_back_byte_for_byte import same_parts
from tests.blanks.word_files import paragraph, run, write_word

FACT = "联系人：王小华，电话：13800138000"
MASKED = "联系人：_，电话：_"
_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def written(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())


def masked(path: Path, *, clear: bool = False) -> tuple[Path, set[str]]:
    """The masked file, proved to come back, and why anything was left."""
    out, key, back = path.with_name(f"m{path.suffix}"), path.with_name("k"), path.with_name(f"u{path.suffix}")
    report = mask(path, out, key, clear=clear)
    unmask(out, key, back)
    assert same_parts(path, back)
    return out, {one.reason for one in report.unjudged}


@pytest.fixture
def slides(tmp_path: Path) -> Path:
    made = pptx.Presentation()
    shown, hidden = (made.slides.add_slide(made.slide_layouts[5]) for _ in range(2))
    shown.shapes.title.text = "工作汇报"
    hidden.shapes.title.text = FACT
    hidden._element.set("show", "0")
    shown.notes_slide.notes_text_frame.text = FACT
    made.slide_master.placeholders[0].text = FACT
    path = tmp_path / "plain.pptx"
    made.save(path)
    return path


def test_notes_hidden_slides_and_masters_of_a_presentation(slides: Path) -> None:
    out, reasons = masked(slides)
    assert "王小华" not in written(out)
    assert "13800138000" not in written(out)
    assert pptx.Presentation(out).slides[0].notes_slide.notes_text_frame.text == MASKED
    assert "repeated" not in reasons
    assert "hidden" in reasons  # that there is a hidden slide is still told


def test_comments_on_slides_old_and_new(slides: Path, tmp_path: Path) -> None:
    package = Package.open(slides)
    listing = "ppt/slides/_rels/slide1.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationship Id="rId98" Type="{office}/comments" Target="../comments/comment1.xml"/>'
        '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2018/10/relationships/comments" '
        'Target="../comments/modernComment_1.xml"/></Relationships>'
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    new = {
        "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
        f'<p:cm authorId="0"><p:text>{FACT}</p:text></p:cm></p:cmLst>',
        "ppt/comments/modernComment_1.xml": '<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main" '
        f'xmlns:a="{drawing}"><p188:cm><p188:txBody><a:p><a:r><a:t>{FACT}</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>',
    }
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in package.names:
            data = package.read(name)
            archive.writestr(name, data.replace(b"</Relationships>", relations.encode()) if name == listing else data)
        for name, text in new.items():
            archive.writestr(name, text)
    out, reasons = masked(path)
    assert "王小华" not in written(out)
    assert f"<p:text>{MASKED}</p:text>" in written(out)
    assert f"<a:t>{MASKED}</a:t>" in written(out)
    assert "comment" not in reasons


def test_hidden_sheets_and_comments_of_a_workbook(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "学校"
    sheet["A1"].comment = Comment(FACT, "王小华")
    hidden, deeper = made.create_sheet("后台"), made.create_sheet("更深")
    hidden["A1"], hidden["A2"], deeper["B2"] = FACT, "学校", FACT
    hidden.sheet_state, deeper.sheet_state = "hidden", "veryHidden"
    path = tmp_path / "a.xlsx"
    made.save(path)
    out, reasons = masked(path, clear=True)
    assert "王小华" not in written(out)
    assert "13800138000" not in written(out)
    again = openpyxl.load_workbook(out)
    assert again["后台"]["A1"].value == again["更深"]["B2"].value == MASKED
    assert again.active["A1"].comment.text == MASKED
    assert again.active["A1"].value == "学校"
    assert reasons <= {"attribute", "hidden", "metadata", "part"}
    # hidden sheets are no part of the form
    assert all("后台" not in passage.container for passage in read_story(out).passages)


def test_threaded_comments_of_a_workbook(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.save(tmp_path / "plain.xlsx")
    package = Package.open(tmp_path / "plain.xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in package.names:
            archive.writestr(name, package.read(name))
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATION}" Target="../threadedComments/threadedComment1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="A1" personId="{{1}}" id="{{2}}">'
            f"<text>{FACT} &amp; B</text></threadedComment></ThreadedComments>",
        )
    out, reasons = masked(path)
    assert f"<text>{MASKED} &amp; B</text>" in written(out)
    assert "comment" not in reasons


def test_comments_headers_footers_and_notes_of_a_word_file(tmp_path: Path) -> None:
    said = paragraph(run(FACT))
    path = write_word(
        tmp_path / "a.docx",
        paragraph(run("正文")),
        header1=said,
        footer1=said,
        footnotes=f'<w:footnote w:id="2">{said}</w:footnote>',
        comments=f'<w:comment w:id="4" w:author="王小华" w:initials="王">{said}</w:comment>',
    )
    out, _ = masked(path, clear=True)
    assert "王小华" not in written(out)
    assert "13800138000" not in written(out)
    assert written(out).count(MASKED) == 4
