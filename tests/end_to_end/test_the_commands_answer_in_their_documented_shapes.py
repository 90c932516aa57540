from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.service import Service

SENTENCE = "澄江二中图书馆周末开放时间调整为上午九点至下午五点。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good file, its copy, an empty one, a damaged one, and what is to be passed over."""
    folder = tmp_path_factory.mktemp("files")
    document = docx.Document()
    document.add_heading("图书馆开放时间的通知", 0)
    for number in range(60):
        document.add_paragraph(f"第{number}条，阅览室座位须提前预约，迟到一刻钟视为放弃。")
    document.add_page_break()
    document.add_paragraph(SENTENCE)
    document.save(str(folder / "a-notice.docx"))
    (folder / "b-copy.docx").write_bytes((folder / "a-notice.docx").read_bytes())
    (folder / "c-empty.txt").touch()
    (folder / "d-damaged.docx").write_bytes((folder / "a-notice.docx").read_bytes()[:9000])
    (folder / ".hidden").write_text("x")
    (folder / "~$a-notice.docx").write_bytes(b"lock")
    return folder


@pytest.fixture(scope="module")
def added(service: Service, folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = service.json("add", folder, "--category", "办公/通知", "--tag", "图书", check=False)
    return entries


@pytest.fixture(scope="module")
def number(added: list[dict[str, Any]]) -> str:
    return str(added[0]["number"])


def test_add_reports_every_file_and_its_fate(added: list[dict[str, Any]], folder: Path) -> None:
    assert [Path(entry["path"]).name for entry in added] == [
        "a-notice.docx",
        "b-copy.docx",
        "c-empty.txt",
        "d-damaged.docx",
    ]
    assert [entry["status"] for entry in added] == ["ready", "duplicate", "refused", "failed"]
    good, copy, empty, damaged = added
    assert set(good) == {"path", "number", "status", "pages", "format", "error", "warnings"}
    assert good["pages"] >= 2
    assert good["format"] == "docx"
    assert copy["number"] == good["number"]
    assert "empty" in empty["error"]
    assert "damaged" in damaged["error"]


def test_add_says_what_it_found_and_holds_it_when_asked(service: Service, added: Any, tmp_path: Path) -> None:
    text = "值班人员：陈某，电话 138 0013 8000。\n" + "渡口的灯标每天夜里点亮，值守人逐日记录天气与船只。\n" * 8
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    (tmp_path / "list-edited.txt").write_text(text + "又及：灯标已换新。", encoding="utf-8")
    first, edited = service.json("add", tmp_path)
    number = {"kind": "personal_data", "page": 1, "sort": "mobile", "excerpt": "138******00"}
    assert number in first["warnings"]
    other = next(one for one in edited["warnings"] if one["kind"] == "alike")
    assert other["number"] == first["number"]
    assert 0.7 <= other["likeness"] <= 1
    assert service.json("show", edited["number"])["visibility"] == "public"
    (tmp_path / "held.txt").write_text(text.replace("陈某", "林某"), encoding="utf-8")
    said = service.run("add", tmp_path / "held.txt", "--hold").stdout
    assert "! mobile number 138******00 on page 1" in said
    assert "! nearly the same as" in said
    assert service.json("show", said.split()[1])["visibility"] == "held"


def test_search_finds_the_phrase_on_its_page(service: Service, added: Any, number: str) -> None:
    found = service.json("search", '"周末开放时间"')
    assert set(found) == {"query", "total", "took_ms", "hits"}
    hit = found["hits"][0]
    assert set(hit) == {"number", "title", "page", "snippet", "score", "format", "category"}
    assert hit["number"] == number
    assert hit["page"] == added[0]["pages"]
    assert "<mark>" in hit["snippet"]


def test_search_narrows_by_category_and_document(service: Service, added: Any, number: str) -> None:
    assert service.json("search", "阅览室", "--category", "办公")["hits"]
    assert not service.json("search", "阅览室", "--format", "pdf")["hits"]
    assert {hit["number"] for hit in service.json("search", "阅览室", "--in", number)["hits"]} == {number}


def test_show_tells_everything_and_every_stage(service: Service, folder: Path, number: str) -> None:
    about = service.json("show", number)
    assert about["title"] == "图书馆开放时间的通知"
    assert about["category"] == ["办公", "通知"]
    assert about["tags"] == ["图书"]
    assert about["sha256"] == hashlib.sha256((folder / "a-notice.docx").read_bytes()).hexdigest()
    assert about["size"] == (folder / "a-notice.docx").stat().st_size
    assert list(about["stages"])[:4] == ["stored", "converted", "paged", "indexed"]
    assert all(stage["state"] == "done" for stage in about["stages"].values())


def test_show_of_a_failed_document_names_the_cause(service: Service, added: list[dict[str, Any]]) -> None:
    about = service.json("show", added[3]["number"])
    assert about["status"] == "failed"
    assert about["stages"]["converted"]["cause"] == "damaged"
    assert service.json("search", "d-damaged")["hits"], "findable by its title"


def test_text_prints_a_page_or_all_of_them(service: Service, added: list[dict[str, Any]], number: str) -> None:
    last = added[0]["pages"]
    assert SENTENCE in service.run("text", number, "--page", str(last)).stdout.replace("\n", "")
    assert service.run("text", number).stdout.count("\f") == last - 1
    beyond = service.run("text", number, "--page", str(last + 1), check=False)
    assert beyond.returncode == 1
    assert f"no page {last + 1}" in beyond.stderr


@pytest.mark.parametrize(("ending", "magic"), [("webp", b"RIFF"), ("jpg", b"\xff\xd8"), ("png", b"\x89PNG")])
def test_page_writes_a_picture(service: Service, number: str, tmp_path: Path, ending: str, magic: bytes) -> None:
    target = tmp_path / f"page.{ending}"
    service.run("page", number, "1", "-o", target, "--width", "400")
    assert target.read_bytes().startswith(magic)


def test_get_writes_the_original_and_the_pdf(service: Service, folder: Path, number: str, tmp_path: Path) -> None:
    service.run("get", number, "-o", tmp_path / "x.docx")
    assert (tmp_path / "x.docx").read_bytes() == (folder / "a-notice.docx").read_bytes()
    service.run("get", number, "--pdf", "-o", tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_retry_sends_a_failed_document_again(service: Service, added: list[dict[str, Any]], number: str) -> None:
    service.run("retry", added[3]["number"])
    nothing = service.run("retry", number, check=False)
    assert nothing.returncode == 1
    assert "nothing" in nothing.stderr


def test_an_unknown_number_is_said_so(service: Service) -> None:
    done = service.run("show", "123456789", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "123456789" in done.stderr


def test_a_missing_file_is_said_so(service: Service) -> None:
    done = service.run("add", "/nowhere/at/all.docx", check=False)
    assert done.returncode == 1
    assert "/nowhere/at/all.docx" in done.stderr
