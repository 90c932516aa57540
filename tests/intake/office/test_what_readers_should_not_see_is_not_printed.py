from __future__ import annotations

from pathlib import Path

from docx import Document
from pptx import Presentation

from fanwen.intake.office import Office

from .conftest import edit_package, kind_of
from .reading import page_sizes, page_texts, red_share

WHO = 'w:id="1" w:author="审核人" w:date="2024-03-05T08:00:00Z"'


def _changed(path: Path, plain: Path) -> None:
    document = Document()
    document.add_paragraph("STAYS")
    document.save(str(plain))
    changes = (
        f"<w:p><w:ins {WHO}><w:r><w:t>INSERTED</w:t></w:r></w:ins>"
        f"<w:del {WHO}><w:r><w:delText>DELETED</w:delText></w:r></w:del></w:p>"
    )
    edit_package(
        plain,
        path,
        lambda name, data: (
            data.replace(b"<w:sectPr", changes.encode() + b"<w:sectPr", 1) if name == "word/document.xml" else data
        ),
    )


def test_tracked_changes_look_accepted(office: Office, tmp_path: Path) -> None:
    _changed(tmp_path / "changed.docx", tmp_path / "plain.docx")
    done = office.convert(tmp_path / "changed.docx", kind_of(tmp_path / "changed.docx"), tmp_path / "out.pdf")
    assert page_texts(done.pdf) == ["STAYSINSERTED"]
    assert _coloured(done.pdf) == 0, "an insertion in its author's colour"


def _coloured(pdf: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    return sum(max(pixel) - min(pixel) > 60 for pixel in image.get_flattened_data())


def test_comments_are_left_out(office: Office, tmp_path: Path) -> None:
    document = Document()
    run = document.add_paragraph("正文一句").runs[0]
    document.add_comment(run, text="旁注意见", author="审核人")
    document.save(str(tmp_path / "commented.docx"))
    source = tmp_path / "commented.docx"
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert page_texts(done.pdf) == ["正文一句"]
    assert red_share(done.pdf) == 0
    assert page_sizes(done.pdf)[0][0] < 620, "no margin for comments"


def test_hidden_slides_and_speaker_notes_are_left_out(office: Office, tmp_path: Path) -> None:
    slides = Presentation()
    for text in ("第一张", "隐藏的一张", "第三张"):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = text
        slide.notes_slide.notes_text_frame.text = "讲稿"
    slides.slides[1]._element.set("show", "0")
    source = tmp_path / "slides.pptx"
    slides.save(str(source))
    done = office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert page_texts(done.pdf) == ["第一张", "第三张"]
