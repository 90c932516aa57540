"""A table's empty row and a list's blank item, filled with as many rows as there are facts."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import Template, diff, read_story
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.repeats import find_repeats
from fanwen.blanks.shape import Shape
from tests.blanks.word_files import paragraph, run, write_word

CELL = "<w:p/>"
HEAD = [paragraph(run(name)) for name in ("姓名", "年龄（岁）", "工作单位")]


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
    return f'<w:tr w14:paraId="0A0B0C0D" w14:textId="77777777">{properties}{inner}</w:tr>'


def people(*rows: str, before: str = "家庭成员") -> str:
    head = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in HEAD)
    return paragraph(run(before)) + f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{head}</w:tr>{''.join(rows)}</w:tbl>"


def cells(path: Path) -> list[list[str]]:
    """The texts of the first table of a document, by row."""
    rows: dict[int, list[str]] = {}
    for passage in read_story(path).passages:
        if passage.cell and passage.cell.table == 0:
            rows.setdefault(passage.cell.row, []).append(passage.text)
    return [rows[number] for number in sorted(rows)]


def filled(tmp_path: Path, body: str, values: dict[str, Any], **parts: str) -> tuple[Path, Path]:
    template, out = write_word(tmp_path / "t.docx", body, **parts), tmp_path / "f.docx"
    Template(template).fill(values, out)
    return template, out


def test_one_empty_row_takes_many(tmp_path: Path) -> None:
    rows = [{"姓名": "林河", "年龄": 41, "工作单位": "渡口小学"}, {"姓名": "周岚"}, {"工作单位": "A&B <1>"}]
    template, out = filled(tmp_path, people(row(CELL, CELL, CELL)), {"家庭成员": rows})
    assert cells(out)[1:] == [["林河", "41", "渡口小学"], ["周岚", "", ""], ["", "", "A&B <1>"]]
    proof = diff(template, out)
    assert proof.other_changes == []
    assert proof.shape.rows == {"r1": 2}
    assert proof.blanks_changed == 5


def test_rows_that_are_there_are_filled_first_and_counted_on(tmp_path: Path) -> None:
    body = people(*(row(paragraph(run(f"{number}")), CELL, CELL) for number in (1, 2)), before="名单")
    template, out = filled(tmp_path, body, {"r1": [{"年龄": age} for age in (11, 12, 13, 14)]})
    assert [line[:2] for line in cells(out)[1:]] == [["1", "11"], ["2", "12"], ["3", "13"], ["4", "14"]]
    assert diff(template, out).other_changes == []
    # a wrong number is another change
    changed = tmp_path / "c.docx"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">4<", b">9<"))
    assert [one["after"] for one in diff(template, changed).other_changes] == ["9"]


def test_an_item_of_a_list_is_filled_many_times(tmp_path: Path) -> None:
    body = paragraph(run("附件：")) + paragraph(run("1．____；")) + paragraph(run("特此通知"))
    template, out = filled(tmp_path, body, {"附件": [{"b1": text} for text in ("甲", "乙", "丙")]})
    assert [passage.text for passage in read_story(out).passages] == [
        "附件：",
        "1．甲；",
        "2．乙；",
        "3．丙；",
        "特此通知",
    ]
    assert diff(template, out).other_changes == []


def test_ids_of_copies_are_their_own_and_markers_are_not_doubled(tmp_path: Path) -> None:
    name = paragraph('<w:bookmarkStart w:id="3" w:name="人"/>', '<w:bookmarkEnd w:id="3"/>')
    control = '<w:p><w:sdt><w:sdtPr><w:id w:val="-55"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>____</w:t></w:r></w:sdtContent></w:sdt></w:p>'
    noted = '<w:p><w:commentRangeStart w:id="4"/><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r></w:p>'
    template, out = filled(
        tmp_path,
        people(row(name, control, noted)),
        {"r1": [{"姓名": f"人{n}"} for n in range(4)]},
        comments='<w:comment w:id="4"><w:p/></w:comment>',
    )
    text = zipfile.ZipFile(out).read("word/document.xml").decode()
    ids = re.findall(r'w14:paraId="(\w+)"', text)
    assert len(ids) == len(set(ids)) == 4
    controls = re.findall(r'<w:id w:val="(-?\d+)"', text)
    assert len(controls) == len(set(controls)) == 4
    for marker in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentReference"):
        assert text.count(f"<w:{marker}") == 1
    assert diff(template, out).other_changes == []


def test_a_row_under_a_merged_cell_stays_under_it(tmp_path: Path) -> None:
    def cell(content: str, merge: str) -> str:
        return f"<w:tc><w:tcPr><w:vMerge{merge}/></w:tcPr>{content}</w:tc>"

    head = cell(paragraph(run("主要经历")), ' w:val="restart"') + "".join(
        f"<w:tc><w:tcPr/>{one}</w:tc>" for one in HEAD[1:]
    )
    below = cell(CELL, "") + f"<w:tc><w:tcPr/>{CELL}</w:tc>" * 2
    body = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{head}</w:tr><w:tr>{below}</w:tr></w:tbl>" + CELL
    template, out = filled(tmp_path, body, {"主要经历": [{"工作单位": name} for name in ("甲校", "乙校", "丙校")]})
    first = read_story(out).passages[0]
    assert first.cell is not None
    assert first.cell.row_span == 4
    assert diff(template, out).other_changes == []


def test_what_there_may_only_be_one_of_is_not_copied(tmp_path: Path) -> None:
    noted = paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>')
    with pytest.raises(FillError) as refused:
        filled(tmp_path, people(row(noted, CELL, CELL)), {"r1": [{"年龄": 1}, {"年龄": 2}]})
    assert refused.value.code == "no_copy"
    assert "word/document.xml#" in str(refused.value)


@pytest.mark.parametrize(
    "rows",
    [
        [row(CELL, paragraph(run("合计")), CELL)],
        [row(CELL, paragraph(run("_所")), CELL)],
        [row(paragraph(run("甲")), CELL, CELL)],
    ],
)
def test_rows_that_say_something_do_not_repeat(tmp_path: Path, rows: list[str]) -> None:
    template = Template(write_word(tmp_path / "t.docx", people(*rows)))
    assert template.repeats == ()


def test_values_of_the_wrong_shape_are_told(tmp_path: Path) -> None:
    template = Template(write_word(tmp_path / "t.docx", people(row(CELL, CELL, CELL))))
    for value, code in (("林河", "not_rows"), ([{"职务": "校长"}], "unknown_field"), ([{"年龄": "2月30日吨"}, {}], "")):
        if code:
            with pytest.raises(ValueProblem) as refused:
                template.filled({"r1": value})
            assert refused.value.code == code
        else:
            template.filled({"r1": value})


_VALUES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), max_size=8) | st.sampled_from(
    ["A&B <1>", "]]>", "{{ x }}", "两行\n文字", "😀"]
)
_FORMATS = st.sampled_from(["", "<w:b/>", '<w:u w:val="single"/>'])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_VALUES, _VALUES, _VALUES), max_size=7), st.integers(1, 3), _FORMATS, st.booleans())
def test_adding_rows_changes_nothing_else(
    rows: list[tuple[str, str, str]], present: int, properties: str, split: bool
) -> None:
    mark = f"<w:p><w:pPr><w:rPr>{properties}</w:rPr></w:pPr></w:p>"
    rule = paragraph(run("__", properties), run("__")) if split else mark
    around = paragraph(run("共_人")) + people(*(row(mark, rule, CELL) for _ in range(present))) + paragraph(run("止"))
    with tempfile.TemporaryDirectory() as folder:
        path, out = write_word(Path(folder) / "t.docx", around, header1=paragraph(run("页眉"))), Path(folder) / "f.docx"
        template = Template(path)
        (repeat,) = find_repeats(template.story, template.blanks)
        values = [
            dict(zip(repeat.parts[0].blanks, ({"text": one} if one else "" for one in said), strict=True))
            for said in rows
        ]
        report = template.fill({"r1": values, "b1": "7"}, out)
        proof = diff(path, out, blanks=template.blanks, shape=report.shape)
        assert proof.other_changes == []
        said = [list(one) for one in rows]
        while said and not any(said[-1]):
            said.pop()
        text = [["____" if split and at == 1 and not one else one for at, one in enumerate(line)] for line in said]
        empty = ["", "____" if split else "", ""]
        assert cells(out)[1:] == text + [empty] * (present - len(text))
        before, after = zipfile.ZipFile(path), zipfile.ZipFile(out)
        for name in before.namelist():
            if name != "word/document.xml":
                assert before.read(name) == after.read(name)
        wrong = Shape({"r1": report.shape.rows.get("r1", 0) + 1})
        assert diff(path, out, blanks=template.blanks, shape=wrong).other_changes
