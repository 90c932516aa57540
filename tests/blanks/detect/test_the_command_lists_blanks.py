import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from fanwen.cli.blanks import command

KEYS = {
    "id", "before", "text", "after", "where", "role", "type", "unit", "hedge", "group", "same_as", "label", "name",
    "suggestion", "confidence",
}  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("姓名：____")
    document.add_paragraph("投入近_万元")
    path = tmp_path / "form.docx"
    document.save(str(path))
    return path


def test_json_is_one_document_with_every_field(form: Path) -> None:
    result = run(str(form), "--json")
    entries = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [entry["text"] for entry in entries] == ["____", "_"]
    assert all(entry.keys() >= KEYS for entry in entries)
    assert (entries[1]["unit"], entries[1]["hedge"], entries[1]["type"]) == ("万元", "近", "money")


def test_people_get_a_line_for_each_blank_and_a_count(form: Path) -> None:
    lines = run(str(form)).stdout.splitlines()
    assert len(lines) == 3
    assert "姓名" in lines[0]
    assert lines[2] == "2 blanks: 2 to fill, 0 lost to a filter"


def test_a_text_file_is_read_and_told_to_be_unfillable(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_bytes("姓名：____\r\n电话：".encode("gb18030"))
    result = run(str(path))
    assert "2 blanks" in result.stdout
    assert "not filled" in result.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.docx"))
    assert result.exit_code == 1
    assert "none.docx" in result.output


def test_a_file_that_is_no_office_document_has_its_cause(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 this is no archive")
    result = run(str(path), "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
