"""The commands fill, diff, mask and unmask as a person types them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from fanwen.blanks import read_story
from fanwen.cli import group
from tests.blanks.word_files import paragraph, run, write_word


def fanwen(*arguments: object, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(group, [str(argument) for argument in arguments])


def done(*arguments: object) -> Any:
    result = fanwen(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    lines = ["姓名：____", "会议日期：____年__月__日", "全县共有中小学_所。"]
    return write_word(tmp_path / "form.docx", "".join(paragraph(run(line)) for line in lines))


def lines(path: Path) -> list[str]:
    return [passage.text for passage in read_story(path).passages]


def test_fill_and_diff(form: Path, tmp_path: Path) -> None:
    values = tmp_path / "values.json"
    values.write_text('{"姓名": "张明", "会议日期": "2026-11-23"}', encoding="utf-8")
    out = tmp_path / "out.docx"
    report = done("fill", form, "--values", values, "-o", out)
    assert len(report["filled"]) == 4
    assert len(report["left"]) == 1
    assert lines(out) == ["姓名：张明", "会议日期：2026年11月23日", "全县共有中小学_所。"]
    found = done("diff", form, out)
    assert found["blanks_changed"] == 4
    assert found["other_changes"] == []


def test_values_may_be_literal_json(form: Path, tmp_path: Path) -> None:
    done("fill", form, "--values", '{"姓名": "张明"}', "-o", tmp_path / "o.docx")
    assert lines(tmp_path / "o.docx")[0] == "姓名：张明"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ('{"无此": 1}', "无此"),
        ('{"会议日期": "2月30日"}', "2月30日"),
        ("[1]", "not a JSON object"),
        ("{", "not JSON"),
        ("missing.json", "missing.json"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_status_1(form: Path, tmp_path: Path, values: str, said: str) -> None:
    result = fanwen("fill", form, "--values", values, "-o", tmp_path / "o.docx")
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "o.docx").exists()


def test_the_source_is_never_overwritten(form: Path) -> None:
    before = form.read_bytes()
    assert fanwen("fill", form, "--values", "{}", "-o", form).exit_code == 1
    assert fanwen("mask", form, "-o", form, "--key", form.with_name("k")).exit_code == 1
    assert form.read_bytes() == before


def test_a_name_that_belies_the_format_is_refused(form: Path, tmp_path: Path) -> None:
    result = fanwen("fill", form, "--values", "{}", "-o", tmp_path / "o.doc")
    assert result.exit_code == 1
    assert "DOCX" in result.stderr


def test_pdf_and_text_are_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("姓名：____", encoding="utf-8")
    result = fanwen("fill", tmp_path / "a.txt", "--values", "{}", "-o", tmp_path / "o.docx")
    assert result.exit_code == 1
    assert "save it as DOCX" in result.stderr


def test_a_sheet_fills_a_document_a_row(form: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "rows.xlsx"
    done("fill", form, "--sheet-template", sheet)
    book = openpyxl.load_workbook(sheet)
    headers = [cell.value for cell in book.active[1]]
    assert headers == ["姓名", "会议日期", "全县共有中小学（所）"]
    for row in (["张明", "2026-11-23", 12], ["李/红", "错", 3], ["王华", None, "三十"]):
        book.active.append(row)
    book.save(sheet)
    out = tmp_path / "out.zip"
    result = fanwen("fill", form, "--sheet", sheet, "-o", out, "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["done"], report["failed"]) == (2, 1)
    assert "错" in result.stderr
    with zipfile.ZipFile(out) as archive:
        names = sorted(archive.namelist())
        archive.extractall(tmp_path / "all")
        table = archive.read("report.csv").decode("utf-8-sig").splitlines()
    assert names == ["0002 张明.docx", "0004 王华.docx", "report.csv"]
    assert lines(tmp_path / "all" / "0004 王华.docx") == [
        "姓名：王华",
        "会议日期：____年__月__日",
        "全县共有中小学30所。",
    ]
    assert table[3].endswith("会议日期,,")


def test_a_column_that_no_field_matches_is_asked_about_never_guessed(form: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "rows.csv"
    sheet.write_bytes("姓名,学校名称\n张明,某校\n".encode("gb18030"))
    result = fanwen("fill", form, "--sheet", sheet, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "学校名称" in result.stderr
    report = done("fill", form, "--sheet", sheet, "-o", tmp_path / "out", "--ignore")
    assert report["done"] == 1
    assert lines(tmp_path / "out" / "0002 张明.docx")[0] == "姓名：张明"


def test_mask_lists_and_unmask_gives_back(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("王小华同志到120所学校")))
    listed = done("mask", path, "--list")
    assert [one["text"] for one in listed["taken"]] == ["王小华", "120所"]
    masked, key, back = tmp_path / "m.docx", tmp_path / "k.json", tmp_path / "b.docx"
    result = fanwen("mask", path, "-o", masked, "--key", key, "--keep", "120所", FANWEN_PASSPHRASE="开门")
    assert result.exit_code == 0, result.output
    assert lines(masked) == ["_同志到120所学校"]
    assert "王小华" not in key.read_text(encoding="utf-8")
    assert fanwen("unmask", masked, "--key", key, "-o", back, FANWEN_PASSPHRASE="错").exit_code == 1
    assert fanwen("unmask", masked, "--key", key, "-o", back, FANWEN_PASSPHRASE="开门").exit_code == 0
    assert lines(back) == ["王小华同志到120所学校"]


def test_a_broken_rule_is_a_warning_and_strict_refuses(tmp_path: Path) -> None:
    form = write_word(tmp_path / "counts.docx", paragraph(run("全市共有学校____所，其中竣工____所。")))
    said = ["fill", form, "--values", '{"b1": 3, "b2": 4}', "--rule", "竣工 <= 全市共有学校", "-o", tmp_path / "o.docx"]
    warned = fanwen(*said)
    assert warned.exit_code == 0
    assert "竣工 (4所) should not be more than 全市共有学校 (3所)." in warned.stderr
    (tmp_path / "o.docx").unlink()
    refused = fanwen(*said, "--strict")
    assert refused.exit_code == 1
    assert "should not be more than" in refused.stderr
    assert not (tmp_path / "o.docx").exists()
    sheet = tmp_path / "rows.csv"
    sheet.write_text("全市共有学校,竣工\n3,4\n4,3\n", encoding="utf-8")
    batch = ["fill", form, "--sheet", sheet, "--rule", "竣工 <= 全市共有学校", "-o", tmp_path / "o.zip"]
    assert "row 2: 竣工 (4所)" in fanwen(*batch).stderr
    with zipfile.ZipFile(tmp_path / "o.zip") as packed:
        assert len(packed.namelist()) == 3
    assert fanwen(*batch, "--strict").exit_code == 1
    assert fanwen(*said[:4], "--rule", "没有 <= 1", "-o", tmp_path / "x.docx").exit_code == 1
