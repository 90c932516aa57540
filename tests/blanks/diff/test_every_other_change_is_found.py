from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from fanwen.blanks import diff, fill, read_story
from fanwen.blanks.diff import Diff
from fanwen.blanks.fill import Template
from tests.blanks.holes import holes
from tests.blanks.word_files import paragraph, run, table, write_word

_BODY = (
    paragraph(run("共"), run("_", "<w:b/>"), run("所，见"), '<w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkEnd w:id="1"/>', run("表"))
    + paragraph(run("第二段"))
    + table([paragraph(run("项目")), "<w:p/>"])
    + '<w:sdt><w:sdtPr><w:tag w:val="块"/></w:sdtPr><w:sdtContent>' + paragraph(run("第三段")) + "</w:sdtContent></w:sdt>"
)  # fmt: skip


def compared(tmp_path: Path, tamper: Callable[[str], str], part: str = "word/document.xml") -> Diff:
    """A filled document that someone changed further."""
    template = write_word(tmp_path / "t.docx", _BODY, styles="<w:style/>", header1=paragraph(run("页眉_")))
    blanks = holes(read_story(template))
    filled = tmp_path / "f.docx"
    fill(template, {"b2": "12"}, filled, blanks=blanks)
    changed = tmp_path / "c.docx"
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, tamper(text) if name == part else text)
    return diff(template, changed, blanks=blanks)


def test_a_document_filled_and_written_anew_shows_no_other_change(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda text: text)
    assert found.to_dict() == {
        "blanks_changed": 1,
        "other_changes": [],
        "changed": [{"id": "b2", "name": "field 2", "before": "_", "after": "12"}],
        "rows_added": {},
        "passages_left_out": [],
    }


def test_merged_runs_revision_ids_and_spelling_marks_are_no_changes(tmp_path: Path) -> None:
    def tamper(text: str) -> str:
        text = text.replace("所，见</w:t></w:r>", '所，见</w:t></w:r><w:proofErr w:type="spellStart"/>')
        text = text.replace('<w:t xml:space="preserve">第二段</w:t>', "<w:t>第</w:t></w:r><w:r><w:t>二段</w:t>")
        return text.replace("<w:p>", '<w:p w:rsidR="00AB12CD">')

    assert compared(tmp_path, tamper).other_changes == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("第二段", "第两段", "text"),
        ("所，见", "个，见", "text"),
        ("<w:b/>", "<w:i/>", "formatting"),
        ('<w:r><w:t xml:space="preserve">第二段', "<w:r><w:rPr><w:b/></w:rPr><w:t>第二段", "formatting"),
        ('<w:bookmarkEnd w:id="1"/>', "", "structure"),
        ('w:w="11906"', 'w:w="16838"', "structure"),
        ('<w:tag w:val="块"/>', '<w:tag w:val="别"/>', "structure"),
        ("<w:tblPr/>", '<w:tblPr><w:jc w:val="center"/></w:tblPr>', "structure"),
        (paragraph(run("第二段")), "", "removed"),
        (paragraph(run("第二段")), paragraph(run("第二段")) + paragraph(run("新")), "added"),
    ],
)
def test_a_change_outside_the_blanks_is_named(tmp_path: Path, old: str, new: str, kind: str) -> None:
    found = compared(tmp_path, lambda text: text.replace(old, new, 1))
    assert [change["kind"] for change in found.other_changes] == [kind]
    assert found.other_changes[0]["place"].startswith("word/document.xml")


def test_before_and_after_show_the_paragraphs(tmp_path: Path) -> None:
    (change,) = compared(tmp_path, lambda text: text.replace("第二段", "第两段")).other_changes
    assert (change["before"], change["after"]) == ("第二段", "第两段")


def test_another_part_that_changed_is_named(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda text: text.replace("<w:style/>", '<w:style w:type="x"/>'), "word/styles.xml")
    assert [(change["place"], change["kind"]) for change in found.other_changes] == [("word/styles.xml", "part")]


def test_parts_added_and_removed_are_named(tmp_path: Path) -> None:
    template = write_word(tmp_path / "t.docx", paragraph(run("_")), styles="<w:style/>")
    other = tmp_path / "o.docx"
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name != "word/styles.xml":
                new.writestr(name, old.read(name))
        new.writestr("word/media/x.png", b"png")
    kinds = [(change["place"], change["kind"]) for change in diff(template, other).other_changes]
    assert kinds == [("word/styles.xml", "removed"), ("word/media/x.png", "added")]


def test_text_typed_into_a_blank_with_another_program_is_a_changed_blank(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    made = docx.Document()
    line = made.add_paragraph("共")
    line.add_run("__").underline = True
    line.add_run("所")
    made.add_paragraph("不变")
    made.save(str(path))
    blanks = holes(read_story(path))
    again = docx.Document(str(path))
    again.paragraphs[0].runs[1].text = "三十"
    again.save(str(tmp_path / "f.docx"))
    found = diff(path, tmp_path / "f.docx", blanks=blanks)
    assert found.other_changes == []
    assert [(change.before, change.after) for change in found.changed] == [("__", "三十")]


def test_what_was_filled_behind_a_box_leaves_the_box_as_it_was(tmp_path: Path) -> None:
    form = write_word(tmp_path / "form.docx", paragraph(run("其他□__________，电话：____")))
    template = Template(form)
    box, other = template.blanks[:2]
    assert (box.text, other.text) == ("□", "__________")
    template.fill({other.id: "新内容"}, tmp_path / "out.docx")
    assert [change.id for change in diff(form, tmp_path / "out.docx").changed] == [other.id]
