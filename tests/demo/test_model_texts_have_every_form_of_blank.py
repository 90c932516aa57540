from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from fanwen.demo import DemoFile, catalogue, markup

BODIES = {
    entry.name: markup.read(entry.source.read_text(encoding="utf-8"))
    for entry in catalogue.read().entries
    if entry.blanks
}
TEXT = "\n".join(str(source.head) + "\n" + source.body for source in BODIES.values())

FORMS = {
    "an underscore and its unit": r"_所",
    "an underscore and a scaled unit": r"_万元",
    "an underscore and a count": r"_余次",
    "a hedge and an underscore": r"近_亿元",
    "a percentage": r"达_%",
    "an ordinal": r"第_届",
    "month and day": r"_月_日",
    "a year begun": r"20__年",
    "a run of underscores": r"_{6,}",
    "full-width underscores": r"＿＿",
    "underlined spaces": r"\{u\|　+\}",
    "crosses": r"×××",
    "Latin crosses": r"(?<![A-Z])XX(?!L)",
    "某某": r"某某",
    "某 and a unit": r"某县",
    "a prompt in 【】": r"【请填写",
    "a prompt in []": r"\[姓名\]",
    "a prompt in （）": r"（此处填写",
    "a tag": r"\{\{姓名|\{\{讲话人姓名\}\}",
    "a label and nothing": r"(?m)^联系人：$",
    "an empty cell": r"\|  \|",
    "dotted leaders": r"…{6,}（　+）",
    "check boxes": r"□男　□女",
    "a content control": r"\{control\|text",
    "a date control": r"\{control\|date",
    "a list control": r"\{control\|dropdown",
    "a check box control": r"\{control\|checkbox",
    "a merge field": r"\{merge\|",
    "a legacy form field": r"\{form\|text",
    "a blank split over runs": r"_\{\|\}",
}
NOT_BLANKS = {
    "an e-mail address": r"[a-z]_[a-z]+@example\.org",
    "a file name": r"[a-z]_[a-z0-9]+_?\w*\.xlsx",
    "某 in prose": r"某种意义上",
    "a size": r"XXL号",
    "an ellipsis": r"解决……这些",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_occurs(form: str) -> None:
    assert re.search(FORMS[form], TEXT)


@pytest.mark.parametrize("form", NOT_BLANKS)
def test_what_looks_like_a_blank_occurs_too(form: str) -> None:
    assert re.search(NOT_BLANKS[form], TEXT)


def test_there_are_at_least_ten_model_texts(files: list[DemoFile]) -> None:
    assert sum(file.blanks for file in files) >= 10
    assert {file.path.suffix for file in files if file.blanks} >= {".doc", ".docx", ".rtf", ".odt", ".xlsx"}


def test_blanks_stand_in_headers_footers_a_text_box_and_a_footnote(paths: dict[str, Path]) -> None:
    with zipfile.ZipFile(paths["消防疏散演练通知模板.docx"]) as package:
        names = package.namelist()
        parts = {name: package.read(name).decode() for name in names if name.endswith(".xml")}
    body, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    assert any("______学校" in text for name, text in parts.items() if name.startswith("word/header"))
    assert any("拟稿人" in text for name, text in parts.items() if name.startswith("word/footer"))
    assert "________年级" in notes
    boxes = re.findall(r"<w:txbxContent>.*?</w:txbxContent>", body, re.DOTALL)
    assert len(boxes) == 2, "once as DrawingML, once as VML"
    assert all("编号：第_号" in box for box in boxes)


def test_controls_and_merge_fields_are_those_of_word(paths: dict[str, Path]) -> None:
    controls = _body(paths["班级学期工作计划模板.docx"])
    assert {"<w:date>", "<w:dropDownList>", "<w:text/>", "w14:checkbox", "FORMTEXT"} <= {
        mark for mark in ("<w:date>", "<w:dropDownList>", "<w:text/>", "w14:checkbox", "FORMTEXT") if mark in controls
    }
    assert _body(paths["校庆邀请函模板.docx"]).count("MERGEFIELD") >= 12


def _body(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()
