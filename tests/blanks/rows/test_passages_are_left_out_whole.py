"""Paragraphs, rows and tables that a document goes without, and what is refused because it would break something."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from docx import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import Template, diff, read_story
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.optional import Stretch
from fanwen.blanks.shape import Shape
from tests.blanks.word_files import paragraph, run, table, write_word


def lines(*texts: str) -> str:
    return "".join(paragraph(run(text)) for text in texts)


def stretch(path: Path, first: int, last: int, name: str = "违约责任") -> Stretch:
    ids = tuple(passage.id for passage in read_story(path).passages[first : last + 1])
    return Stretch("p1", name, ids, default_on=True)


def without(tmp_path: Path, body: str, first: int, last: int, **values: str) -> tuple[Path, Path, Stretch]:
    path, out = write_word(tmp_path / "t.docx", body), tmp_path / "f.docx"
    one = stretch(path, first, last)
    Template(path, passages=[one]).fill({"p1": False, **values}, out)
    return path, out, one


def texts(path: Path) -> list[str]:
    return [passage.text for passage in read_story(path).passages]


def test_a_clause_goes_and_the_rest_stays(tmp_path: Path) -> None:
    body = lines("一、总则", "二、违约金为_元。", "三、其他", "甲方：__")
    path, out, one = without(tmp_path, body, 1, 1, 甲方="渡口小学")
    assert texts(out) == ["一、总则", "三、其他", "甲方：渡口小学"]
    told = diff(path, out, passages=[one], shape=Shape(off=frozenset({"p1"})))
    assert told.other_changes == []
    assert told.to_dict()["passages_left_out"] == ["p1"]
    # who was not told sees it as a change
    assert [change["kind"] for change in diff(path, out).other_changes] == ["removed"]


def test_what_a_passage_asked_for_is_not_needed_and_a_fact_asked_elsewhere_stays(tmp_path: Path) -> None:
    body = lines("甲方：__", "甲方应付_元。", "特此约定")
    _, out, _ = without(tmp_path, body, 1, 1, 甲方="渡口小学", b2="300")
    assert texts(out) == ["甲方：渡口小学", "特此约定"]
    _, out, _ = without(tmp_path, body, 0, 0, b1="渡口小学")
    assert texts(out) == ["甲方应付_元。", "特此约定"]


def test_a_passage_is_kept_unless_it_is_said(tmp_path: Path) -> None:
    path = write_word(tmp_path / "t.docx", lines("甲__", "乙"))
    template = Template(path, passages=[stretch(path, 1, 1)])
    for value in (True, "是", None, ""):
        data, report = template.filled({"违约责任": value})
        assert not report.shape.off
        assert data == path.read_bytes()
    assert template.filled({"违约责任": "否"})[1].shape.off == {"p1"}
    with pytest.raises(ValueProblem) as refused:
        template.filled({"p1": "也许"})
    assert refused.value.code == "not_a_switch"


def test_a_whole_row_and_a_whole_table_go(tmp_path: Path) -> None:
    rows = [[paragraph(run(f"{row}{column}")) for column in "甲乙"] for row in "123"]
    body = lines("前") + table(*rows) + lines("后")
    path, out, one = without(tmp_path, body, 3, 4)
    assert texts(out) == ["前", "1甲", "1乙", "3甲", "3乙", "后"]
    assert diff(path, out, passages=[one], shape=Shape(off=frozenset({"p1"}))).other_changes == []
    _, out, _ = without(tmp_path, body, 1, 6)
    assert texts(out) == ["前", "后"]
    assert b"w:tbl>" not in zipfile.ZipFile(out).read("word/document.xml")


_NOTE = '<w:bookmarkStart w:id="9" w:name="条款"/>'
_SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>节末</w:t></w:r></w:p>"
_MERGED = (
    '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{0}</w:tc><w:tc><w:tcPr/>{0}</w:tc></w:tr>'
    "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tcPr/>{0}</w:tc></w:tr>"
).format(paragraph(run("格")))


@pytest.mark.parametrize(
    ("body", "first", "last", "code"),
    [
        (lines("前") + _SECTION + lines("后"), 1, 1, "removal_section"),
        (lines("前") + paragraph(_NOTE, run("条")) + paragraph('<w:bookmarkEnd w:id="9"/>', run("后")), 1, 1, "removal_marks"),
        (
            lines("前")
            + paragraph(_NOTE, run("条"), '<w:bookmarkEnd w:id="9"/>')
            + paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF 条款 \\h </w:instrText></w:r>'
                        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("条"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
            1, 1, "removal_referred",
        ),
        (
            lines("前") + paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("域"))
            + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("后")),
            1, 1, "removal_field",
        ),
        (lines("前") + table([paragraph(run("甲")), paragraph(run("乙"))]) + lines("后"), 1, 1, "removal_cell"),
        (f"<w:tbl><w:tblPr/><w:tblGrid/>{_MERGED}</w:tbl>" + lines("后"), 0, 1, "removal_merged"),
        (table([paragraph(run("甲"))]) + lines("间") + table([paragraph(run("乙"))]) + lines("后"), 1, 1, "removal_tables"),
        (lines("甲", "乙"), 0, 1, "removal_empty"),
    ],
)  # fmt: skip
def test_what_would_break_is_refused_with_its_place(
    tmp_path: Path, body: str, first: int, last: int, code: str
) -> None:
    path = write_word(tmp_path / "t.docx", body)
    with pytest.raises(FillError) as refused:
        Template(path, passages=[stretch(path, first, last)]).filled({"p1": False})
    assert refused.value.code == code
    assert "word/document.xml#" in str(refused.value)


def test_rows_in_a_passage_that_goes_are_not_added(tmp_path: Path) -> None:
    heads = [paragraph(run(name)) for name in ("姓名", "年龄")]
    path = write_word(tmp_path / "t.docx", lines("前") + table(heads, ["<w:p/>", "<w:p/>"]) + lines("后"))
    template = Template(path, passages=[stretch(path, 1, 4)])
    with pytest.raises(FillError) as refused:
        template.filled({"p1": False, "r1": [{"姓名": "甲"}, {"姓名": "乙"}]})
    assert refused.value.code == "removal_repeat"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["文字", "有_所", "A&amp;B", "表"]), min_size=3, max_size=10), st.data())
def test_leaving_a_passage_out_changes_nothing_else(kinds: list[str], data: st.DataObject) -> None:
    blocks = [
        table([paragraph(run(f"格{at}")), paragraph(run("_"))])
        if kind == "表"
        else paragraph(run(f"{kind}{at}", "<w:b/>"), run("尾"))
        for at, kind in enumerate(kinds)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = write_word(
            Path(folder) / "t.docx", lines("首") + lines("次").join(blocks) + lines("末"), header1=lines("页眉")
        )
        story = read_story(path)
        body = [at for at, passage in enumerate(story.passages) if passage.where in ("body", "table")]
        first = data.draw(st.sampled_from(body[1:-1]))
        last = data.draw(st.sampled_from([at for at in body[1:-1] if at >= first]))
        one = stretch(path, first, last)
        out = Path(folder) / "f.docx"
        template = Template(path, passages=[one])
        try:
            report = template.fill({"p1": False}, out)
        except FillError as error:
            if error.code not in ("removal_cell", "removal_tables"):
                raise
            return
        kept = [passage.text for passage in story.passages if passage.id not in one.paragraphs]
        assert texts(out) == kept
        assert diff(path, out, blanks=template.blanks, passages=[one], shape=report.shape).other_changes == []
        assert len(Docx(str(out)).paragraphs) > 0
