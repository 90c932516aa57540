"""Tags, merge fields and controls are found without looking for anything else, as the whole detection finds them."""

from __future__ import annotations

from pathlib import Path

from docx import Document as Docx

from fanwen.blanks import detect, read_story
from fanwen.blanks.detect.detector import named
from fanwen.blanks.fill import Template
from tests.blanks.word_files import paragraph, run, write_word

BODY = (
    paragraph(run("学校："), run("{{ sch"), run("ool }}", "<w:b/>"), run("，电话：____"))
    + '<w:p><w:fldSimple w:instr=" MERGEFIELD 人数 "><w:r><w:t>«人数»</w:t></w:r></w:fldSimple></w:p>'
    + '<w:p><w:sdt><w:sdtPr><w:tag w:val="head"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
    + run("单击此处输入")
    + "</w:sdtContent></w:sdt></w:p>"
    + paragraph(run("再次：{{ school }}"))
)


def test_what_was_named_is_found_as_by_the_whole_detection(tmp_path: Path) -> None:
    story = read_story(write_word(tmp_path / "a.docx", BODY))
    kinds = ("tag", "merge_field", "control", "form_field")
    whole = [blank for blank in detect(story) if blank.kind in kinds]
    alone = named(story)
    assert [(one.passage, one.start, one.end, one.name, one.type) for one in alone] == [
        (one.passage, one.start, one.end, one.name, one.type) for one in whole
    ]
    assert len(alone) == 4
    assert alone[3].same_as == "b1"


def test_a_template_of_named_places_asks_for_nothing_else(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", BODY)
    report = Template(path, named=True).fill({"school": "云溪小学", "人数": 3}, tmp_path / "o.docx")
    assert len(report.left) == 1
    texts = [line.text for line in Docx(str(tmp_path / "o.docx")).paragraphs]
    assert texts[0] == "学校：云溪小学，电话：____"
    assert texts[3] == "再次：云溪小学"
