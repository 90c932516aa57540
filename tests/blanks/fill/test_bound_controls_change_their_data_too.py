from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fanwen.blanks import diff, mask, read_story, unmask
from fanwen.blanks.errors import FillError
from fanwen.blanks.fill import Template
from tests.blanks.holes import blank, numbered
from tests.blanks.word_files import document_xml, paragraph, run, write_word

_ID = "{12345678-0000-4000-8000-ABCDEF012345}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def bound(
    tmp_path: Path, kind: str = "<w:text/>", path: str = "/ns0:root[1]/ns0:name[1]", data: str = "<name/>"
) -> Path:
    settings = f'<w:dataBinding w:prefixMappings="xmlns:ns0=\'urn:x\'" w:xpath="{path}" w:storeItemID="{_ID}"/>'
    content = run("王小华同志")
    control = f"<w:sdt><w:sdtPr>{settings}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    made = write_word(tmp_path / "made.docx", paragraph(run("致"), control))
    out = tmp_path / "t.docx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/_rels/document.xml.rels":
                text = text.replace(
                    "</Rel", f'<Relationship Id="d" Type="{_KIND}/customXml" Target="../customXml/item1.xml"/></Rel'
                )
            new.writestr(name, text)
        new.writestr("customXml/item1.xml", f'<root xmlns="urn:x">{data}<other>留</other></root>')
        new.writestr(
            "customXml/_rels/item1.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="p" Type="{_KIND}/customXmlProps" Target="itemProps1.xml"/>'
            "</Relationships>",
        )
        new.writestr("customXml/itemProps1.xml", f'<ds:datastoreItem ds:itemID="{_ID}" xmlns:ds="urn:ds"/>')
    return out


@pytest.mark.parametrize("data", ["<name/>", "<name></name>", "<name>旧</name>"])
def test_the_data_says_what_the_control_says(tmp_path: Path, data: str) -> None:
    path = bound(tmp_path, data=data)
    blanks = numbered([blank(read_story(path).passages[0], 1, 4)])
    out = tmp_path / "o.docx"
    Template(path, blanks=blanks).fill({"b1": "A&B"}, out)
    assert read_story(out).passages[0].text == "致A&B同志"
    assert (
        document_xml(out, "customXml/item1.xml")
        == '<root xmlns="urn:x"><name>A&amp;B同志</name><other>留</other></root>'
    )
    assert diff(path, out, blanks=blanks).other_changes == []


def test_another_change_of_the_data_is_found(tmp_path: Path) -> None:
    path = bound(tmp_path)
    blanks = numbered([blank(read_story(path).passages[0], 1, 4)])
    out = tmp_path / "o.docx"
    Template(path, blanks=blanks).fill({"b1": "甲"}, out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(tmp_path / "c.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace("留", "走"))
    assert [one["place"] for one in diff(path, tmp_path / "c.docx", blanks=blanks).other_changes] == [
        "customXml/item1.xml"
    ]


@pytest.mark.parametrize(
    ("kind", "path"),
    [("<w:date/>", "/ns0:root[1]/ns0:name[1]"), ("<w:text/>", "/ns0:root[1]/ns0:none[1]"), ("<w:text/>", "//ns0:name")],
    ids=["kept in another form", "not there", "another kind of path"],
)
def test_data_that_can_not_be_told_is_refused(tmp_path: Path, kind: str, path: str) -> None:
    template = bound(tmp_path, kind, path)
    with pytest.raises(FillError) as error:
        Template(template, blanks=numbered([blank(read_story(template).passages[0], 1, 4)])).filled({"b1": "甲"})
    assert error.value.code == "bound"


def test_masking_takes_the_name_out_of_the_data_and_gives_it_back(tmp_path: Path) -> None:
    path = bound(tmp_path, data="<name>王小华同志</name>")
    mask(path, tmp_path / "m.docx", tmp_path / "k")
    assert "王小华" not in document_xml(tmp_path / "m.docx", "customXml/item1.xml")
    unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx")
    assert document_xml(tmp_path / "u.docx", "customXml/item1.xml") == document_xml(path, "customXml/item1.xml")
