from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.upkeep.conftest import PHRASE
from tests.upkeep.here import Library
from tests.upkeep.looking import ask, check, number, original, problems, rendition, work_until_done


def detail(answer: dict, name: str) -> str:
    return next(one["detail"] for one in answer["checks"] if one["name"] == name and one["state"] != "ok")


def stages_to_do(library: Library, document: str) -> set[str]:
    query = "SELECT name FROM intake_stage WHERE state = 'waiting' AND name != 'indexed' AND document_id = "
    return {name for (name,) in ask(library, f"{query}(SELECT id FROM library_document WHERE number = ?)", document)}


def tasks(library: Library) -> set[str]:
    query = "SELECT number FROM library_document JOIN intake_task ON document_id = library_document.id"
    return {found for (found,) in ask(library, query)}


def changes(library: Library) -> set[str]:
    return {found for (found,) in ask(library, "SELECT number FROM search_change")}


def test_a_library_in_order_has_no_problems(library: Library) -> None:
    answer = check(library)
    assert problems(answer) == []
    assert answer["ok"] is True
    assert {"office", "fonts", "sandbox", "ocr", "database", "queue", "originals", "renditions", "index"} <= {
        one["name"] for one in answer["checks"]
    }


def test_a_folder_that_is_not_there_yet_is_no_problem_and_is_not_made(tmp_path: Path) -> None:
    answer = check(Library(tmp_path / "none"))
    assert problems(answer) == []
    assert not (tmp_path / "none" / "fanwen.sqlite3").exists()


def test_every_finding_that_is_not_ok_says_what_mends_it(library: Library) -> None:
    original(library, "pdf").unlink()
    rendition(library, "docx").unlink()
    answer = check(library)
    assert all(one["mend"] for one in answer["checks"] if one["state"] != "ok")
    assert "renditions: 1 document without a PDF" in library.run("check", check=False).stdout


def test_a_missing_original_is_a_problem_that_takes_a_backup(library: Library) -> None:
    original(library, "docx").unlink()
    done = library.run("check", check=False)
    assert done.returncode == 1
    assert (
        f"1 original missing\n{'':10}→ copy these files from a backup: documents {number(library, 'docx')}"
        in done.stdout
    )
    assert problems(check(library, "--repair")) == ["originals"]


def test_an_original_of_another_size_is_found_at_once_and_changed_bytes_by_a_deep_check(library: Library) -> None:
    file = original(library, "docx")
    file.chmod(0o640)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert problems(check(library)) == []
    assert problems(check(library, "--deep")) == ["originals"]
    file.write_bytes(content[:-1])
    assert problems(check(library)) == ["originals"]


def test_an_original_without_a_document_is_kept_aside(library: Library) -> None:
    stray = library.data / "originals" / "ab" / "cd" / ("abcd" + "0" * 60)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("唯一的一份", encoding="utf-8")
    assert problems(check(library)) == ["originals"]
    answer = check(library, "--repair")
    assert problems(answer) == []
    assert "lost+found" in answer["repaired"][0]["done"]
    assert (library.data / "lost+found" / stray.name).read_text(encoding="utf-8") == "唯一的一份"


def test_a_missing_pdf_is_to_be_made_again(library: Library) -> None:
    made = rendition(library, "docx")
    made.unlink()
    answer = check(library)
    assert problems(answer) == ["renditions"]
    lost = number(library, "docx")
    assert lost in detail(answer, "renditions")
    check(library, "--repair")
    assert stages_to_do(library, lost) == {"converted", "paged"}
    assert tasks(library) == {lost}


def test_a_pdf_without_a_document_is_removed(library: Library) -> None:
    stray = library.data / "renditions" / "ab" / "cd" / ("abcd" + "0" * 60 + ".pdf")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"%PDF-")
    assert problems(check(library, "--repair")) == []
    assert not stray.exists()
    assert rendition(library, "docx").is_file()


def test_pages_missing_from_the_catalogue_are_to_be_read_again(library: Library) -> None:
    ask(library, "DELETE FROM library_page WHERE number = 2")
    assert problems(check(library)) == ["pages", "index"]
    check(library, "--repair")
    assert stages_to_do(library, number(library, "pdf")) == {"paged"}
    assert tasks(library) == {number(library, "pdf")}


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_an_unfinished_document_that_fell_out_of_the_queue_is_put_back(library: Library, state: str) -> None:
    lost = number(library, "docx")
    ask(library, "UPDATE library_document SET status = 'working', page_count = 0 WHERE number = ?", lost)
    ask(
        library,
        "UPDATE intake_stage SET state = ? WHERE name = 'converted' AND document_id = "
        "(SELECT id FROM library_document WHERE number = ?)",
        state,
        lost,
    )
    answer = check(library)
    assert problems(answer) == ["forgotten"]
    assert lost in detail(answer, "forgotten")
    check(library, "--repair")
    assert stages_to_do(library, lost) == {"converted", "paged"}
    assert tasks(library) == {lost}


def test_a_document_marked_unfinished_without_any_stage_to_do_is_settled(library: Library) -> None:
    lost = number(library, "txt")
    ask(library, "UPDATE library_document SET status = 'working' WHERE number = ?", lost)
    check(library, "--repair")
    assert stages_to_do(library, lost) == {"paged"}
    assert tasks(library) == {lost}


def test_a_task_whose_worker_is_gone_is_freed(library: Library) -> None:
    ask(
        library,
        "INSERT INTO intake_task (document_id, priority, worker, lease_until, created_at) "
        "SELECT id, 0, 'elsewhere:1:ab', '2020-01-01', '2020-01-01' FROM library_document LIMIT 1",
    )
    assert problems(check(library)) == ["leases"]
    assert "leases" in [one["name"] for one in check(library, "--repair")["repaired"]]
    assert ask(library, "SELECT worker FROM intake_task") == [("",)]


def test_documents_missing_from_the_index_or_left_in_it_are_noted(library: Library) -> None:
    lost = number(library, "docx")
    # Under its new number it is missing from the index, which still has it under the old one.
    ask(library, "UPDATE library_document SET number = '999999999' WHERE number = ?", lost)
    answer = check(library)
    assert problems(answer) == ["index", "index"]
    check(library, "--repair")
    assert changes(library) == {lost, "999999999"}


def test_a_document_that_waits_to_be_indexed_for_ever_is_noted(library: Library) -> None:
    ask(library, "UPDATE intake_stage SET state = 'waiting' WHERE name = 'indexed'")
    assert problems(check(library)) == ["index"]
    check(library, "--repair")
    assert changes(library) == {number(library, format_) for format_ in ("docx", "txt", "pdf")}


def test_changes_that_no_index_writer_takes_up_are_a_warning(library: Library) -> None:
    ask(library, "INSERT INTO search_change (number, created_at) VALUES (?, '2026-01-01')", number(library, "txt"))
    answer = check(library)
    assert problems(answer) == ["index queue"]
    assert answer["ok"] is True


def test_an_index_that_is_gone_is_a_warning(library: Library) -> None:
    shutil.rmtree(library.data / "index")
    answer = check(library)
    assert problems(answer) == ["index"]
    assert answer["ok"] is True


def test_what_a_repair_queues_a_running_service_puts_right(library: Library) -> None:
    """Several things wrong at once, mended for good."""
    word, plain = number(library, "docx"), number(library, "txt")
    rendition(library, "docx").unlink()
    ask(library, "DELETE FROM library_page WHERE number = 2")
    ask(library, "UPDATE library_document SET status = 'working' WHERE number = ?", plain)
    ask(library, "UPDATE intake_stage SET state = 'waiting' WHERE name = 'indexed'")
    assert set(problems(check(library))) == {"renditions", "pages", "forgotten", "index"}
    check(library, "--repair")
    work_until_done(library)
    assert problems(check(library)) == []
    assert rendition(library, "docx").is_file()
    assert ask(library, "SELECT count(*) FROM library_page WHERE number = 2") == [(1,)]
    assert ask(library, "SELECT DISTINCT status FROM library_document") == [("ready",)]
    assert ask(library, "SELECT DISTINCT state FROM intake_stage") == [("done",)]
    assert [hit["number"] for hit in library.json("search", f'"{PHRASE}"')["hits"]] == [word]


def test_an_index_that_cannot_be_opened_is_a_problem(library: Library) -> None:
    for meta in (library.data / "index").rglob("meta.json"):
        meta.write_text("{", encoding="utf-8")
    answer = check(library)
    assert problems(answer) == ["index"]
    assert answer["ok"] is False


def test_a_damaged_database_is_a_problem_and_not_a_traceback(library: Library) -> None:
    database = library.data / "fanwen.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 2 : 4096 * 20] = b"\xff" * (4096 * 18)
    database.write_bytes(content)
    done = library.run("check", check=False)
    assert done.returncode == 1
    assert "database: fanwen.sqlite3 can't be read" in done.stdout
    assert "Traceback" not in done.stderr


def test_uploads_that_came_to_no_end_are_removed_and_running_ones_kept(library: Library) -> None:
    incoming = library.data / "incoming"
    (incoming / "upload-old").write_bytes(b"half")
    (incoming / "upload-new").write_bytes(b"half")
    os.utime(incoming / "upload-old", (time.time() - 7200,) * 2)
    assert problems(check(library)) == ["incoming"]
    assert problems(check(library, "--repair")) == []
    assert [path.name for path in incoming.iterdir()] == ["upload-new"]


def test_scratch_folders_of_processes_that_are_gone_are_removed(library: Library) -> None:
    gone, alive = library.data / "run" / "scratch-99999999", library.data / "run" / f"scratch-{os.getpid()}"
    gone.mkdir()
    alive.mkdir()
    assert problems(check(library, "--repair")) == []
    assert (gone.exists(), alive.exists()) == (False, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_problem(library: Library) -> None:
    library.data.chmod(0o500)
    try:
        assert "data folder" in problems(check(library))
    finally:
        library.data.chmod(0o700)


def test_a_check_changes_nothing(library: Library) -> None:
    original(library, "pdf").unlink()
    rendition(library, "docx").unlink()
    before = ask(library, "SELECT id, state FROM intake_stage ORDER BY id")
    check(library, "--deep")
    assert ask(library, "SELECT id, state FROM intake_stage ORDER BY id") == before
    assert ask(library, "SELECT count(*) FROM intake_task") == [(0,)]


def test_an_unfinished_upload_is_kept_until_it_expires(library: Library) -> None:
    ask(
        library,
        "INSERT INTO auth_user (id, password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name)"
        " VALUES (900, '', 0, 'lin', '', '', 0, 1, '2026-01-01', '')",
    )
    row = (
        "INSERT INTO intake_upload (token, owner_id, name, size, sha256, about, turn, status, cause, params, created_at, expires_at)"
        " VALUES (?, 900, 'a.txt', 9, '', '{}', 0, 'open', '', '{}', '2026-01-01', ?)"
    )
    ask(library, row, "kept", "2999-01-01")
    ask(library, row, "late", "2026-01-02")
    for token in ("kept", "late"):
        path = library.data / "incoming" / f"tus-{token}"
        path.write_bytes(b"1234")
        os.utime(path, (0, 0))
    answer = check(library)
    assert detail(answer, "expired uploads") == "1 upload that waited too long for the rest"
    check(library, "--repair")
    assert [path.name for path in (library.data / "incoming").iterdir()] == ["tus-kept"]
    assert problems(check(library)) == []


def test_texts_of_before_are_looked_through_by_repair(library: Library) -> None:
    ask(library, "DELETE FROM intake_band")
    ask(library, "DELETE FROM intake_examination")
    ask(library, "UPDATE library_page SET text = 'write to reader@example.org'")
    assert "3 documents not yet looked through" in detail(check(library), "texts")
    check(library, "--repair")
    assert problems(check(library)) == []
    assert ask(library, "SELECT count(*) > 2 FROM intake_personaldata") == [(1,)]
    assert ask(library, "SELECT DISTINCT visibility FROM library_document") == [("public",)]
